import { profileCase } from "../case";

export default profileCase({
  arrange: (issuer) => issuer.setResourceMetadata({ resource: issuer.resource.replace("//", "//u:hushpw@") }),
});
