import { profileCase } from "../case";

export default profileCase({
  arrange: (issuer) =>
    issuer.setMetadata({
      issuer: "https://slack.com",
      authorization_endpoint: "https://slack.com/openid/connect/authorize",
      token_endpoint: "https://slack.com/api/openid.connect.token",
    }),
  profile: (issuer) => ({
    authorizationServerUrl: "https://slack.com",
    metadataUrl: `${issuer.url}/.well-known/openid-configuration`,
    authorizationEndpoint: "https://slack.com/oauth/v2_user/authorize",
    tokenEndpoint: "https://slack.com/api/oauth.v2.user.access",
    resource: undefined,
  }),
});
