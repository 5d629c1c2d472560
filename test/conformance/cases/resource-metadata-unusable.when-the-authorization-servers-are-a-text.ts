import { profileCase } from "../case";

export default profileCase({ arrange: (issuer) => issuer.setResourceMetadata({ authorization_servers: issuer.url }) });
