import { profileCase } from "../case";

/** What Keycloak publishes behind a proxy that says neither host nor port. */
export default profileCase({
  arrange: (issuer) => {
    const inside = `http://${new URL(issuer.url).hostname}:1`;
    issuer.setMetadata({
      issuer: inside,
      authorization_endpoint: `${inside}/authorize`,
      token_endpoint: `${inside}/token`,
      registration_endpoint: `${inside}/register`,
    });
  },
});
