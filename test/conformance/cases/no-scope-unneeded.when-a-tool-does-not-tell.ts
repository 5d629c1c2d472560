import { attachedCase, server, tool } from "../case";

export default attachedCase({
  scopes: ["orders.read", "orders.write"],
  servers: [{ ...server, tools: [tool, { name: "silent", enabled: true }] }],
});
