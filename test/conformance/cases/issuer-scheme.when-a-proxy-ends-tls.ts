import { profileCase } from "../case";

/** An authorization server that does not know its own public address. */
export default profileCase({
  https: true,
  arrange: (issuer) => issuer.setMetadata({ issuer: issuer.url.replace("https:", "http:") }),
});
