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
  readonly hasMore?: boolean;
}

/** Reads a list: a bare array, or an object that holds it under `items`, `data`, `results` or the list's own name. */
export function readListPage(json: unknown, from: Origin, ownName: string): ListPage {
  if (Array.isArray(json)) return { items: json, paging: {} };
  if (!isObject(json)) throw unexpected(from, "it must be a list");
  for (const name of ["items", "data", "results", ownName]) {
    const value = json[name];
    if (Array.isArray(value)) return { items: value, paging: readPaging(json, from) };
    if (name === "data" && isObject(value)) return readListPage(value, from, ownName);
  }
  throw unexpected(from, `it must be a list, or an object with a list under items, data or ${ownName}`);
}

function readPaging(envelope: Record<string, unknown>, from: Origin): Paging {
  const nested = ["paging", "pagination", "meta"].map((name) => envelope[name]).find(isObject);
  const fields: Record<string, unknown> = { ...nested, ...envelope };
  const number = (...names: string[]): number | undefined => {
    const value = names
      .map((name) => fields[name])
      .find((one) => typeof one === "number" || (typeof one === "string" && /^\d+$/.test(one)));
    return value === undefined ? undefined : Number(value);
  };
  const next = ["nextPage", "next_page"].map((name) => fields[name]).find((value) => value !== undefined);
  const more = ["hasMore", "has_more", "hasNextPage"]
    .map((name) => fields[name])
    .find((value) => typeof value === "boolean");
  const cursor = ["nextCursor", "next_cursor", "continuationToken"].find(
    (name) => typeof fields[name] === "string" && fields[name] !== "",
  );
  if (cursor !== undefined)
    throw unexpected(from, `its ${cursor} says that the list goes on, but not how to ask for the rest`);
  const read = {
    page: number("page", "pageNumber"),
    pageSize: number("pageSize", "page_size", "perPage", "per_page"),
    total: number("total", "totalCount", "total_count"),
    totalPages: number("totalPages", "total_pages", "pageCount"),
    nextPage:
      next === undefined
        ? undefined
        : next === null || next === ""
          ? null
          : (number("nextPage", "next_page") ?? undefined),
    hasMore: more as boolean | undefined,
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined)) as Paging;
}

/**
 * The page to ask for next, or undefined where the list has ended. An envelope that says nothing about paging is a whole list.
 *
 * @param page - the page that was asked for; the first one is 1.
 * @param seen - items read so far, those of this page included.
 */
export function nextPage({ items, paging }: ListPage, page: number, seen: number): number | undefined {
  if (items.length === 0 || paging.nextPage === null) return undefined;
  if (paging.nextPage !== undefined) return paging.nextPage > page ? paging.nextPage : undefined;
  if (paging.hasMore !== undefined) return paging.hasMore ? page + 1 : undefined;
  if (paging.total !== undefined) return seen < paging.total ? page + 1 : undefined;
  if (paging.totalPages !== undefined) return page < paging.totalPages ? page + 1 : undefined;
  return paging.pageSize !== undefined && items.length >= paging.pageSize ? page + 1 : undefined;
}
