import { routeCase } from "../case";

export default routeCase({
  arrange: ({ issuer }) =>
    issuer.setMetadata({ response_types_supported: ["token"], grant_types_supported: ["client_credentials"] }),
});
