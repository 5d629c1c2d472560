import { profileCase } from "../case";

export default profileCase({
  profile: (issuer) => ({ authorizationEndpoint: `${issuer.url}/authorize`, tokenEndpoint: `${issuer.url}/old` }),
});
