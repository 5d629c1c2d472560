import { entraCase, server, tool } from "../case";

export default entraCase({
  scopes: (api) => [`${api}/orders.read`, `${api}/orders.write`],
  servers: [{ ...server, tools: [tool] }],
});
