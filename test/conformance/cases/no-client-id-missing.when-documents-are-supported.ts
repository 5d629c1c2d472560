import { profileCase } from "../case";

export default profileCase({
  arrange: (issuer) =>
    issuer.setMetadata({ registration_endpoint: undefined, client_id_metadata_document_supported: true }),
  profile: () => ({ clientId: undefined }),
});
