import { profileCase } from "../case";

export default profileCase({
  arrange: (issuer) =>
    issuer.set("/client.json", { body: { client_id: `${issuer.origin}/client.json`, redirect_uris: [] } }),
  https: true,
  profile: (issuer) => ({ clientId: `${issuer.origin}/client.json` }),
});
