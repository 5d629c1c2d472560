import { isJsonObject } from "../fields/values";
import { ExactNumber } from "../json/exact-number";
import { plainName } from "./plain-name";

/** A kind of field by which services say whether something was done. */
export interface Saying {
  /** Without what languages and conventions add: see `plainName`. */
  readonly names: readonly string[];
  /** Whether such a value says that it was not done. */
  readonly isFailure: (value: unknown) => boolean;
  /** Whether nothing that stands beside it can mean the contrary. Else it may be an error that the document itself has. */
  readonly isFlag?: true;
  /**
   * Where it speaks of the answer: not in a document that may have a field of its own of this name, and not where it may be a number of things,
   * or a filter, beside a list. Default: everywhere.
   */
  readonly heard?: "around documents" | "in answers to writes";
  /** Whether it leaves open, beside the document of what was written, what became of the write. Default: it says nothing there, or that it failed. */
  readonly leavesOpen?: true;
}

/** What says yes and what says no: the one description of it, for whatever is answered. */
export const sayings = {
  done: {
    names: ["success", "succeeded", "issuccess", "issuccessful", "successful", "ok", "isok"],
    isFailure: saysNo,
    isFlag: true,
  },
  failed: { names: ["iserror", "isfailure", "isfailed"], isFailure: saysYes, isFlag: true },
  gone: { names: ["deleted", "removed", "detached"], isFailure: saysNo, isFlag: true, heard: "in answers to writes" },
  written: {
    names: ["acknowledged", "updated", "applied", "saved", "stored", "persisted", "accepted"],
    isFailure: saysNo,
    isFlag: true,
    heard: "in answers to writes",
    leavesOpen: true,
  },
  // Of the write, or of all that ever went wrong with a thing.
  counted: {
    names: [
      ...["errorcount", "errorscount", "failurecount", "failurescount", "failedcount", "errortotal", "errorstotal"],
      ...["totalerrors", "totalfailures", "numerrors", "numfailures", "numberoferrors", "numberoffailures"],
    ],
    isFailure: (value: unknown) => /^[1-9]\d*$/.test(word(value)),
    heard: "in answers to writes",
    leavesOpen: true,
  },
  error: {
    names: [
      ...["error", "errors", "err", "errorcode", "errorcodes", "errordetail", "errordetails", "errordescription"],
      ...["errormessage", "errormessages", "errormsg", "errorreason", "errortext"],
      ...["errcode", "errmsg", "fault", "faults", "exception", "failure", "haserror", "haserrors", "hasfailures"],
    ],
    isFailure: saysSomething,
  },
  trouble: {
    names: [
      ...["exceptions", "failures", "partialerror", "partialfailure", "partialfailureerror"],
      ...["failed", "failurereason", "errortype", "errorlist", "errno"],
    ],
    isFailure: saysSomething,
    heard: "around documents",
  },
  status: {
    names: ["status", "statuscode", "httpstatus", "httpstatuscode", "state", "code", "result", "outcome"],
    isFailure: isFailedStatus,
    heard: "around documents",
  },
  findings: {
    names: ["issues", "problems"],
    isFailure: hasParts,
    heard: "in answers to writes",
  },
} satisfies Record<string, Saying>;

const byName: ReadonlyMap<string, Saying> = new Map(
  Object.values(sayings).flatMap((saying: Saying) => saying.names.map((name) => [name, saying] as const)),
);

/** What is told part by part, such as `validationErrors`, `rejectedFields` or `failedItems`: by how its name is made. */
const parts: Saying = { names: [], isFailure: hasParts, heard: "around documents" };
const isOfParts =
  /^(?!last|recent|past|previous|ignored|known)(?:[a-z]+(?:errors|failures|violations)|violations|(?:failed|rejected|invalid)(?!logins|attempts)[a-z]+s)$/;

/** How a field of this name says that something failed; undefined where no service is known to say it by such a field. */
export function sayingOf(name: string): Saying | undefined {
  const plain = plainName(name);
  return byName.get(plain) ?? (isOfParts.test(plain) ? parts : undefined);
}

const unfinished = ["queued", "enqueued", "pending", "processing", "inprogress", "scheduled", "deferred"];
const progress = ["state", "jobstate", "jobstatus", "operationstate", "operationstatus"];

/**
 * Whether a field beside the document of what was written leaves open whether it was: it says that the write goes on, was not taken over, or was
 * done in part. A `status` is the thing's own.
 */
export function leavesOpen(name: string, value: unknown): boolean {
  const plain = plainName(name);
  const saying = byName.get(plain);
  if (saying?.leavesOpen) return saying.isFailure(value);
  if (progress.includes(plain)) return [...unfinished, "accepted", "updating"].includes(plainName(word(value)));
  return unfinished.includes(plain.replace(/^is/, "")) && saysYes(value);
}

const yes = /^(?:true|t|yes|y|on|1)$/;
const no = /^(?:false|f|no|n|off|-?0|fail(?:ed|ure)?|error|unsuccessful|partial(?:ly)?)$/;
const fine =
  /^(?:ok|okay|(?:操作|请求)?成功|(?:(?:the )?(?:operation|request)(?: was)? )?(?:success|successful|succeeded|completed|completed successfully))[.!。]?$/;
const nothing =
  /^(?:|-|null|nil|undefined|n\/a|\[\s*\]|\{\s*\}|(?:none|(?:no|0|zero)[ _-]?(?:errors?|failures?|problems?|issues?))(?: (?:found|reported|occurred|detected))?)[.!。]?$/;
/** Also as a code behind letters: `E0000`. */
const zero = /^(?:[a-z]{1,4}[ _-]?)?-?0+$/;
const failedStatus =
  /^(?:fail(?:ed|ure|s)?|(?:failed|error|partial(?:ly)?)[ _-]\w+|(?!no|without)[a-z]+[ _-]fail(?:ed|ure)|partial|error(?:ed)?|unsuccessful|not[ _-]?ok|rejected|denied|aborted|[45]\d\d)$/;

function saysYes(value: unknown): boolean {
  return yes.test(word(value));
}

function saysNo(value: unknown): boolean {
  return no.test(word(value));
}

/** Whether there is an error in it. One that has parts is one where a part of it says so. */
export function saysSomething(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(saysSomething);
  if (isJsonObject(value)) return Object.entries(value).some(([name, part]) => partSays(name, part));
  const said = word(value);
  return !nothing.test(said) && !fine.test(said) && !zero.test(said) && !/^(?:false|f|no|n|off)$/.test(said);
}

function partSays(name: string, part: unknown): boolean {
  const saying = sayingOf(name);
  if (saying?.isFlag) return saying.isFailure(part);
  return saysSomething(part) && !(saying === sayings.status && /^2\d\d$/.test(word(part)));
}

/** A flag or a number of that name may be anything. */
function hasParts(value: unknown): boolean {
  return (Array.isArray(value) || isJsonObject(value)) && saysSomething(value);
}

function isFailedStatus(value: unknown): boolean {
  return typeof value === "number" ? value >= 400 : failedStatus.test(word(value));
}

/** A text, a number or a flag as it is compared; null is an empty one. What has parts has no word. */
function word(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "object" && !(value instanceof ExactNumber)) return "…";
  const text = String(value).trim().toLowerCase();
  return /^-?0\.0*$/.test(text) ? "0" : text;
}
