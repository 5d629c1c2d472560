import { attachedCase, server } from "../case";

export default attachedCase({ servers: [server], agents: [{ id: "agt_1" }] });
