import { plainName } from "@mcpstack/model";
import { isObject, type Origin, unexpected } from "../documents/parse";
import type { Secrets } from "../secrets/secrets";
import { doubtful, doubtOf } from "../transport/doubt";
import { failedBeside, failureAroundList } from "../transport/failure-said";
import { nextTarget } from "./next-link";
import { type Fact, knownMeaning, type Meaning, meaningOf, type Paging, readPaging } from "./paging";

/** One answer of a list. */
export interface ListPage {
  readonly items: readonly unknown[];
  /** What the answer says about paging; empty where it says nothing. */
  readonly paging: Paging;
}

/** An answer that is to be a list. */
export interface ListAnswer {
  readonly json: unknown;
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The address that was asked, without its query. */
  readonly url: string;
}

/**
 * Reads a list: a bare array, or an object that holds it under `items`, `data`, `results` or the list's own name.
 *
 * @throws ApiError `unexpected_answer`, also where an error stands beside the list; `list_incomplete` where the answer is not the service's
 * own of now.
 */
export function readListPage(answer: ListAnswer, from: Origin, ownName: string, secrets: Secrets): ListPage {
  // A part with a range is judged by what it says of the whole.
  const doubt = doubtOf(answer, [200, 206]);
  if (doubt !== undefined) throw doubtful(from, doubt, "list");
  const { items, facts } = listIn(answer.json, [], from, ownName, secrets);
  const around = factsAround(answer);
  return { items, paging: readPaging([...facts, ...around], { url: answer.url, came: items.length }) };
}

/** @param outer - what the objects around this one say. */
function listIn(
  json: unknown,
  outer: readonly Fact[],
  from: Origin,
  ownName: string,
  secrets: Secrets,
): { readonly items: readonly unknown[]; readonly facts: readonly Fact[] } {
  if (Array.isArray(json)) return { items: json, facts: outer };
  if (!isObject(json)) throw unexpected(from, "it must be a list");
  // What stands around a list is no document: whatever says there that something failed says it of the list.
  const failure = failureAroundList(json);
  if (failure) throw failedBeside(from, failure, "list", secrets);
  const facts = [...factsIn(json), ...outer];
  for (const name of ["items", "data", "results", ownName]) {
    const value = json[name];
    if (Array.isArray(value) || (name === "data" && isObject(value)))
      return listIn(value, facts, from, ownName, secrets);
  }
  throw unexpected(from, `it must be a list, or an object with a list under items, data or ${ownName}`);
}

/** Objects beside a list that are there to say something of it, in plain letters. */
const speaking = new Set([
  ...["paging", "pagination", "pageinfo", "page", "pages", "meta", "metadata", "responsemetadata", "listmetadata"],
  ...["links", "link", "cursors"],
]);
const deepest = 4;

function factsIn(fields: Record<string, unknown>, depth = 0): Fact[] {
  return Object.entries(fields).flatMap(([name, value]): Fact[] => {
    if (speaking.has(plainName(name)) && depth < deepest) {
      if (isObject(value)) return factsIn(value, depth + 1);
      if (Array.isArray(value)) return value.filter(isNextLink).map((link) => ({ name, meaning: "next", value: link }));
    }
    const meaning = meaningOf(name);
    return meaning === undefined ? [] : [{ name: /^[\w.@$-]{1,40}$/.test(name) ? name : "field", meaning, value }];
  });
}

function isNextLink(link: unknown): boolean {
  return isObject(link) && (link.rel === "next" || link.relation === "next");
}

/** What status and headers say. */
function factsAround({ status, headers }: ListAnswer): Fact[] {
  const facts = Object.entries(headers).flatMap(([header, given]): Fact[] => {
    const value = Array.isArray(given) ? given.join(", ") : given;
    return value === undefined ? [] : factsInHeader(header, value);
  });
  // Part of a list, unless a total tells of what.
  const told = facts.some(({ meaning }) => meaning === "total");
  return status === 206 && !told ? [...facts, { name: "status 206", meaning: "partial", value: true }] : facts;
}

/** In headers, what remains is another matter, such as a limit of calls. */
const notOfHeaders = new Set<Meaning>(["remaining"]);

function factsInHeader(header: string, value: string): Fact[] {
  const fact = (meaning: Meaning, said: unknown): Fact[] => [{ name: `header ${header}`, meaning, value: said }];
  if (header === "link") {
    const target = nextTarget(value);
    return target === undefined ? [] : fact("next", target === "" ? { rel: "next" } : target);
  }
  if (header === "content-range") {
    const total = totalInRange(value);
    return total === undefined ? [] : fact("total", total);
  }
  const own = /^(?:x-(?:pagination-|ms-)?|pagination-)(.+)$/.exec(header)?.[1] ?? header;
  if (speaking.has(plainName(own))) return factsIn(objectIn(value));
  const meaning = own === header && header !== "total-count" ? undefined : knownMeaning(own);
  return meaning === undefined || notOfHeaders.has(meaning) ? [] : fact(meaning, value);
}

/** Some services put a whole envelope into a header. */
function objectIn(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** `items 0-24/319` (RFC 9110 §14.4). A range of bytes says nothing of items. */
function totalInRange(value: string): string | undefined {
  return /^(?!bytes\b)\S+\s+(?:\d+-\d+|\*)\/(\d+)$/i.exec(value.trim())?.[1];
}
