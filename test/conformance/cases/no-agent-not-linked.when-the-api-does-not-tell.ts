import { exchangeCase, server } from "../case";

export default exchangeCase({ servers: [server], agents: [{ id: "agt_1" }] });
