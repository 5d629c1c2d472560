import { routeCase } from "../case";

/** A server without sign-in needs no documents. */
export default routeCase({
  path: "/tools/mcp",
  arrange: ({ issuer, mcpPath, metadataPath }) => {
    issuer.remove(metadataPath);
    issuer.set(mcpPath, { body: { jsonrpc: "2.0", id: 1, result: {} } });
  },
  beside: ["public-open"],
});
