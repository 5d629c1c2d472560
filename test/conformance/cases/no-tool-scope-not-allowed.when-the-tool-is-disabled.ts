import { exchangeCase, server, tool } from "../case";

export default exchangeCase({ scopes: ["openid"], servers: [{ ...server, tools: [{ ...tool, enabled: false }] }] });
