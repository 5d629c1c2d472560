import { routeCase } from "../case";

/** RFC 9110 §11.6.1 allows several challenges in one field. */
export default routeCase({
  arrange: ({ issuer, mcpPath, metadataPath }) =>
    issuer.set(mcpPath, {
      status: 401,
      headers: {
        "www-authenticate": `Basic realm="x", Bearer error="invalid_token", resource_metadata="${issuer.origin}${metadataPath}"`,
      },
    }),
});
