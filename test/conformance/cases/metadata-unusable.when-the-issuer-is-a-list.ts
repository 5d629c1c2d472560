import { profileCase } from "../case";

export default profileCase({ arrange: (issuer) => issuer.setMetadata({ issuer: [issuer.url] }) });
