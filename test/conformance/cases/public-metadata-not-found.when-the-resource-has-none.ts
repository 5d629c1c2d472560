import { routeCase } from "../case";

export default routeCase({
  arrange: ({ issuer, metadataPath }) => issuer.remove(metadataPath),
  mend: ({ issuer, setResource }) => setResource({ resource: issuer.resource, authorization_servers: [issuer.url] }),
});
