import { profileCase } from "../case";

/** RFC 8707 §2. */
export default profileCase({ profile: () => ({ resource: "urn:example:orders?x=1" }) });
