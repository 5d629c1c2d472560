import { entraCase, server } from "../case";

export default entraCase({
  scopes: (api) => ["openid", `${api}/plants.write`],
  servers: [{ ...server, tools: [{ name: "add", enabled: true, requiredScopes: ["plants.write"] }] }],
});
