import { parseJson, parseUrl } from "@mcpstack/model";
import { ApiError, type ErrorCode } from "../errors/api-error";
import type { Echoes } from "../secrets/echoes";
import type { Secrets } from "../secrets/secrets";
import { serverWords } from "../secrets/server-words";
import type { Call } from "./call";
import { type FailureSaid, failureOfWrite, openInWrite, tellsOfDocument, textIn } from "./failure-said";
import { isLimit, parseRetryAfter } from "./retry";

/** An answer as it came over the wire. */
export interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** A successful answer. `json` is undefined where the body was empty. */
export interface Answer {
  readonly status: number;
  readonly json: unknown;
  readonly headers: Received["headers"];
  readonly location?: string | undefined;
  /** What the answer to a write says went wrong, in the service's words; empty where it has none. Undefined: it says no such thing. */
  readonly failure?: string | undefined;
  /** The field by which the answer to a write leaves open, beside a document, whether it was done. Undefined: none does. */
  readonly open?: string | undefined;
}

/** What is worth knowing of the answer to a write, beside a document. */
export interface WriteAnswer extends Pick<Answer, "status" | "failure" | "open"> {
  /** True where something was answered that is not the document of what was written. Nothing at all is a plain answer. */
  readonly isOther?: true;
}

export interface JudgeContext {
  readonly apiUrl: string;
  readonly credential: { readonly source: string };
  /** What no text of the service may show. */
  readonly secrets: Secrets;
  /** What the document that it answers may not repeat. */
  readonly echoes: Echoes;
}

/** Decides what an answer means: a value, or an error with its code. */
export function judgeAnswer(call: Call, received: Received, context: JudgeContext): Answer | ApiError {
  const { status, text } = received;
  if (status >= 200 && status < 300) return success(call, received, context);
  const where = `${call.method} ${call.path}`;
  const at = { status, method: call.method, path: call.path, mayHaveHappened: mayHaveHappened(call, status) };
  if (status >= 300 && status < 400) {
    return new ApiError({
      ...at,
      code: "unexpected_redirect",
      summary: `${where} was answered with a redirect (${status}) to ${redirectTarget(received, context)}.`,
      hint: "Redirects are not followed, so that the credential goes nowhere else: set api_url to the API's own address.",
    });
  }
  if ((status === 404 || status === 410) && looksLikePage(received)) {
    return notJson(call, status, "with a web page", context).with({ mayHaveHappened: at.mayHaveHappened });
  }
  const retryAfterMs = parseRetryAfter(single(received.headers["retry-after"]));
  const code = isLimit(status, retryAfterMs) ? "rate_limited" : codeOfStatus(status);
  const said = looksLikePage(received) ? "" : wordsOf(call, serverText(text), context);
  return new ApiError({
    ...at,
    code,
    summary: `${where} was answered ${status}${said === "" ? "." : `: ${said.replace(/[.\s]+$/, "")}.`}`,
    hint: [hintFor(code, status, context), ...(call.wordless ? [untold] : [])].filter(Boolean).join(" ") || undefined,
    retryAfterMs,
  });
}

function success(call: Call, { status, headers, text }: Received, context: JudgeContext): Answer | ApiError {
  const { echoes } = context;
  const address = single(headers.location);
  const location = address === undefined || echoes.isIn(address) ? undefined : address;
  const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  if (body.trim() === "") {
    if (status === 204 || call.method !== "GET") return { status, json: undefined, headers, location };
    return notJson(call, status, "with nothing", context);
  }
  try {
    const json = parseJson(body);
    const answer = { status, json: echoes.without(json, body), headers, location };
    // What was read is judged by whoever knows whether it is a document or a list.
    if (call.method === "GET") return answer;
    const said = failureOfWrite(json, call.method === "DELETE");
    if (!said) return { ...answer, open: openInWrite(json) };
    const failure = wordsOf(call, said.words ?? "", context).replace(/[.\s]+$/, "");
    return isRefusal(call, json, said) ? refusal(call, status, failure) : { ...answer, failure };
  } catch {
    const kind = serverWords(single(headers["content-type"]) ?? "no content type", context.secrets);
    const what = looksLikePage({ status, headers, text }) ? "with a web page" : `with what is no whole JSON (${kind})`;
    return notJson(call, status, what, context);
  }
}

