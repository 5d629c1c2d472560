import { profileCase } from "../case";

/** Auth0's issuer ends in a slash; the tenant's address is often written without it. */
export default profileCase({
  arrange: (issuer) => {
    issuer.setMetadata({ issuer: `${issuer.url}/` });
    issuer.setResourceMetadata({ authorization_servers: [`${issuer.url}/`] });
  },
});
