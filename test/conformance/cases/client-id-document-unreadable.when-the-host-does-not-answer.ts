import { profileCase } from "../case";

export default profileCase({
  https: true,
  arrange: (issuer) => issuer.set("/client.json", { status: 503 }),
  profile: (issuer) => ({ clientId: `${issuer.url}/client.json` }),
  mend: (issuer) =>
    issuer.set("/client.json", {
      body: { client_id: `${issuer.url}/client.json`, redirect_uris: ["https://api.example.com/oauth/callback"] },
    }),
});
