import type { ListPage } from "./list-page";
import type { Paging } from "./paging";

/** What to ask for; nothing for the first page of a list whose paging is not documented. */
export interface PageWish {
  /** The whole query, out of a link to the next page. Takes the place of everything else. */
  readonly query?: string | undefined;
  /** Takes the place of a page number. */
  readonly cursor?: string | undefined;
  /** Number of items to leave out. Takes the place of a page number, too. */
  readonly offset?: number | undefined;
  /** Page size, beside an offset. */
  readonly limit?: number | undefined;
  readonly page?: number | undefined;
  readonly pageSize?: number | undefined;
}

/** Where a reading of a list stands, once its last answer is counted. */
export interface Position {
  readonly wish: PageWish;
  /** Number of the last page; undefined while the service has not shown whether it counts from 0 or from 1. */
  readonly page?: number | undefined;
  /** How many answers came. */
  readonly answers: number;
  /** Number of the first page, as soon as it is known. */
  readonly firstPage?: number | undefined;
  /** Different items so far. */
  readonly seen: number;
  /** Of these, the ones that the last answer brought. */
  readonly fresh: number;
  /** Answers without any item, since the last one with some. */
  readonly empty: number;
  /** Page numbers and cursors asked for so far, as `askedFor` names them. */
  readonly asked: ReadonlySet<string>;
}

/** What to do next: ask on, be done, or give up since more is said to be there than can be had. */
export type Step = { readonly ask: PageWish } | { readonly stuck: string } | "ended";

/** So many empty answers in a row are followed where the service says each time that more is to come: it may filter after it cuts. */
const mostEmpty = 20;

export const startOf = (pageSize?: number): PageWish => (pageSize === undefined ? {} : { page: 1, pageSize });

/** Counts an answer. */
export function advance(
  before: Position | undefined,
  wish: PageWish,
  { items, paging }: ListPage,
  fresh: number,
): Position {
  const page = isNumbered(wish) && wish.offset === undefined ? (wish.page ?? paging.page) : undefined;
  const first = before === undefined;
  // Page 1 is asked for after a first page that had no number: it is that page again, or the one after a page 0.
  const probed = !first && before.page === undefined && wish.page === 1;
  const firstPage = first ? page : probed ? (fresh > 0 ? 0 : 1) : before.firstPage;
  return {
    wish,
    page,
    answers: (before?.answers ?? 0) + 1,
    firstPage,
    seen: (before?.seen ?? 0) + fresh,
    fresh,
    empty: items.length > 0 ? 0 : (before?.empty ?? 0) + 1,
    asked: new Set([...(before?.asked ?? []), ...askedFor(wish)]),
  };
}

/** Whether pages are asked for by their place, so that what comes next can be told without a word from the service. */
function isNumbered({ query, cursor }: PageWish): boolean {
  return query === undefined && cursor === undefined;
}

function askedFor({ query, cursor, offset, page }: PageWish): string[] {
  if (query !== undefined) return [`query ${query}`];
  if (cursor !== undefined) return [`cursor ${cursor}`];
  if (offset !== undefined) return [`offset ${offset}`];
  return page === undefined ? [] : [`page ${page}`];
}

/** The step after an answer. Whatever says that the list goes on is believed, also against what says that it ends. */
export function nextStep(answer: ListPage, at: Position): Step {
  const { items, paging } = answer;
  const more = saysMore(answer, at);
  if (!more) return "ended";
  if (items.length === 0 && (more === "by number" || at.empty > mostEmpty)) return { stuck: `${nameOf(at)} is empty` };
  if (repeats(answer, at)) return { stuck: repetition(at) };
  const ask = wishAfter(answer, at);
  if (ask === undefined) return { stuck: whyNowhere(paging, at) };
  if (!askedFor(ask).some((name) => at.asked.has(name))) return { ask };
  return { stuck: `it names ${shown(ask)} for the second time` };
}

/**
 * Whether, and how, an answer says that there is more than came so far: expressly, or by its number of items or pages. A full page
 * counts only where nothing else is said.
 */
export function saysMore({ items, paging }: ListPage, at: Position): "expressly" | "by number" | undefined {
  const { nextQuery, nextCursor, nextPage, hasMore, ends, total, totalPages, unfollowable } = paging;
  // The last page may name the cursor of its last item.
  const pointed = [nextQuery, nextPage, unfollowable, hasMore === false ? undefined : nextCursor];
  if (hasMore || pointed.some((value) => value !== undefined)) return "expressly";
  const numbered = isNumbered(at.wish);
  if (total !== undefined) {
    if (at.seen < total) return "by number";
  } else if (totalPages !== undefined && numbered) {
    const read = at.page === undefined ? at.answers : at.page - (at.firstPage ?? 1) + 1;
    if (read < totalPages) return "by number";
  }
  const silent = [hasMore, ends, total, totalPages].every((value) => value === undefined);
  const full = paging.pageSize !== undefined && items.length >= paging.pageSize && items.length > 0;
  return silent && full && numbered ? "by number" : undefined;
}

function wishAfter({ items, paging }: ListPage, at: Position): PageWish | undefined {
  const pageSize = at.wish.pageSize ?? paging.pageSize;
  if (paging.nextCursor !== undefined) return { cursor: paging.nextCursor, pageSize };
  if (paging.nextQuery !== undefined) return { query: paging.nextQuery };
  if (!isNumbered(at.wish)) return undefined;
  if (paging.nextPage !== undefined) return { page: paging.nextPage, pageSize };
  if (paging.unfollowable !== undefined) return undefined;
  if (paging.offset !== undefined && at.page === undefined)
    return { offset: paging.offset + items.length, limit: paging.pageSize };
  return { page: at.page === undefined ? 1 : at.page + 1, pageSize };
}

function whyNowhere(paging: Paging, at: Position): string {
  if (paging.unfollowable === undefined)
    return `it goes on, but names no further ${at.wish.cursor === undefined ? "link" : "cursor"}`;
  return `its ${paging.unfollowable} says that it goes on, but not how to ask for the rest`;
}

/** Whether an answer brings nothing but what came before, as where a service does not know what it was asked. */
export function repeats({ items }: ListPage, at: Position): boolean {
  return items.length > 0 && at.fresh === 0 && !isProbe(at);
}

export const repetition = (at: Position): string => `${nameOf(at)} repeats what came before`;

/** Page 1 after a first page without a number may be that page again. */
function isProbe(at: Position): boolean {
  return at.wish.page === 1 && at.asked.size === 1 && at.firstPage === 1;
}

function nameOf({ wish }: Position): string {
  return askedFor(wish).length === 0 ? "the first page" : shown(wish);
}

/** Cursors and links are the service's own texts and are not shown. */
function shown({ query, cursor, offset, page }: PageWish): string {
  if (query !== undefined) return "a link";
  if (cursor !== undefined) return "a cursor";
  return offset === undefined ? `page ${page}` : `offset ${offset}`;
}
