import { profileCase } from "../case";

export default profileCase({
  arrange: (issuer) => issuer.setAll({ cut: true }),
  mend: (issuer) => issuer.setAll(undefined),
});
