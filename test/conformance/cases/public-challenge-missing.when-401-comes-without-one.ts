import { routeCase } from "../case";

export default routeCase({ arrange: ({ issuer, mcpPath }) => issuer.set(mcpPath, { status: 401 }) });
