import { attachedCase, server, tool } from "../case";

export default attachedCase({ scopes: ["openid"], servers: [{ ...server, tools: [{ ...tool, enabled: false }] }] });
