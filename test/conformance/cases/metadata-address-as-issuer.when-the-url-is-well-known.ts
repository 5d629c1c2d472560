import { profileCase } from "../case";

/** One of the product's own examples. */
export default profileCase({
  profile: (issuer) => ({ authorizationServerUrl: `${issuer.url}/.well-known/oauth-authorization-server` }),
});
