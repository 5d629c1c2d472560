import { plainName } from "@mcpstack/model";
import { isObject } from "../documents/parse";
import { nextLink } from "./next-link";

/** What an answer says about paging. A field is absent where the answer says nothing of it. */
export interface Paging {
  readonly page?: number;
  readonly pageSize?: number;
  /** Number of items before the first one of the answer. */
  readonly offset?: number;
  readonly total?: number;
  readonly totalPages?: number;
  readonly nextPage?: number;
  readonly nextCursor?: string;
  /** The query of a link to the next page of this very list. */
  readonly nextQuery?: string;
  readonly hasMore?: boolean;
  /** There is a place for what follows, and nothing stands in it. */
  readonly ends?: true;
  /** The name of a field that says that the list goes on, in a way that nothing here can follow. */
  readonly unfollowable?: string;
}

/** A field that says something of paging, as it was answered. */
export interface Fact {
  readonly name: string;
  readonly meaning: Meaning;
  readonly value: unknown;
}

/** What the answer around a field is. */
export interface AnswerOfList {
  /** The address that was asked, without its query. */
  readonly url: string;
  /** How many items came. */
  readonly came: number;
}

/** What one field says; `unclear` where it looks like more and cannot be read. */
type Reading = Omit<Paging, "unfollowable"> | "unclear" | "token";
type Reader = (value: unknown, answer: AnswerOfList) => Reading;

/** What a field can mean: how its value is read, and under which names it is known, in plain letters. The first reader that fits counts. */
const meanings = {
  page: {
    names: ["page", "pagenumber", "currentpage"],
    read: (value) => onNumber(value, (page) => ({ page })) ?? {},
  },
  pageSize: {
    names: ["pagesize", "perpage", "limit", "itemsperpage", "maxresults"],
    read: (value) => onNumber(value, (pageSize) => (pageSize > 0 ? { pageSize } : {})) ?? {},
  },
  offset: {
    // A token, with some services.
    names: ["offset", "skip", "startat", "startindex"],
    read: (value) => onNumber(value, (offset) => ({ offset })) ?? onSilence(value) ?? "token",
  },
  total: {
    names: [
      ...["total", "totalcount", "totalitems", "totalelements", "totalresults", "totalrecords", "totalrows"],
      ...["totalentries", "totalhits", "totalsize", "totalnumber", "odatacount"],
    ],
    read: (value) =>
      onNumber(isExact(value) ? value.value : value, (total) => ({ total })) ?? onSilence(value) ?? "unclear",
  },
  // Of all items, or of those that came.
  count: {
    names: ["count", "itemcount", "resultcount", "recordcount", "numresults", "length"],
    read: (value, { came }) => onNumber(value, (count) => (count > came ? { total: count } : {})) ?? {},
  },
  totalPages: {
    names: ["totalpages", "pagecount", "pages", "numpages"],
    read: (value) => onNumber(value, (totalPages) => ({ totalPages })) ?? onSilence(value) ?? "unclear",
  },
  hasMore: {
    names: [
      ...["hasmore", "hasnext", "hasnextpage", "hasmorepages", "hasmoreitems", "hasmoreresults"],
      ...["more", "moreavailable", "moreresults", "morepages", "moreitems"],
    ],
    read: (value) => onFlag(value, (hasMore) => ({ hasMore })) ?? onSilence(value) ?? "unclear",
  },
  // Where it is no flag, it is a link or what stands last.
  last: {
    names: ["last", "islast", "islastpage", "done", "complete", "iscomplete", "finished", "exhausted"],
    read: (value) => (/^\d$/.test(String(value)) ? {} : onFlag(value, (last) => ({ hasMore: !last }))) ?? {},
  },
  lastPage: {
    names: ["lastpage"],
    read: (value) =>
      (typeof value === "boolean" ? { hasMore: !value } : onNumber(value, (totalPages) => ({ totalPages }))) ?? {},
  },
  cut: {
    names: ["truncated", "istruncated"],
    read: (value) => onFlag(value, (cut) => (cut ? "unclear" : { hasMore: false })) ?? onSilence(value) ?? "unclear",
  },
  partial: {
    names: [
      ...["partial", "ispartial", "partialresults", "incomplete", "isincomplete", "incompleteresults", "timedout"],
      "resultsincomplete",
    ],
    read: (value) => onFlag(value, (partial) => (partial ? "unclear" : {})) ?? onSilence(value) ?? "unclear",
  },
  // What was not asked, not answered or left out, with names or as a number.
  missing: {
    names: ["unreachable", "unprocessedkeys", "unprocesseditems", "skippedcount", "skippeditems", "failedcount"],
    read: (value) => onNumber(value, (missing) => (missing > 0 ? "unclear" : {})) ?? onSilence(value) ?? "unclear",
  },
  shards: {
    names: ["shards"],
    read: (value) => (isObject(value) && isShort(value) ? "unclear" : {}),
  },
  remaining: {
    names: ["remaining", "remainingcount", "remainingitems", "remainingitemcount"],
    read: (value) => onNumber(value, (left) => ({ hasMore: left > 0 })) ?? onSilence(value) ?? "unclear",
  },
  nextPage: {
    names: ["nextpage", "nextpagenumber"],
    // A next page of 0 is none: 0 can only be the first one.
    read: (value, { url }) =>
      onNothing(value) ??
      onNumber(value, (page) => (page > 0 ? { nextPage: page } : { ends: true })) ??
      (value === true ? { hasMore: true } : onLink(value, url)),
  },
  nextCursor: { names: ["nextcursor"], read: (value) => onNothing(value) ?? onCursor(value) },
  cursor: { names: ["cursor", "cursors"], read: (value) => onNothing(value) ?? onCursor(value) },
  next: {
    names: ["next", "nextlink", "nexturl", "nexturi", "nexthref", "nextpageurl", "nextpagelink", "odatanextlink"],
    read: (value, { url }) => onNothing(value) ?? (value === true ? { hasMore: true } : onLink(value, url)),
  },
  token: {
    names: ["continuationtoken", "continuation", "continue", "resumptiontoken", "lastevaluatedkey", "endcursor"],
    read: (value) => onNothing(value) ?? "token",
  },
  // It may also repeat what was asked for, which was nothing.
  place: {
    names: ["pagetoken", "marker", "after", "startingafter", "scrollid", "bookmark"],
    read: (value) => onSilence(value) ?? "token",
  },
} satisfies Record<string, { readonly names: readonly string[]; readonly read: Reader }>;

