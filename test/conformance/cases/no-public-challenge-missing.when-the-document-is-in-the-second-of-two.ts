import { routeCase } from "../case";

export default routeCase({
  arrange: ({ issuer, mcpPath, metadataPath }) =>
    issuer.set(mcpPath, {
      status: 401,
      headers: {
        "www-authenticate": `Negotiate YII/a+b==, Bearer realm="api", Bearer resource_metadata="${issuer.origin}${metadataPath}"`,
      },
    }),
});
