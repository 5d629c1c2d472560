import { profileCase } from "../case";

export default profileCase({
  profile: (issuer) => ({
    authorizationEndpoint: `${issuer.url}/authorize?audience=https%3A%2F%2Fapi.example.com`,
    tokenEndpoint: `${issuer.url}/token`,
  }),
});
