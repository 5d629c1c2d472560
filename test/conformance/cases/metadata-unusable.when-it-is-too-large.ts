import { profileCase } from "../case";

/** What is advised for a document that names no issuer would change nothing here. */
export default profileCase({
  arrange: (issuer) => issuer.setMetadata({ padding: "x".repeat(1024 * 1024) }),
  mend: (issuer) => issuer.setMetadata({ padding: undefined }),
});
