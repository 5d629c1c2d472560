import { routeCase } from "../case";

/** A client may take either of the two. */
export default routeCase({
  arrange: ({ issuer, mcpPath, metadataPath }) => {
    const [own, other] = [`${issuer.origin}${metadataPath}`, "https://other.example.com/metadata"];
    issuer.set(mcpPath, {
      status: 401,
      headers: { "www-authenticate": `Bearer resource_metadata="${own}", Bearer resource_metadata="${other}"` },
    });
  },
  mend: ({ issuer, mcpPath, metadataPath }) =>
    issuer.set(mcpPath, {
      status: 401,
      headers: { "www-authenticate": `Bearer resource_metadata="${issuer.origin}${metadataPath}"` },
    }),
});
