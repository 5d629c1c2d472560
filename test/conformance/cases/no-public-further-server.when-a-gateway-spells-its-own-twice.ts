import { routeCase } from "../case";

export default routeCase({
  arrange: ({ issuer, setResource }) =>
    setResource({ resource: issuer.resource, authorization_servers: [issuer.url, `${issuer.url}/`] }),
});
