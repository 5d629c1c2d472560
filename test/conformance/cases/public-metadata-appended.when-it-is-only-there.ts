import { routeCase } from "../case";

/** RFC 8414 §3.1 inserts. */
export default routeCase({ wellKnown: ["oauth-appended"] });
