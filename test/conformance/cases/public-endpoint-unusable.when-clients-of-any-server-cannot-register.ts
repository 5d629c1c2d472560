import { routeCase } from "../case";

/** Who registers a client by hand needs neither registration nor documents, and nobody sees from outside whether that was done. */
export default routeCase({
  path: "/mcp",
  arrange: ({ issuer }) => issuer.setMetadata({ registration_endpoint: undefined }),
  mend: "unseen",
});
