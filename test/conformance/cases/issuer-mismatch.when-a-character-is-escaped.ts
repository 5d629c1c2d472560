import { profileCase } from "../case";

export default profileCase({
  issuer: { path: "/m%C3%BCn" },
  profile: (issuer) => ({ authorizationServerUrl: issuer.url.replace("%C3%BC", "\u00fc") }),
});
