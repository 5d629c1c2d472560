import { profileCase } from "../case";

export default profileCase({ names: () => [] });
