import { profileCase } from "../case";

export default profileCase({ issuer: { wellKnown: [] }, beside: ["metadata-not-found"] });
