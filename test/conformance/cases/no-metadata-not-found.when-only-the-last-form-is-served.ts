import { profileCase } from "../case";

/** Served so by older Keycloak; the form that the product itself reads. */
export default profileCase({ issuer: { path: "/realms/support", wellKnown: ["oauth-appended"] } });
