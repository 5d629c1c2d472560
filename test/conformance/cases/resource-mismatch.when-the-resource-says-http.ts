import { profileCase } from "../case";

/** An API that does not know its own public address. */
export default profileCase({
  https: true,
  arrange: (issuer) => issuer.setResourceMetadata({ resource: issuer.resource.replace("https:", "http:") }),
});
