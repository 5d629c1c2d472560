import type { GatewayDocument } from "@mcpstack/api-client";
import {
  holdsSettings,
  isEmpty,
  type JsonObject,
  meansSame,
  observedIntoState,
  profileFields,
  type StoredField,
  sameJson,
  statedSettings,
  storedFields,
} from "@mcpstack/model";
import { ReconcileError } from "../errors";
import type { Run } from "../run";
import { asTold } from "./memory";
import { notSet, shownValue } from "./shown";
import type { GatewayUpdate } from "./update";

/**
 * What somebody has changed of the program's own fields since the state was read, where that is not just what the program says now; undefined
 * where they are as they were planned.
 */
export function changedMeanwhile(
  run: Run,
  { prior, desired, memory = {} }: Pick<GatewayUpdate, "prior" | "desired" | "memory">,
  now: GatewayDocument,
): ReconcileError | undefined {
  const { observed, unknownFields, disagreeing } = now;
  const found = observedIntoState(
    prior,
    asTold(observed, memory),
    unknownFields,
    () => true,
    disagreeing,
    memory.unshown ?? [],
  );
  const isAsPlanned = (field: StoredField) =>
    isEmpty(prior[field]) || found[field] === prior[field] || sameJson(found[field], prior[field]);
  const isAsWanted = (field: StoredField) => meansSame(profileFields[field], desired[field], observed[field]);
  const fields = storedFields.filter((field) => !isAsPlanned(field) && !isAsWanted(field));
  const said = fields.map((field) => `${field} from ${shown(run, prior[field])} to ${shown(run, observed[field])}`);
  // Settings may hold what is secret: only their names are said.
  const keys =
    found.settings === prior.settings
      ? []
      : differing(statedSettings(prior.settings), statedSettings(found.settings), statedSettings(desired.settings));
  if (keys.length > 0) said.push(`settings (${keys.map((key) => JSON.stringify(key)).join(", ")})`);
  if (said.length === 0) return undefined;
  const who = changedBy(now.unknownFields);
  return new ReconcileError(
    "changed_meanwhile",
    `Gateway ${prior.id} (${prior.name}) was changed by ${who === undefined ? "somebody else" : shown(run, who)} since the plan: ${said.join("; ")}. ` +
      "Nothing was written. Plan again to see what an apply would do to that.",
    [fields[0] ?? "settings"],
  );
}

/** A further write came in between again. */
export function changesOn({ prior }: Pick<GatewayUpdate, "prior">): ReconcileError {
  return new ReconcileError(
    "changed_meanwhile",
    `Gateway ${prior.id} (${prior.name}) was changed while it was written, twice, or the service does not take the version that it told. Nothing ` +
      "was written. Plan again; if it stays so, find out in MCP Stack who else writes it.",
  );
}

/** The names under which services say who changed something. */
const authors = ["updatedBy", "modifiedBy", "lastModifiedBy", "changedBy"] as const;

function changedBy(document: JsonObject): string | undefined {
  return authors.map((name) => document[name]).find((one) => typeof one === "string" && one !== "") as
    | string
    | undefined;
}

function differing(before: JsonObject, now: JsonObject, wanted: JsonObject): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  // A first write of this very update may have been done, and the service may show it in its own way.
  const isAsWanted = (name: string) => holdsSettings(wanted[name] ?? null, now[name]);
  return names.filter((name) => !sameJson(before[name], now[name]) && !isAsWanted(name));
}

function shown(run: Run, value: unknown): string {
  const text = shownValue(run, value);
  return text === undefined ? notSet : JSON.stringify(text);
}

/** The way on where two resources exchange what only one of them can have at a time. */
export function exchanging(what: string): string {
  return `Where two resources exchange their ${what}s, that takes three applies: give one of them a third ${what} first, then the other one its new one, then the first its own.`;
}

export function nameTaken(name: string, holder: string, refusal: string): ReconcileError {
  return new ReconcileError(
    "name_taken",
    `${refusal} The name ${JSON.stringify(name)} is that of gateway ${holder}: choose another. ${exchanging("name")}`,
    ["name"],
  );
}
