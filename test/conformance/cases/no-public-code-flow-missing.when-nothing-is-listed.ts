import { routeCase } from "../case";

export default routeCase({
  arrange: ({ issuer }) =>
    issuer.setMetadata({ response_types_supported: undefined, grant_types_supported: undefined }),
  beside: ["public-response-types-missing"],
});
