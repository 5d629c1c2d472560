import { setTimeout as sleep } from "node:timers/promises";
import type { GatewayDocument } from "@mcpstack/api-client";
import { type GatewayProfile, type GatewayState, type ProfileField, sameText, tidyText } from "@mcpstack/model";
import type { Notice } from "../notice";
import type { CallOptions, Run } from "../run";
import { holds } from "./create";

export interface ForeseenGateway {
  readonly prior?: GatewayState | undefined;
  /** What is known of what the program says. */
  readonly desired: GatewayProfile;
  /** Fields that are not known yet. Default: none. */
  readonly unknown?: readonly ProfileField[] | undefined;
  /** Whether something stands for this resource already: it is replaced, or takes over what there is. Default: false. */
  readonly hasPredecessor?: boolean | undefined;
}

/**
 * What can be said of a gateway in a plan, before anything is written: that the credential does not work (an error), or that a gateway of just
 * this name and profile is there already (a warning), such as one that an interrupted apply has made without being told. What else keeps the
 * API from being asked is left to the apply.
 */
export async function foreseeGateway(
  run: Run,
  { prior, desired, unknown = [], hasPredecessor = false }: ForeseenGateway,
  options: CallOptions = {},
): Promise<Notice[]> {
  const refused = await foreseeCredential(run, options);
  if (refused) return refused;
  const name = tidyText(desired.name ?? "");
  if (prior) {
    run.claimed.add(prior.id);
    run.ownNames.add(name);
  }
  if (prior || hasPredecessor || unknown.includes("name") || run.ownNames.has(name)) return [];
  const twins = await twinsOf(run, desired, options).catch(() => []);
  return twins.length === 0 ? [] : [existing(desired, twins)];
}

/**
 * Whether the credential works: asked once a run, and said once. Undefined where it works, or where nobody can say.
 */
export async function foreseeCredential(run: Run, options: CallOptions = {}): Promise<Notice[] | undefined> {
  const refusal = await run.credentialRefusal(options);
  if (!refusal) return undefined;
  if (run.isCredentialTold) return [];
  run.isCredentialTold = true;
  const { message } = refusal;
  return [
    { code: "credential_refused", severity: "error", path: [], message: `The credential does not work. ${message}` },
  ];
}

/** Gateways of just this name and profile that no resource of this program stands for, as far as its reads have told within some time. */
async function twinsOf(run: Run, desired: GatewayProfile, options: CallOptions): Promise<GatewayDocument[]> {
  const named = [...(await run.gatewaysBefore()).values()].filter(({ name }) => sameText(name, desired.name));
  const free = () => named.filter(({ id }) => !run.claimed.has(id) && !run.deleted.has(id));
  for (const wait of run.patience()) {
    if (free().length === 0) return [];
    await sleep(wait, undefined, { signal: options.signal });
  }
  const documents = await Promise.all(free().map(({ id }) => run.reads.get(id, options)));
  return documents.filter((one) => one !== null).filter((one) => holds(one, desired));
}

function existing({ name }: GatewayProfile, twins: readonly GatewayDocument[]): Notice {
  const ids = twins.map(({ id }) => id).join(", ");
  return {
    code: "gateway_exists",
    severity: "warning",
    path: ["name"],
    message:
      `There is a gateway ${JSON.stringify(name)} of just this profile already: ${ids}. An apply makes another one. Where that is another resource of this program, ` +
      "or the one that this resource replaces, there is nothing to do. Else an earlier apply may have made it without being told so, since it was " +
      "interrupted or the answer was lost: then import it by its id before you apply. One that was deleted a moment ago may still be listed.",
  };
}
