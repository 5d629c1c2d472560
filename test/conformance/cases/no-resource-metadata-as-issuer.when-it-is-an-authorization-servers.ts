import { profileCase } from "../case";

export default profileCase({
  profile: (issuer) => ({ metadataUrl: `${issuer.url}/.well-known/openid-configuration` }),
});
