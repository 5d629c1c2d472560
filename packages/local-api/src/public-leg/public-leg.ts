import type { Call } from "../routes/call";
import type { Reply } from "../routes/reply";

/** The routes of attached servers. */
export class PublicLeg {
  async answer(_call: Call): Promise<Reply | undefined> {
    return undefined;
  }
}
