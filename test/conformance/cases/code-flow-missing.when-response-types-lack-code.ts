import { profileCase } from "../case";

export default profileCase({ arrange: (issuer) => issuer.setMetadata({ response_types_supported: ["id_token"] }) });
