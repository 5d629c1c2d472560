import { profileCase } from "../case";

export default profileCase({ https: true });
