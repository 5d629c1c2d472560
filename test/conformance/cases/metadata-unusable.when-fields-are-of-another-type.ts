import { profileCase } from "../case";

export default profileCase({
  arrange: (issuer) =>
    issuer.setMetadata({
      registration_endpoint: "/register",
      client_id_metadata_document_supported: "true",
      grant_types_supported: "authorization_code",
    }),
});
