import { profileCase } from "../case";

export default profileCase({ issuer: { host: "localhost" } });