/**
 * Whether what an answer says of a failure is the answer to the write. A document that was written may tell of an error of its own, and have
 * a status; whether it holds what was sent is seen in it. A document that was deleted has nothing left to tell.
 */
function isRefusal({ method }: Call, json: unknown, { isFlag }: FailureSaid): boolean {
  return method === "DELETE" || isFlag || !tellsOfDocument(json);
}

function refusal({ method, path }: Call, status: number, failure: string): ApiError {
  return new ApiError({
    code: "unexpected_answer",
    status,
    method,
    path,
    mayHaveHappened: true,
    failure,
    summary: `${method} ${path} was answered ${status}, as if it had been done, with an error instead of a document${failure === "" ? "." : `: ${failure}.`}`,
    hint: "Refresh to see what the service made of it.",
  });
}

const untold =
  "What the service says is not shown: it may repeat write-only settings, which only the operation that sends them knows.";

function wordsOf({ wordless }: Call, text: string, { secrets }: JudgeContext): string {
  return wordless ? "" : serverWords(text, secrets);
}

function notJson(call: Call, status: number, what: string, { apiUrl }: JudgeContext): ApiError {
  return new ApiError({
    code: "not_json",
    status,
    method: call.method,
    path: call.path,
    mayHaveHappened: call.method !== "GET",
    summary: `${call.method} ${call.path} was answered ${status} ${what} instead of JSON.`,
    hint: `A proxy or another site may have answered in place of the API: check api_url (${apiUrl}).`,
  });
}

/** Whether a write with that answer may have taken effect. */
function mayHaveHappened(call: Call, status: number): boolean {
  return call.method !== "GET" && (status >= 500 || status === 408 || (status >= 300 && status < 400));
}

export function codeOfStatus(status: number): ErrorCode {
  switch (status) {
    case 401:
      return "unauthenticated";
    case 403:
      return "forbidden";
    case 404:
    case 410:
      return "not_found";
    case 409:
    case 412:
    case 428:
      return "conflict";
    case 429:
      return "rate_limited";
    case 408:
    case 425:
      return "unavailable";
    default:
      return status >= 500 ? "unavailable" : "invalid";
  }
}

function hintFor(code: ErrorCode, status: number, { apiUrl, credential }: JudgeContext): string | undefined {
  switch (code) {
    case "unauthenticated":
      return `Check the credential in ${credential.source}: it may be wrong, expired, or for another API than ${apiUrl}.`;
    case "forbidden":
      return `The credential in ${credential.source} is known, but lacks the grant for this.`;
    case "rate_limited":
      return status === 429
        ? "Wait, run fewer operations at a time, or be patient for longer (retry_timeout)."
        : "It says how long to wait, so it limits how often it is asked and no grant is missing: wait, or run fewer operations at a time.";
    case "unavailable":
      return "The service failed, not the request: try again later.";
    default:
      return undefined;
  }
}

/** The text of an error body: of its fields, or the body itself. */
function serverText(body: string): string {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return body;
  }
  return textIn(json) ?? "";
}

function looksLikePage({ headers, text }: Received): boolean {
  return /html/i.test(single(headers["content-type"]) ?? "") || /^[\s\ufeff]*</.test(text);
}

/** Only the origin: the rest of a redirect's address may hold secrets. */
function redirectTarget({ headers }: Received, context: JudgeContext): string {
  const location = single(headers.location);
  if (location === undefined) return "no address";
  const target = parseUrl(location, context.apiUrl);
  return target ? serverWords(target.origin, context.secrets) : "an address that is no URL";
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
