import { profileCase } from "../case";

export default profileCase({ issuer: { path: "/realms/support" } });
