import { profileCase } from "../case";

export default profileCase({
  https: true,
  arrange: (issuer) => issuer.setMetadata({ client_id_metadata_document_supported: false }),
  profile: (issuer) => ({ clientId: `${issuer.origin}/client.json` }),
  beside: ["client-id-document-unsupported"],
});
