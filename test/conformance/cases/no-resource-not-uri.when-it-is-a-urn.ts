import { profileCase } from "../case";

export default profileCase({ profile: () => ({ resource: "urn:example:orders" }) });
