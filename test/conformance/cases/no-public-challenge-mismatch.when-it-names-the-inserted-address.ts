import { routeCase } from "../case";

/** RFC 9728 §3.1. */
export default routeCase({
  arrange: ({ issuer, mcpPath }) => {
    const at = `/.well-known/oauth-protected-resource${mcpPath}`;
    issuer.set(at, { body: { resource: issuer.resource, authorization_servers: [issuer.url] } });
    issuer.set(mcpPath, {
      status: 401,
      headers: { "www-authenticate": `Bearer resource_metadata="${issuer.origin}${at}"` },
    });
  },
});
