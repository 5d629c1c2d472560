import { isJsonObject } from "@mcpstack/model";
import type { Origin } from "../documents/parse";
import { ApiError } from "../errors/api-error";
import { isNothing, plainName } from "../lists/paging";
import type { Secrets } from "../secrets/secrets";
import { serverWords } from "../secrets/server-words";

/** Where an answer says that something was not done, although its status is one of success. */
export interface FailureSaid {
  /** The field that says so, as it may be shown. */
  readonly field: string;
  /** What it says, as the service wrote it; undefined where there are no words. Not to be shown as it is: see `serverWords`. */
  readonly words: string | undefined;
}

/**
 * What may have fields of its own under such names. A `document` may have a status and a code: there only what cannot be one of its fields
 * speaks of the answer. An `answer` to a write, and what stands around a list or a document, are nobody's document.
 */
type Speaker = "answer" | "document";

const errors = new Set(["error", "errors"]);
const partialErrors = new Set(["exception", "failure", "failures", "partialerrors"]);
const flags = new Set(["success", "ok"]);
const flagsOfWrites = new Set(["deleted", "acknowledged"]);
const statuses = new Set(["status", "statuscode", "code"]);

/** Whether an answer says, in any of the usual ways, that something was not done. */
export function failureSaid(json: unknown, speaker: Speaker): FailureSaid | undefined {
  if (!isJsonObject(json)) return undefined;
  const found = Object.entries(json).find(([name, value]) => saysSo(plainName(name), value, speaker));
  return found && { field: shownName(found[0]), words: textIn(json) };
}

/** Whether a flag says it: nothing that stands beside it can mean the contrary. */
export function saysNo(json: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(json).some(([name, value]) => isNo(plainName(name), value, "answer"));
}

const wrappers = ["gateway", "attachment", "server", "agent", "data", "item"];

/** The same of a document that was read, and of what may be wrapped around it. */
export function failureBesideDocument(json: unknown): FailureSaid | undefined {
  if (!isJsonObject(json)) return undefined;
  const isOwn = ["id", "gatewayId", "gateway_id"].some((name) => json[name] !== undefined) || isLeaf(json.gateway);
  const inner = isOwn ? [] : wrappers.map((name) => json[name]);
  const said = [failureSaid(json, isOwn ? "document" : "answer"), ...inner.map((one) => failureSaid(one, "document"))];
  return said.find((one) => one !== undefined);
}

/** An attachment of nothing may name its gateway as null. */
function isLeaf(gateway: unknown): boolean {
  return gateway !== undefined && !isJsonObject(gateway);
}

function saysSo(name: string, value: unknown, speaker: Speaker): boolean {
  if (isNo(name, value, speaker)) return true;
  if (errors.has(name) || (speaker === "answer" && partialErrors.has(name))) return !isNothing(value) && value !== 0;
  return speaker === "answer" && statuses.has(name) && isFailure(value);
}

function isNo(name: string, value: unknown, speaker: Speaker): boolean {
  return value === false && (flags.has(name) || (speaker === "answer" && flagsOfWrites.has(name)));
}

function isFailure(status: unknown): boolean {
  return typeof status === "number"
    ? status >= 400
    : typeof status === "string" && /^(?:error|fail(?:ed|ure)?|[45]\d\d)$/i.test(status);
}

/** What follows from it of what was read: it may lack what failed, which would look like drift, or like nothing there, and be written back. */
export function failedBeside(
  from: Origin,
  { field, words }: FailureSaid,
  what: "list" | "document",
  secrets: Secrets,
): ApiError {
  const shown = serverWords(words ?? "", secrets).replace(/[.\s]+$/, "");
  const said = shown === "" ? "." : `: ${shown}.`;
  const answer = `The answer to ${from.method} ${from.path}`;
  return new ApiError({
    code: "unexpected_answer",
    ...from,
    ...(what === "list"
      ? {
          summary: `${answer} has, in ${field}, an error beside the list${said}`,
          hint: "The list may lack what failed, so that nothing is concluded from it. Try again.",
        }
      : {
          summary: `${answer} says in ${field} that it failed${said}`,
          hint: "What stands beside that may lack what failed, so that nothing is concluded from it. Mend what it says, or try again.",
        }),
  });
}

function shownName(name: string): string {
  return /^[\w.@$-]{1,40}$/.test(name) ? name : "a field";
}

/**
 * The text of an error: one of three fields in the order the product's client reads them (API page), or one of a problem's (RFC 9457
 * §3.1).
 */
export function textIn(json: unknown): string | undefined {
  if (typeof json === "string") return json;
  if (Array.isArray(json)) return textIn(json[0]);
  if (typeof json !== "object" || json === null) return undefined;
  const { error_description, error, message, errors: several, detail, title, reason } = json as Record<string, unknown>;
  for (const value of [error_description, error, message, several, detail, title, reason]) {
    const text = typeof value === "object" ? textIn(value) : value;
    if (typeof text === "string" && text.trim() !== "") return text;
  }
  return undefined;
}
