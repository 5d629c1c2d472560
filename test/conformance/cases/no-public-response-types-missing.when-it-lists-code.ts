import { routeCase } from "../case";

export default routeCase({});
