import { profileCase } from "../case";

export default profileCase({ arrange: (issuer) => issuer.set("/jwks", { status: 503 }) });
