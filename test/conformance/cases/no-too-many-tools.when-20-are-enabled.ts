import { attachedCase, server } from "../case";

export default attachedCase({
  servers: [{ ...server, tools: Array.from({ length: 21 }, (_, at) => ({ name: `tool_${at}`, enabled: at > 0 })) }],
});
