import { profileCase } from "../case";

export default profileCase({ arrange: (issuer) => issuer.setKeys({ keys: [] }) });
