import { attachedCase, server, tool } from "../case";

export default {
  ...attachedCase({ scopes: ["orders.write"], servers: [{ ...server, tools: [tool] }] }),
  beside: ["tool-scope-not-allowed" as const],
};