export type Meaning = keyof typeof meanings;

const byName = new Map(
  (Object.keys(meanings) as Meaning[]).flatMap((meaning) => meanings[meaning].names.map((name) => [name, meaning])),
);

/** What a field of this name means, where the name is known. */
export function knownMeaning(name: string): Meaning | undefined {
  return byName.get(plainName(name));
}

/** The same for a field beside a list, where whatever begins with "next" leads on to something. */
export function meaningOf(name: string): Meaning | undefined {
  return knownMeaning(name) ?? (/^(odata)?next/.test(plainName(name)) ? "token" : undefined);
}

/** Puts together what fields say, the innermost first. Of two that differ, the one is believed that leaves more to come. */
export function readPaging(facts: readonly Fact[], answer: AnswerOfList): Paging {
  // Beside a cursor that follows, this one only repeats what was asked for.
  const counting = facts.some(({ meaning }) => meaning === "nextCursor")
    ? facts.filter(({ meaning }) => meaning !== "cursor")
    : facts;
  let paging: Paging = {};
  const tokens: string[] = [];
  for (const { name, meaning, value } of counting) {
    const said: Reading = (meanings[meaning].read as Reader)(value, answer);
    if (said === "token") tokens.push(name);
    else paging = said === "unclear" ? { unfollowable: name, ...paging } : both(paging, said);
  }
  // The end of a list may have a token too.
  const [token] = paging.hasMore === false ? [] : tokens;
  return token === undefined ? paging : { unfollowable: token, ...paging };
}

function both(before: Paging, said: Paging): Paging {
  const one = (name: "total" | "totalPages" | "pageSize", choose: (...numbers: number[]) => number) =>
    before[name] !== undefined && said[name] !== undefined ? { [name]: choose(before[name], said[name]) } : {};
  return {
    ...said,
    ...before,
    ...one("total", Math.max),
    ...one("totalPages", Math.max),
    ...one("pageSize", Math.min),
    ...((before.hasMore || said.hasMore) && { hasMore: true }),
  };
}

/** Whether some parts of a search have failed: by their number, or by that of all and of those that answered. */
function isShort({ total, successful, failed }: Record<string, unknown>): boolean {
  const [all = 0, answered = all, lost = 0] = [total, successful, failed].map((count) => onNumber(count, (one) => one));
  return lost > 0 || answered < all;
}

function onNumber<Result>(value: unknown, read: (number: number) => Result): Result | undefined {
  const number = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) && number >= 0 ? read(number) : undefined;
}

function onFlag<Result>(value: unknown, read: (flag: boolean) => Result): Result | undefined {
  const text = String(value).toLowerCase();
  if (value === true || text === "true" || text === "1") return read(true);
  return value === false || text === "false" || text === "0" ? read(false) : undefined;
}

/** For what stands in the place of what follows. */
function onNothing(value: unknown): Paging | undefined {
  return isNothing(value) ? { ends: true } : undefined;
}

/** For what may not be known to the service. */
function onSilence(value: unknown): Paging | undefined {
  return isNothing(value) ? {} : undefined;
}

/** Null, also as a text, an empty text, false, a number that stands for "unknown", and what holds no more than that. */
export function isNothing(value: unknown): boolean {
  return typeof value === "object" && value !== null ? Object.values(value).every(isEmptyText) : isEmptyText(value);
}

function isEmptyText(value: unknown): boolean {
  if (typeof value === "string") return /^(?:|-1|null|undefined|nil|none)$/i.test(value.trim());
  return value === null || value === undefined || value === false || value === -1;
}

function onCursor(value: unknown): Reading {
  if (value === 0) return { ends: true };
  return typeof value === "string" || typeof value === "number" ? { nextCursor: String(value) } : "unclear";
}

function onLink(value: unknown, url: string): Reading {
  const address = isObject(value) ? (value.href ?? value.url ?? value.uri ?? value.link) : value;
  const nextQuery = typeof address === "string" ? nextLink(address, url) : undefined;
  return nextQuery === undefined ? "unclear" : { nextQuery };
}

/** A number that is said to be one of all items, and not of "at least". */
function isExact(value: unknown): value is { readonly value: unknown } {
  return isObject(value) && "value" in value && (value.relation === undefined || value.relation === "eq");
}
