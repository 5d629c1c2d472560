import { exchangeCase, server } from "../case";

export default exchangeCase({
  servers: [{ ...server, tools: Array.from({ length: 21 }, (_, at) => ({ name: `tool_${at}`, enabled: true })) }],
});
