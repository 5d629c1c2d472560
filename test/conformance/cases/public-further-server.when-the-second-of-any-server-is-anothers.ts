import { routeCase } from "../case";

export default routeCase({
  path: "/mcp",
  arrange: ({ issuer, setResource }) => {
    setResource({ resource: issuer.resource, authorization_servers: [issuer.url, `${issuer.origin}/second`] });
    const at = "/.well-known/oauth-authorization-server/second";
    issuer.set(at, { body: { ...issuer.metadata(), issuer: "https://evil.example.com" } });
  },
});
