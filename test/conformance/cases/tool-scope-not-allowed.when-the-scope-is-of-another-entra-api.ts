import { entraCase, server } from "../case";

/** No scope can be added that Entra ID takes beside the resource. */
export default entraCase({
  scopes: (api) => ["openid", `${api}/plants.read`],
  servers: [{ ...server, tools: [{ name: "list", enabled: true, requiredScopes: ["api://other/orders.read"] }] }],
  mend: [{ ...server, tools: [] }],
});
