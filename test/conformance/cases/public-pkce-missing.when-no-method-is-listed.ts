import { routeCase } from "../case";

/** MCP clients must refuse it, other than on the upstream leg. */
export default routeCase({
  arrange: ({ issuer }) => issuer.setMetadata({ code_challenge_methods_supported: undefined }),
});
