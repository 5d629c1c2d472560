import { type Finding, type GatewayState, observedIntoState, sameJson } from "@mcpstack/model";
import { type Discovered, keepReached } from "@mcpstack/oauth-metadata";
import type { CallOptions, Run } from "../run";
import { discoverFor, findingsFor } from "./findings";

export interface GatewayRead {
  /** Undefined where the gateway is gone, and certainly so. */
  readonly state?: GatewayState | undefined;
  /** What is published now for the gateway's profile; undefined where `metadata_check` is off. Goes to `planGateway`. */
  readonly discovered?: Discovered | undefined;
  /** What is worth saying about this look alone, such as a host that is down, since `discovered` keeps what it published before. */
  readonly findings?: readonly Finding[] | undefined;
}

export interface ReadGatewayOptions extends CallOptions {
  /** What the read before this one discovered. */
  readonly previous?: Discovered | undefined;
  /** Whether to look at what is published. Default: true. */
  readonly discover?: boolean | undefined;
}

/**
 * Refreshes a gateway: what the API holds is taken into the state by meaning, `metadata` stays what was accepted, and what is published
 * now comes beside it.
 *
 * @throws ReconcileError `organization_mismatch`, ApiError
 */
export async function readGateway(
  run: Run,
  state: GatewayState,
  options: ReadGatewayOptions = {},
): Promise<GatewayRead> {
  await run.assertOwner("Gateway", state, options);
  run.claimed.add(state.id);
  const document = await run.reads.get(state.id, options);
  if (!document) return {};
  const refreshed = {
    ...observedIntoState(state, document.observed, document.unknownFields),
    organizationId: state.organizationId || (await run.api.organizationId(options)),
    status: document.status ?? state.status,
  };
  if (options.discover === false) return { state: refreshed };
  const seen = await discoverFor(run, refreshed, options);
  const discovered = seen && keepReached(seen, options.previous);
  if (discovered === seen) return { state: refreshed, discovered };
  return { state: refreshed, discovered, findings: run.unsaid(onlyOfThisLook(run, refreshed, seen, discovered)) };
}

function onlyOfThisLook(
  run: Run,
  state: GatewayState,
  seen: Discovered | undefined,
  kept: Discovered | undefined,
): Finding[] {
  const lasting = findingsFor(run, state, kept, state.metadata);
  return findingsFor(run, state, seen, state.metadata).filter((one) => !lasting.some((other) => sameJson(one, other)));
}
