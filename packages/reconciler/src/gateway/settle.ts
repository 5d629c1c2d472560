import type { GatewayProfile } from "@mcpstack/model";
import { type Discovered, namedBy, saysAll } from "@mcpstack/oauth-metadata";
import type { CallOptions, Run } from "../run";
import { assertAcceptable, discoverFor } from "./findings";
import { decideGateway } from "./plan";
import type { GatewayPlanInput } from "./plan-input";
import type { PlannedMetadata } from "./planned-metadata";

export interface Look {
  readonly discovered: Discovered | undefined;
  /** What may be accepted of it. */
  readonly found: PlannedMetadata;
}

/**
 * Looks at what an apply depends on before it writes anything: fetched where the plan left something open, and where nothing is remembered
 * or it is about other documents.
 *
 * @param planned - what it leaves known needs no look.
 * @throws ReconcileError `findings_refuse`
 */
export async function lookBeforeWriting(
  run: Run,
  input: GatewayPlanInput & { readonly desired: GatewayProfile },
  planned: PlannedMetadata,
  options: CallOptions,
): Promise<Look> {
  const remembered = input.memory?.discovered;
  const { desired } = input;
  const needed = planned.unknown.length > 0 || remembered === undefined || !saysAll(remembered, desired);
  const discovered = needed ? await discoverFor(run, desired, namedBy(desired), options) : remembered;
  // A look that was cut short has seen nothing: what it says must not be accepted, and remembered, as what is published.
  options.signal?.throwIfAborted();
  const looked = { ...input, discovered };
  assertAcceptable(run, looked);
  return { discovered, found: decideGateway(looked, run).metadata };
}
