import { profileCase } from "../case";

export default profileCase({
  arrange: (issuer) => issuer.setAll({ status: 503 }),
  mend: (issuer) => issuer.setAll(undefined),
});
