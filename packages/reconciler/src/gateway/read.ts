import type { GatewayDocument } from "@mcpstack/api-client";
import { type Finding, type GatewayState, observedIntoState, sameJson, stillUnshown } from "@mcpstack/model";
import {
  acceptMetadata,
  type Discovered,
  keepReached,
  liveMetadata,
  namedBy,
  nothingRead,
  serverFor,
} from "@mcpstack/oauth-metadata";
import { isAsBefore, lagLeft, lookWhileFresh } from "../fresh";
import { keepingBroken, type RefreshOptions } from "../refresh";
import type { CallOptions, Run } from "../run";
import { filledByService, type Published } from "./filled";
import { discoverFor, findingsFor, openFields, trustedOriginsOf } from "./findings";
import { acceptedBefore, asTold, asWritten, type Fresh, filledBeside, type GatewayMemory, storedPart } from "./memory";
import { remembered } from "./settings";

export interface GatewayRead {
  /** Undefined where the gateway is gone, and certainly so. */
  readonly state?: GatewayState | undefined;
  /** What is to be remembered, with what is published now; nothing of that where `metadata_check` is off. Goes to `planGateway`. */
  readonly memory: GatewayMemory;
  /** What is worth saying about this look alone, such as a host that is down, since `memory` keeps what it published before. */
  readonly findings?: readonly Finding[] | undefined;
}

export interface ReadGatewayOptions extends RefreshOptions {
  /** What was remembered of the gateway. */
  readonly memory?: GatewayMemory | undefined;
}

/**
 * Refreshes a gateway: what the API holds is taken into the state by meaning, `metadata` stays what was accepted, and what is published
 * now for the profile that the program last wrote comes beside it: whoever changes a URL at the API leads no refresh anywhere.
 *
 * @throws ReconcileError `organization_mismatch`, ApiError
 */
export async function readGateway(
  run: Run,
  state: GatewayState,
  options: ReadGatewayOptions = {},
): Promise<GatewayRead> {
  return keepingBroken(refreshed(run, state, options), { state, memory: options.memory ?? {} }, options);
}

async function refreshed(run: Run, state: GatewayState, options: ReadGatewayOptions): Promise<GatewayRead> {
  await run.assertOwner("Gateway", state, options);
  run.claimed.add(state.id);
  const before = options.memory ?? {};
  const document = await run.owned(documentOf(run, state.id, before.fresh, options), options);
  if (!document) return { memory: before };
  // A state of an older version remembers no baseline: what it says, and what is there now beside it, becomes one.
  const { written = storedPart(state), filled = filledBeside(state, document) } = before;
  const { formerly, made, fresh, unsettled } = before;
  const unshown = stillUnshown(before.unshown ?? [], document.unknownFields);
  const imported = before.imported && { imported: true as const };
  const baseline = {
    written,
    filled,
    formerly,
    made,
    ...remembered(unshown),
    ...imported,
    ...(unsettled && { unsettled }),
    ...(fresh && { fresh }),
  };
  const profile = asWritten(state, baseline);
  // What an import read out of the API names nothing, until an apply of the program has written it.
  const seen = await discoverFor(run, profile, before.imported ? [] : namedBy(profile), options);
  const open = openFields(run, profile);
  // While it is not known whether anybody shall look, what was seen stays.
  const discovered = open.includes("metadataCheck")
    ? before.discovered
    : seen && keepReached(seen, before.discovered, () => isRefused(publishedFor(run, state, baseline, seen)));
  const published = publishedFor(run, state, baseline, discovered);
  const now = {
    ...observedIntoState(
      state,
      asTold(document.observed, baseline),
      document.unknownFields,
      filledByService(document, before, { ...published, mayTrustAny: open.includes("trustedOrigins") }),
      document.disagreeing,
      unshown,
    ),
    organizationId: state.organizationId || (await run.api.organizationId(options)),
    status: document.status ?? state.status,
    ...(unsettled && { settingsWoVersion: undefined }),
  };
  const read = { state: now, memory: { ...baseline, discovered } };
  if (discovered === seen || seen === undefined) return read;
  return { ...read, findings: run.unsaid(onlyOfThisLook(run, state, baseline, seen, discovered), state.id) };
}

/** The gateway's document. What was made or written some seconds ago, by whichever process, is not believed to be gone, or as it was before. */
function documentOf(
  run: Run,
  id: string,
  fresh: Fresh | undefined,
  options: CallOptions,
): Promise<GatewayDocument | null> {
  if (fresh?.madeAt !== undefined) run.made.set(id, fresh.madeAt);
  const isNew = lagLeft(run, fresh?.madeAt) > 0;
  const look = (isAgain: boolean) => {
    if (isAgain) run.reads.forget(id);
    return run.reads.get(id, options);
  };
  return lookWhileFresh(
    run,
    fresh?.writtenAt,
    look,
    (seen) => (seen === null ? isNew : isAsBefore(seen, fresh?.before)),
    options,
  );
}

function publishedFor(
  run: Run,
  state: GatewayState,
  memory: GatewayMemory,
  discovered: Discovered | undefined,
): Published {
  const profile = asWritten(state, memory);
  const trustedOrigins = trustedOriginsOf(run, profile);
  const live = discovered ? liveMetadata(discovered, profile) : nothingRead;
  const acceptance = acceptMetadata({ ...acceptedBefore(memory, state), live, profile, trustedOrigins });
  return { profile, live, acceptance, trustedOrigins, url: discovered && serverFor(discovered, profile).url };
}

function isRefused({ acceptance }: Published): boolean {
  return acceptance.refused.some(({ trusted }) => !trusted);
}

/** Never an error: it would keep a destroy from being planned. */
function onlyOfThisLook(
  run: Run,
  prior: GatewayState,
  memory: GatewayMemory,
  seen: Discovered | undefined,
  kept: Discovered | undefined,
): Finding[] {
  const about = { prior, desired: asWritten(prior, memory), memory };
  const found = findingsFor(run, { ...about, discovered: seen });
  if (found.length === 0) return [];
  const lasting = findingsFor(run, { ...about, discovered: kept });
  return found
    .filter((one) => !lasting.some((other) => sameJson(saidOf(one), saidOf(other))))
    .map((finding) => (finding.severity === "error" ? { ...finding, severity: "warn" } : finding));
}

/** What a finding says is there. What it advises depends on all that was seen. */
function saidOf({ fix: _, advice: __, ...said }: Finding): Omit<Finding, "fix" | "advice"> {
  return said;
}
