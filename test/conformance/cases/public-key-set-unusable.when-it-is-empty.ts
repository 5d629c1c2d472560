import { routeCase } from "../case";

export default routeCase({
  arrange: ({ issuer }) => issuer.setKeys({ keys: [] }),
  mend: ({ issuer }) => issuer.setKeys({ keys: [{ kty: "EC", use: "sig" }] }),
});
