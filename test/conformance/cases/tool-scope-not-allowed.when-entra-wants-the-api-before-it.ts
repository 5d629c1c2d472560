import { entraCase, server, tool } from "../case";

/** Without the API before it the scope would be Microsoft Graph's, which Entra ID refuses beside the resource. */
export default entraCase({
  scopes: (api) => ["openid", `${api}/plants.read`],
  servers: [{ ...server, tools: [tool] }],
});
