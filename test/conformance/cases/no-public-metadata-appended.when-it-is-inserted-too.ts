import { routeCase } from "../case";

export default routeCase({ wellKnown: ["oauth-appended", "oauth-inserted"] });
