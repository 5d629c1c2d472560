import { profileCase } from "../case";

export default profileCase({
  arrange: (issuer) => {
    issuer.setMetadata({ client_id_metadata_document_supported: false });
    issuer.set("/client.json", { body: { client_id: `${issuer.origin}/client.json`, redirect_uris: [] } });
  },
  https: true,
  profile: (issuer) => ({ clientId: `${issuer.origin}/client.json` }),
  write: () => ({ clientId: "registered" }),
});
