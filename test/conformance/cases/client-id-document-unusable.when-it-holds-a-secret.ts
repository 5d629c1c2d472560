import { profileCase } from "../case";

export default profileCase({
  https: true,
  arrange: (issuer) =>
    issuer.set("/client.json", {
      body: {
        client_id: `${issuer.url}/client.json`,
        redirect_uris: ["https://api.example.com/oauth/callback"],
        client_secret: "a-secret-that-everybody-can-read",
      },
    }),
  profile: (issuer) => ({ clientId: `${issuer.url}/client.json` }),
});
