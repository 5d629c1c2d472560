import { entraTenant, profileCase } from "../case";

/** The issuer of `common` and `organizations` is one of no tenant. */
export default profileCase({
  arrange: (issuer) => issuer.setMetadata({ issuer: "https://login.microsoftonline.com/{tenantid}/v2.0" }),
  profile: (issuer) => ({
    authorizationServerUrl: "https://login.microsoftonline.com/common/v2.0",
    metadataUrl: `${issuer.url}/.well-known/openid-configuration`,
  }),
  mend: (issuer) => issuer.setMetadata({ issuer: `${entraTenant}/v2.0` }),
  write: () => ({ authorizationServerUrl: `${entraTenant}/v2.0` }),
});
