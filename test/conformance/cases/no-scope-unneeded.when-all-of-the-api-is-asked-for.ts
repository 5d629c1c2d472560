import { entraCase, server, tool } from "../case";

export default entraCase({ scopes: (api) => ["openid", `${api}/.default`], servers: [{ ...server, tools: [tool] }] });
