import { profileCase } from "../case";

/** RFC 8414 §3.3. */
export default profileCase({ arrange: (issuer) => issuer.setMetadata({ issuer: `${issuer.url}/realms/other` }) });
