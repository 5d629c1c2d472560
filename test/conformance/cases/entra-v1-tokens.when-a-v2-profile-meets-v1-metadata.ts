import { entraTenant, profileCase } from "../case";

export default profileCase({
  arrange: (issuer) => issuer.setMetadata({ issuer: "https://sts.windows.net/11111111-2222-3333-4444-555555555555/" }),
  profile: (issuer) => ({
    authorizationServerUrl: `${entraTenant}/v2.0`,
    metadataUrl: `${issuer.url}/.well-known/openid-configuration`,
    resource: undefined,
  }),
  mend: (issuer) => issuer.setMetadata({ issuer: `${entraTenant}/v2.0` }),
});
