import { profileCase } from "../case";

/** One cause: behind a proxy that ends TLS, issuer and endpoints say http alike. */
export default profileCase({
  https: true,
  arrange: (issuer) => {
    const inside = issuer.url.replace("https:", "http:");
    issuer.setMetadata({
      issuer: inside,
      authorization_endpoint: `${inside}/authorize`,
      token_endpoint: `${inside}/token`,
      registration_endpoint: `${inside}/register`,
    });
  },
});
