import { routeCase } from "../case";

export default routeCase({
  arrange: ({ issuer }) => issuer.setMetadata({ token_endpoint: undefined }),
  mend: ({ issuer }) => issuer.setMetadata({ token_endpoint: `${issuer.url}/token` }),
});
