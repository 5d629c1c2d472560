import {
  isJsonObject,
  type Json,
  type JsonObject,
  leavesOpen,
  plainName,
  type Saying,
  sayingOf,
  saysSomething,
} from "@mcpstack/model";
import type { Origin } from "../documents/parse";
import { ApiError } from "../errors/api-error";
import type { Secrets } from "../secrets/secrets";
import { serverWords } from "../secrets/server-words";

/** Where an answer says that something was not done, although its status is one of success. */
export interface FailureSaid {
  /** The field that says so, as it may be shown. */
  readonly field: string;
  /** What it says, as the service wrote it; undefined where there are no words. Not to be shown as it is: see `serverWords`. */
  readonly words: string | undefined;
  /** Whether it says it of the answer alone. Else it may be an error that the thing itself has, which its document tells of. */
  readonly isFlag: boolean;
}

/**
 * What says it. A `document` may have fields of its own under some of the names, such as a status. The answer to a `write`, and what stands
 * `around` a list or a document, are nobody's document.
 */
type Speaker = "write" | "around" | "document";

/** Objects that are there to say something of the answer they stand in, in plain letters. */
const envelopes = new Set([
  ...["meta", "result", "response", "responsemetadata", "listmetadata", "envelope", "outcome"],
  ...["paging", "pagination", "pageinfo", "page", "pages", "cursors"],
]);
/** The same, where they are not what a document may have of its own. */
const envelopesOfAnswers = new Set(["metadata", "status", "data", "details"]);
const deepest = 4;

/** Whether what stands around a list says in any of the usual ways that something was not done. */
export function failureAroundList(json: unknown): FailureSaid | undefined {
  return worst(saidIn(json, "around"));
}

/**
 * The same of the answer to a write, and of a document that is wrapped in it. A document of what was written may say of itself that it is not
 * deleted; of what was to be deleted that says that it was not done.
 */
export function failureOfWrite(json: unknown, isDelete: boolean): FailureSaid | undefined {
  return worst(documentsIn(json).flatMap((one) => saidIn(one, isDelete || !isOwn(one) ? "write" : "around")));
}

/**
 * The field by which the answer to a write leaves open, beside a document, whether it was done; undefined where none does. Where no document is
 * there, nothing says that it was.
 */
export function openInWrite(json: unknown): string | undefined {
  return documentsIn(json)
    .flatMap((one) => openIn(one))
    .at(0);
}

function openIn(json: JsonObject, depth = 0): string[] {
  return Object.entries(json).flatMap(([name, value]) => {
    if (leavesOpen(name, value)) return [shownName(name)];
    return depth < deepest && envelopes.has(plainName(name)) && isJsonObject(value) ? openIn(value, depth + 1) : [];
  });
}

/** Whether a document that was read says, or what may be wrapped around it, that something failed. */
export function failureBesideDocument(json: unknown): FailureSaid | undefined {
  const [outer, ...inner] = documentsIn(json);
  const said = saidIn(outer, isOwn(outer) ? "document" : "around");
  return worst([...said, ...inner.flatMap((one) => saidIn(one, "document"))]);
}

/** Whether an answer is some document of the API, however little of it. */
export function tellsOfDocument(json: unknown): boolean {
  const names = ["id", "gatewayId", "gateway_id", "gateway"];
  return documentsIn(json).some((one) => names.some((name) => one[name] !== undefined && one[name] !== null));
}

/** Whether a field of a document says it. */
export function statesFailure(name: string, value: Json): boolean {
  return saidIn({ [name]: value }, "document").length > 0;
}

const wrappers = ["gateway", "attachment", "server", "agent", "data", "item"];

/** An object, and what is wrapped in it where it is no document itself. */
function documentsIn(json: unknown): JsonObject[] {
  if (!isJsonObject(json)) return [];
  return isOwn(json) ? [json] : [json, ...wrappers.map((name) => json[name]).filter(isJsonObject)];
}

/** What a document of the API has, and what is wrapped around one has not. */
const ownNames = ["id", "gatewayId", "gateway_id", "serverId", "server_id", "mcpServerId", "publicId"];

/** An attachment of nothing may name its gateway as null. */
function isOwn(json: unknown): boolean {
  if (!isJsonObject(json)) return false;
  const { gateway } = json;
  return ownNames.some((name) => json[name] !== undefined) || (gateway !== undefined && !isJsonObject(gateway));
}

/** A flag before anything else: no document tells of the contrary. */
function worst(said: readonly FailureSaid[]): FailureSaid | undefined {
  return said.find(({ isFlag }) => isFlag) ?? said[0];
}

function saidIn(json: unknown, speaker: Speaker, depth = 0): FailureSaid[] {
  if (!isJsonObject(json)) return [];
  return Object.entries(json).flatMap(([name, value]): FailureSaid[] => {
    const saying = sayingOf(name);
    if (saying && hears(speaker, saying) && saying.isFailure(value))
      return [{ field: shownName(name), words: textIn(json), isFlag: saying.isFlag === true }];
    // A document that is wrapped speaks for itself.
    if (depth >= deepest || !isEnvelope(plainName(name), speaker) || (name === "data" && isOwn(value))) return [];
    return saidIn(value, speaker, depth + 1).map(({ field, words, isFlag }) => ({
      field: `${shownName(name)}.${field}`,
      words: words ?? textIn(json),
      isFlag,
    }));
  });
}

function hears(speaker: Speaker, { heard }: Saying): boolean {
  return heard === undefined || speaker === "write" || (speaker === "around" && heard === "around documents");
}

function isEnvelope(name: string, speaker: Speaker): boolean {
  return envelopes.has(name) || (speaker !== "document" && envelopesOfAnswers.has(name));
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
          isInDocument: true,
          hint: "What stands beside that may lack what failed, so that nothing is concluded from it. Mend what it says, or try again.",
        }),
  });
}

/** A field's name, where it is one that may be shown. */
export function shownName(name: string): string {
  return /^[\w.@$-]{1,40}$/.test(name) ? name : "a field";
}

/** The fields that may hold the text of an error, in plain letters and in order. */
const textNames = [
  ...[
    "errordescription",
    "error",
    "message",
    "errormessage",
    "errormessages",
    "errormsg",
    "errortext",
    "errmsg",
    "errors",
    "err",
  ],
  ...["fault", "faultstring", "exception", "failure", "failurereason", "detail", "title", "reason"],
];

/**
 * The text of an error: one of three fields in the order the product's client reads them (API page), or of those that other services have, such
 * as a problem's (RFC 9457 §3.1).
 */
export function textIn(json: unknown): string | undefined {
  if (typeof json === "string") return json;
  if (Array.isArray(json)) return textIn(json[0]);
  if (typeof json !== "object" || json === null) return undefined;
  const named = new Map(Object.entries(json).map(([name, value]) => [plainName(name), value]));
  for (const name of textNames) {
    const value: unknown = named.get(name);
    const text = typeof value === "object" ? textIn(value) : value;
    if (typeof text === "string" && saysSomething(text)) return text;
  }
  return undefined;
}
