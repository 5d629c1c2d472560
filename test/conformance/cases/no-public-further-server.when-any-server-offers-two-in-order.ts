import { routeCase } from "../case";

export default routeCase({
  path: "/mcp",
  arrange: ({ issuer, setResource }) => {
    const second = `${issuer.origin}/second`;
    setResource({ resource: issuer.resource, authorization_servers: [issuer.url, second] });
    issuer.set("/.well-known/oauth-authorization-server/second", { body: { ...issuer.metadata(), issuer: second } });
  },
});
