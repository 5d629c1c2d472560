import { profileCase } from "../case";

export default profileCase({ names: () => [], name: (issuer) => [issuer.url, issuer.resource] });
