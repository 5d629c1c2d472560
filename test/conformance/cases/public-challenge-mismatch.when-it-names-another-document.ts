import { routeCase } from "../case";

export default routeCase({
  arrange: ({ issuer, mcpPath, setResource }) => {
    const resource = { resource: issuer.resource, authorization_servers: [issuer.url] };
    setResource(resource);
    issuer.set("/other", { body: resource });
    issuer.set(mcpPath, {
      status: 401,
      headers: { "www-authenticate": `Bearer resource_metadata="${issuer.origin}/other"` },
    });
  },
  mend: ({ issuer, mcpPath, metadataPath }) =>
    issuer.set(mcpPath, {
      status: 401,
      headers: { "www-authenticate": `Bearer resource_metadata="${issuer.origin}${metadataPath}"` },
    }),
});
