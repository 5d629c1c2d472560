import { routeCase } from "../case";

export default routeCase({
  arrange: ({ issuer, mcpPath }) => {
    const at = `${mcpPath}/.well-known/oauth-protected-resource`;
    issuer.set(at, { body: { resource: issuer.resource, authorization_servers: [issuer.url] } });
    issuer.set(mcpPath, {
      status: 401,
      headers: { "www-authenticate": `Bearer resource_metadata="${issuer.origin}${at}"` },
    });
  },
});
