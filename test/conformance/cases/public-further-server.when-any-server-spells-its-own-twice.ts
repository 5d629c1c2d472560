import { routeCase } from "../case";

/** A client may take either entry, and compares it with the document's issuer to the letter. */
export default routeCase({
  path: "/mcp",
  arrange: ({ issuer, setResource }) =>
    setResource({ resource: issuer.resource, authorization_servers: [issuer.url, `${issuer.url}/`] }),
});
