import { attachedCase, server } from "../case";

export default attachedCase(
  {
    servers: [{ ...server, tools: Array.from({ length: 21 }, (_, at) => ({ name: `tool_${at}`, enabled: true })) }],
  },
  (input) => ({
    ...input,
    servers: input.servers.map((one) => ({
      ...one,
      tools: one.tools?.map((tool, at) => ({ ...tool, enabled: at > 0 })),
    })),
  }),
);
