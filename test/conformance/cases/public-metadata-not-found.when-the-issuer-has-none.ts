import { routeCase } from "../case";

export default routeCase({
  wellKnown: [],
  mend: ({ issuer }) =>
    issuer.set("/api/v1/gateway/gw_support/.well-known/openid-configuration", { body: issuer.metadata() }),
});
