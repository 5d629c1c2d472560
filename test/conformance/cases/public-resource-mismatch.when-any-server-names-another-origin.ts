import { routeCase } from "../case";

export default routeCase({
  path: "/tools/mcp",
  arrange: ({ issuer, setResource }) =>
    setResource({ resource: "https://other.example.com/mcp", authorization_servers: [issuer.url] }),
});
