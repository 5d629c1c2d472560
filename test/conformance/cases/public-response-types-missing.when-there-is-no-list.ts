import { routeCase } from "../case";

/** Clients that check a whole document take none without it. */
export default routeCase({
  arrange: ({ issuer }) => issuer.setMetadata({ response_types_supported: undefined }),
});
