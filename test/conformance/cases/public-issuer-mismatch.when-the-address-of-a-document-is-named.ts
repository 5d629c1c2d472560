import { routeCase } from "../case";

export default routeCase({
  path: "/mcp",
  arrange: ({ issuer, setResource }) => {
    const address = `${issuer.url}/.well-known/oauth-authorization-server`;
    setResource({ resource: issuer.resource, authorization_servers: [address] });
  },
});
