import { routeCase } from "../case";

export default routeCase({ transport: "https" });
