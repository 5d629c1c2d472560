import { profileCase } from "../case";

export default profileCase({
  https: true,
  arrange: (issuer) => issuer.setMetadata({ client_id_metadata_document_supported: true }),
  profile: (issuer) => ({ clientId: issuer.origin }),
  write: () => ({ clientId: "registered" }),
});
