import { profileCase } from "../case";

export default profileCase({
  issuer: { host: "localhost" },
  profile: (issuer) => ({ authorizationServerUrl: issuer.url.replace("localhost", "LocalHost") }),
});
