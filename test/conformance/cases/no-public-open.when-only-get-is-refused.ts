import { routeCase } from "../case";

/** A server without a stream refuses GET before it looks for a token. */
export default routeCase({
  arrange: ({ issuer, mcpPath, metadataPath }) => {
    const headers = { "www-authenticate": `Bearer resource_metadata="${issuer.origin}${metadataPath}"` };
    issuer.set(mcpPath, ({ method }) => (method === "GET" ? { status: 405 } : { status: 401, headers }));
  },
});
