import { profileCase } from "../case";

export default profileCase({
  issuer: { wellKnown: [] },
  profile: (issuer) => ({ authorizationEndpoint: `${issuer.url}/authorize`, tokenEndpoint: `${issuer.url}/token` }),
});
