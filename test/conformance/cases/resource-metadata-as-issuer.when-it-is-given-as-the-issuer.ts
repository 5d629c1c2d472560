import { profileCase } from "../case";

export default profileCase({
  profile: (issuer) => ({ authorizationServerUrl: `${issuer.origin}/.well-known/oauth-protected-resource/api` }),
  write: (issuer) => ({ authorizationServerUrl: issuer.url }),
});
