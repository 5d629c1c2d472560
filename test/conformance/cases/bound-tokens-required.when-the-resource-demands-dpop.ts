import { profileCase } from "../case";

export default profileCase({
  arrange: (issuer) => issuer.setResourceMetadata({ dpop_bound_access_tokens_required: true }),
});
