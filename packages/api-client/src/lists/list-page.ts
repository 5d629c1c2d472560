import { isObject, type Origin, unexpected } from "../documents/parse";

/** One answer of a list. */
export interface ListPage {
  readonly items: readonly unknown[];
  /** What the envelope says about paging; empty for a bare array. */
  readonly paging: Paging;
}

export interface Paging {
  readonly page?: number;
  readonly pageSize?: number;
  readonly total?: number;
  readonly totalPages?: number;
  /** Null where the envelope says that there is none. */
  readonly nextPage?: number | null;
  /** Null where the envelope says that there is none. */
  readonly nextCursor?: string | null;
  readonly hasMore?: boolean;
  /** The name of a field that says where the list goes on in a way that nothing here can follow. */
  readonly unfollowable?: string;
}

/** Reads a list: a bare array, or an object that holds it under `items`, `data`, `results` or the list's own name. */
export function readListPage(json: unknown, from: Origin, ownName: string): ListPage {
  if (Array.isArray(json)) return { items: json, paging: {} };
  if (!isObject(json)) throw unexpected(from, "it must be a list");
  return listIn(json, {}, from, ownName);
}

/** @param outer - what the objects around this one say about paging. */
function listIn(
  envelope: Record<string, unknown>,
  outer: Record<string, unknown>,
  from: Origin,
  ownName: string,
): ListPage {
  const fields = { ...outer, ...nestedPaging(envelope), ...envelope };
  for (const name of ["items", "data", "results", ownName]) {
    const value = envelope[name];
    if (Array.isArray(value)) return { items: value, paging: readPaging(fields) };
    if (name === "data" && isObject(value)) return listIn(value, fields, from, ownName);
  }
  throw unexpected(from, `it must be a list, or an object with a list under items, data or ${ownName}`);
}

function nestedPaging(envelope: Record<string, unknown>): Record<string, unknown> {
  return ["paging", "pagination", "meta", "pageInfo"].map((name) => envelope[name]).find(isObject) ?? {};
}

function readPaging(fields: Record<string, unknown>): Paging {
  const given = (...names: string[]) => names.map((name) => fields[name]).find((value) => value !== undefined);
  const number = (...names: string[]) =>
    names.map((name) => wholeNumber(fields[name])).find((value) => value !== undefined);
  const nextPage = given("nextPage", "next_page");
  const nextCursor = given("nextCursor", "next_cursor");
  const read = {
    page: number("page", "pageNumber"),
    pageSize: number("pageSize", "page_size", "perPage", "per_page"),
    total: number("total", "totalCount", "total_count", "totalItems"),
    totalPages: number("totalPages", "total_pages", "pageCount"),
    nextPage: isNone(nextPage) ? null : wholeNumber(nextPage),
    nextCursor: isNone(nextCursor) ? null : cursorText(nextCursor),
    hasMore: ["hasMore", "has_more", "hasNextPage"]
      .map((name) => fields[name])
      .find((value) => typeof value === "boolean"),
    unfollowable:
      (typeof nextPage === "string" && !isNone(nextPage) && wholeNumber(nextPage) === undefined
        ? "nextPage"
        : undefined) ??
      ["continuationToken", "next", "nextLink"].find((name) => typeof fields[name] === "string" && fields[name] !== ""),
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined)) as Paging;
}

function wholeNumber(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isInteger(value) ? value : undefined;
  return typeof value === "string" && /^\d+$/.test(value) ? Number(value) : undefined;
}

/** A next page of 0 is none: 0 can only be the first one. */
function isNone(next: unknown): boolean {
  return next === null || next === "" || next === false || next === 0;
}

function cursorText(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}
