import { profileCase } from "../case";

export default profileCase({ https: true, profile: (issuer) => ({ clientId: `${issuer.url}/client.json` }) });
