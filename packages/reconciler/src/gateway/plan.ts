import {
  type AcceptedMetadata,
  type ChangeClass,
  editedFields,
  type Finding,
  type GatewayProfile,
  type GatewayState,
  type ProfileField,
  sameJson,
} from "@mcpstack/model";
import { acceptMetadata, type Discovered, isAbout, liveMetadata, type Move } from "@mcpstack/oauth-metadata";
import type { CallOptions, Run } from "../run";
import { withRecentEvents } from "./events";
import { discoverFor, findingsFor, type ProviderChoices, policyOf, trustedOriginsOf } from "./findings";

/** Fields that decide which documents are read: another value means that what was discovered says nothing any more. */
export const discoveryInputs: readonly ProfileField[] = [
  "authorizationServerUrl",
  "metadataUrl",
  "resource",
  "clientId",
];

export interface GatewayPlanInput {
  readonly prior?: GatewayState | undefined;
  /** Undefined plans a delete. Fields that are not known yet are absent here and named in `unknown`. */
  readonly desired?: GatewayProfile | undefined;
  readonly unknown?: readonly ProfileField[];
  /** What the last read discovered. */
  readonly discovered?: Discovered | undefined;
}

export interface GatewayPlan {
  readonly change: ChangeClass;
  /** Fields of the program that changed, as typed, unknown ones included. */
  readonly edited: readonly ProfileField[];
  /** What `metadata` will be: a value that is known now, or whatever is found when it is applied. */
  readonly metadata: { readonly known: true; readonly value: AcceptedMetadata | undefined } | { readonly known: false };
  /** Moves that applying accepts. */
  readonly moved: readonly Move[];
  /** Moves that no apply accepts. */
  readonly refused: readonly Move[];
  readonly findings: readonly Finding[];
}
export type GatewayDecision = Omit<GatewayPlan, "findings">;

/** Plans a gateway: the decision, and what is worth saying about it. */
export async function planGateway(run: Run, input: GatewayPlanInput, options: CallOptions = {}): Promise<GatewayPlan> {
  const decided = decideGateway(input, run);
  return { ...decided, findings: await findingsOf(run, input, decided, options) };
}

/**
 * What is worth saying about a planned gateway, once in a run. Only for a create and for changed discovery inputs are documents fetched,
 * and then for findings alone.
 */
export async function findingsOf(
  run: Run,
  input: GatewayPlanInput,
  decided: GatewayDecision,
  options: CallOptions = {},
): Promise<Finding[]> {
  const { desired, prior, unknown = [] } = input;
  if (!desired || unknown.some((name) => discoveryInputs.includes(name))) return [];
  const discovered = decided.metadata.known ? input.discovered : await discoverFor(run, desired, options);
  const findings = run.unsaid(findingsFor(run, desired, discovered, prior?.metadata));
  return prior ? withRecentEvents(run, prior.id, findings, options) : findings;
}

/**
 * Decides what happens to a gateway: pure, so that a decision made again in another process is the same (DESIGN, "How the engines make
 * this work").
 */
export function decideGateway(input: GatewayPlanInput, provider: ProviderChoices): GatewayDecision {
  const { prior, desired, discovered, unknown = [] } = input;
  const keep = { edited: [], metadata: { known: true, value: prior?.metadata }, moved: [], refused: [] } as const;
  if (!desired) return { ...keep, change: prior ? "delete" : "none" };
  if (!prior) return { ...keep, change: "create", metadata: { known: false } };

  const edited = [...new Set([...editedFields(prior, desired), ...unknown])];
  const change = edited.length > 0 ? "update" : "none";
  if (policyOf(provider, desired).metadataCheck === "off") return { ...keep, edited, change };
  if (readsOtherDocuments(edited, desired, discovered)) {
    return { ...keep, edited, change: "update", metadata: { known: false } };
  }
  const { metadata, moved, refused } = acceptMetadata({
    accepted: prior.metadata,
    live: discovered && liveMetadata(discovered, desired),
    profile: desired,
    trustedOrigins: trustedOriginsOf(provider, desired),
  });
  const accepts = !sameJson(prior.metadata, metadata);
  return { edited, change: accepts ? "update" : change, metadata: { known: true, value: metadata }, moved, refused };
}

/** Whether applying has to look for itself: the edit leads to other documents, or turns the looking on. */
function readsOtherDocuments(
  edited: readonly ProfileField[],
  desired: GatewayProfile,
  discovered: Discovered | undefined,
): boolean {
  if (edited.includes("metadataCheck") && !discovered) return true;
  return edited.some((name) => discoveryInputs.includes(name)) && !(discovered && isAbout(discovered, desired));
}
