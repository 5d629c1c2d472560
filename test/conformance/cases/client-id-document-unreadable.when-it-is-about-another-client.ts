import { profileCase } from "../case";

export default profileCase({
  https: true,
  arrange: (issuer) =>
    issuer.set("/client.json", {
      body: { client_id: `${issuer.url}/other.json`, redirect_uris: ["https://api.example.com/oauth/callback"] },
    }),
  profile: (issuer) => ({ clientId: `${issuer.url}/client.json` }),
  judged: () => ({ callbackUrls: ["https://api.example.com/oauth/callback"] }),
  mend: (issuer) =>
    issuer.set("/client.json", {
      body: { client_id: `${issuer.url}/client.json`, redirect_uris: ["https://api.example.com/oauth/callback"] },
    }),
});
