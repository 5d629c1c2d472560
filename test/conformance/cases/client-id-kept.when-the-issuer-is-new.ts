import { profileCase } from "../case";

export default profileCase({
  judged: (_, profile) => ({ previous: { ...profile, authorizationServerUrl: "https://old.example.com" } }),
  write: () => ({ clientId: "support-at-the-new-issuer" }),
});
