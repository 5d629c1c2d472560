import { profileCase } from "../case";

export default profileCase({ arrange: (issuer) => issuer.setMetadata({ jwks_uri: undefined }) });
