import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type GatewayDocument, isApiError } from "@mcpstack/api-client";
import { isJsonObject, type Json, type JsonObject, stringifyJson } from "@mcpstack/model";
import type { CallOptions, Run } from "./run";

/** The waits between looks at what reads do not show yet, in milliseconds: growing, and no longer altogether than the time that is left. */
export function lagWaits(leftMs: number): readonly number[] {
  const waits: number[] = [];
  for (let wait = 250, left = leftMs; left > 0; wait = Math.min(2 * wait, 4_000)) {
    waits.push(Math.min(wait, left));
    left -= wait;
  }
  return waits;
}

/** How long reads may still lag behind a write, in milliseconds. */
export function lagLeft(run: Run, writtenAt: number | undefined): number {
  if (writtenAt === undefined) return 0;
  // A clock that was set back makes no write of the future.
  return Math.min(run.readLagMs, writtenAt + run.readLagMs - Date.now());
}

/**
 * Looks at what was written a short time ago, perhaps by another process, until it is not what a lagging read would show, or its time is over.
 * Answers that contradict each other are what lagging reads look like, too.
 *
 * @param writtenAt - in milliseconds since 1970; undefined where nobody knows, so that the first look is believed.
 * @param look - anew at each call.
 */
export async function lookWhileFresh<Seen>(
  run: Run,
  writtenAt: number | undefined,
  look: (isAgain: boolean) => Promise<Seen>,
  mayLag: (seen: Seen) => boolean,
  { signal }: CallOptions,
): Promise<Seen> {
  const attempt = (isAgain: boolean) =>
    look(isAgain).then(
      (seen) => ({ seen, lags: mayLag(seen) }),
      (error: unknown) => {
        if (!isApiError(error, "unexpected_answer", "not_found")) throw error;
        return { error, lags: true };
      },
    );
  let last = await attempt(false);
  if (last.lags)
    for (const wait of lagWaits(lagLeft(run, writtenAt))) {
      await sleep(wait, undefined, { signal });
      last = await attempt(true);
      if (!last.lags) break;
    }
  if ("error" in last) throw last.error;
  return last.seen;
}

/**
 * What is there after a write was refused since its version is not the one that is there. A read that still tells that very version lags behind;
 * or the service takes no version back, as with a weak tag (RFC 9110 §13.1.1), which is not waited for.
 */
export function afterRefusedVersion<Seen extends { readonly version?: string | undefined } | null>(
  run: Run,
  refused: string | undefined,
  look: () => Promise<Seen>,
  options: CallOptions,
): Promise<Seen> {
  const isTold = refused !== undefined && !refused.startsWith("W/");
  return lookWhileFresh(run, Date.now(), look, (seen) => isTold && seen?.version === refused, options);
}

/**
 * Repeats a write that names a gateway which was made a short time ago, by this run or by one before it, and which the service does not know
 * everywhere yet.
 */
export async function whileNew<Result>(
  run: Run,
  gatewayId: string,
  write: () => Promise<Result>,
  { signal }: CallOptions,
): Promise<Result> {
  let waits: readonly number[] | undefined;
  for (let at = 0; ; at += 1) {
    try {
      return await write();
    } catch (error) {
      if (!isUnknownGateway(error)) throw error;
      waits ??= lagWaits(lagLeft(run, await madeAt(run, gatewayId, { signal })));
      const wait = waits[at];
      if (wait === undefined) throw error;
      await sleep(wait, undefined, { signal });
    }
  }
}

/** 404, or a refusal that does not speak of the public id instead. */
function isUnknownGateway(error: unknown): boolean {
  if (!isApiError(error, "not_found", "invalid")) return false;
  if (error.code === "not_found") return true;
  return (error.status === 400 || error.status === 422) && !/public/i.test(error.summary);
}

const createdNames = ["createdOn", "createdAt", "created_at", "created"] as const;

/** When a gateway was made: as this run knows, or as its own document tells. One that no read knows may have been made just now. */
async function madeAt(run: Run, id: string, options: CallOptions): Promise<number | undefined> {
  const known = run.made.get(id);
  if (known !== undefined) return known;
  const document = await run.api.getGateway(id, options).catch((error: unknown) => {
    if (isApiError(error, "not_found")) return null;
    throw error;
  });
  if (document === null) return Date.now();
  const told = createdNames.map((name) => document.raw[name]).find((one) => typeof one === "string");
  const at = typeof told === "string" ? Date.parse(told) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

/** What stood in a gateway before it was written, as far as a write may have changed it: not to be read, only to be known again. */
export interface Imprint {
  readonly hash: string;
  /** The settings that count beside the profile. */
  readonly settings: readonly string[];
}

export function imprintOf({ observed, unknownFields }: GatewayDocument, settings: readonly string[]): Imprint {
  const told = Object.fromEntries(Object.entries(unknownFields).filter(([name]) => settings.includes(name)));
  const text = stringifyJson(canonical([observed as JsonObject, told]));
  return { hash: createHash("sha256").update(text).digest("hex"), settings };
}

export function isAsBefore(document: GatewayDocument, before: Imprint | undefined): boolean {
  return before !== undefined && imprintOf(document, before.settings).hash === before.hash;
}

/** The same text for what means the same: a service may answer lists and names in any order. */
function canonical(value: Json): Json {
  if (Array.isArray(value)) {
    const texts = value.map((one: Json) => [stringifyJson(canonical(one)), canonical(one)] as const);
    return texts.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0)).map(([, one]) => one);
  }
  if (!isJsonObject(value)) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, canonical(value[name] as Json)]));
}
