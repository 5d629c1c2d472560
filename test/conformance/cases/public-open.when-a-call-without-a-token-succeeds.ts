import { routeCase } from "../case";

export default routeCase({
  arrange: ({ issuer, mcpPath }) => issuer.set(mcpPath, { body: { jsonrpc: "2.0", id: 1, result: {} } }),
  mend: "unseen",
});
