import { routeCase } from "../case";

export default routeCase({
  arrange: ({ issuer }) => issuer.setAll({ status: 503 }),
  mend: ({ issuer }) => issuer.setAll(undefined),
});
