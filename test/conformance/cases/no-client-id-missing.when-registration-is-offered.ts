import { profileCase } from "../case";

export default profileCase({ profile: () => ({ clientId: undefined }) });
