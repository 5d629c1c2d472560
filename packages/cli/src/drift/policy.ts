import { effectivePolicy, type FindingPolicy } from "@mcpstack/model";
import type { InventoryGateway } from "./inventory";

/** What counts for a gateway: its own choices, then its source's, then the command's. */
export function policyFor(gateway: InventoryGateway | undefined, command: FindingPolicy): FindingPolicy {
  if (!gateway) return command;
  const { metadataCheck, findings } = gateway.profile;
  const own = { ...(metadataCheck && { metadataCheck }), ...(findings && { findings }) };
  return effectivePolicy(own, effectivePolicy(gateway.policy ?? {}, command));
}
