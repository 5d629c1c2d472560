import { profileCase } from "../case";

export default profileCase({
  judged: (issuer, profile) => ({ previous: { ...profile, authorizationServerUrl: `${issuer.url}/` } }),
});
