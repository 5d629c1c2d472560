import { routeCase } from "../case";

export default routeCase({
  arrange: ({ issuer, mcpPath }) => issuer.set(mcpPath, { status: 307, headers: { location: `${mcpPath}/` } }),
  mend: ({ issuer, mcpPath, metadataPath }) =>
    issuer.set(mcpPath, {
      status: 401,
      headers: { "www-authenticate": `Bearer resource_metadata="${issuer.origin}${metadataPath}"` },
    }),
});
