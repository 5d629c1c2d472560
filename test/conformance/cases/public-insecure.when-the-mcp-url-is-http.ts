import { routeCase } from "../case";

export default routeCase({ transport: "plain", mend: "https" });
