import { profileCase } from "../case";

export default profileCase({
  issuer: { wellKnown: [] },
  mend: (issuer) => issuer.set("/meta", { body: issuer.metadata() }),
  write: (issuer) => ({ metadataUrl: `${issuer.url}/meta` }),
});
