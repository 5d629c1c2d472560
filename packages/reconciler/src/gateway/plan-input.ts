import type { GatewayProfile, GatewayState, ProfileField } from "@mcpstack/model";
import type { Discovered } from "@mcpstack/oauth-metadata";
import type { GatewayMemory } from "./memory";

/** All that a decision about a gateway depends on, but for the provider's choices. */
export interface GatewayPlanInput {
  readonly prior?: GatewayState | undefined;
  /** What is remembered beside the prior state; of a gateway that is gone it says nothing. */
  readonly memory?: GatewayMemory | undefined;
  /** Undefined plans a delete. Fields that are not known yet are absent here and named in `unknown`. */
  readonly desired?: GatewayProfile | undefined;
  readonly unknown?: readonly ProfileField[] | undefined;
  /** What is published now, as far as somebody looked. Default: what the last read remembered. */
  readonly discovered?: Discovered | undefined;
}
