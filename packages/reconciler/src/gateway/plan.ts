import {
  type ChangeClass,
  editedFields,
  type Finding,
  type GatewayState,
  type ProfileField,
  sameJson,
} from "@mcpstack/model";
import { type Move, namedBy, saysAll } from "@mcpstack/oauth-metadata";
import type { CallOptions, Run } from "../run";
import { withRecentEvents } from "./events";
import { discoverFor, findingsFor, isJudged, nothingChosen, openFields, type ProviderChoices } from "./findings";
import { memoryOf } from "./memory";
import type { GatewayPlanInput } from "./plan-input";
import { type PlannedMetadata, planMetadata } from "./planned-metadata";

export interface GatewayDecision {
  readonly change: ChangeClass;
  /** Fields of the program that changed, as typed, unknown ones included. */
  readonly edited: readonly ProfileField[];
  readonly metadata: PlannedMetadata;
  /** Moves that applying accepts. */
  readonly moved: readonly Move[];
  /** Moves that no apply accepts. */
  readonly refused: readonly Move[];
}

export interface GatewayPlan extends GatewayDecision {
  readonly findings: readonly Finding[];
}

/** Plans a gateway: the decision, and what is worth saying about it. */
export async function planGateway(run: Run, input: GatewayPlanInput, options: CallOptions = {}): Promise<GatewayPlan> {
  return { ...decideGateway(input, run), findings: await findingsOf(run, input, options) };
}

/**
 * Decides what happens to a gateway, for both engines, in a plan and again in its apply: pure, so that the same input gives the same
 * decision in another process (DESIGN, "How the engines make this work").
 *
 * @param provider - undefined while nothing of the provider's configuration is known.
 */
export function decideGateway(
  input: GatewayPlanInput,
  provider: ProviderChoices | undefined = nothingChosen,
): GatewayDecision {
  const memory = memoryOf(input);
  const { prior, desired, unknown = [], discovered = memory.discovered } = input;
  const still = { edited: [], metadata: { value: prior?.metadata, unknown: [] }, moved: [], refused: [] } as const;
  if (!desired) return { ...still, change: prior ? "delete" : "none" };
  const edited = prior ? [...new Set([...editedFields(prior, desired), ...unknown])] : [];
  const { planned, acceptance } = planMetadata({ prior, memory, desired, unknown, discovered, provider });
  const { moved = [], refused = [] } = acceptance ?? {};
  const accepts = planned.unknown.length > 0 || !sameJson(withoutNull(prior?.metadata), planned.value);
  const change = !prior ? "create" : edited.length > 0 || accepts ? "update" : "none";
  return { change, edited, metadata: planned, moved, refused };
}

/** State may hold null where nothing is. */
function withoutNull(metadata: GatewayState["metadata"]): GatewayState["metadata"] {
  return metadata && Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== null));
}

/**
 * What is worth saying about a planned gateway, once in a run. Documents are fetched only where the last read looked at others than those
 * that the program now leads to, and then for findings alone. What depends on something unknown is not said: it is judged in the apply,
 * when it is known, before anything is written.
 */
export async function findingsOf(run: Run, input: GatewayPlanInput, options: CallOptions = {}): Promise<Finding[]> {
  const { imported, ...memory } = memoryOf(input);
  const { desired, prior, discovered = memory.discovered } = input;
  if (!desired || !isJudged(openFields(run, desired, input.unknown))) return [];
  // The program of an import may have been written out of the API by the engine itself (`-generate-config-out`).
  const named = imported ? [] : namedBy(desired);
  const seen =
    discovered && saysAll(discovered, desired) ? discovered : await discoverFor(run, desired, named, options);
  const found = findingsFor(run, { ...input, desired, discovered: seen });
  // Where nothing was remembered, the plan was decided without a look: a move is planned, and said, by the next one.
  const told = discovered ? found : found.filter(({ code }) => code !== "metadata-moved");
  const findings = run.unsaid(told, prior?.id ?? desired.name);
  return prior ? withRecentEvents(run, prior.id, findings, options) : findings;
}
