import { isObject, type Origin, unexpected } from "../documents/parse";
import { ApiError } from "../errors/api-error";
import { type ListPage, nextPage } from "./list-page";

const mostPages = 2_000;

/** Which page to ask for; both undefined for the first one of a list whose paging is not documented. */
export interface PageWish {
  readonly page?: number | undefined;
  readonly pageSize?: number | undefined;
}

/**
 * Follows a list to its end, a page at a time and only as far as it is read. Items that come twice because the list moved are given once.
 * A server that answers a further page with nothing new is an error: what it keeps back cannot be had.
 *
 * @param pageSize - asked for where the API documents it; then a bare array is a page too, and only an empty or a repeated one ends the list.
 */
export async function* allPages(
  read: (wish: PageWish) => Promise<ListPage>,
  from: Origin,
  pageSize?: number,
): AsyncGenerator<readonly unknown[], void, undefined> {
  const known = new Set<string>();
  let page = 1;
  let wish: PageWish = pageSize === undefined ? {} : { page, pageSize };
  for (let pages = 1; ; pages += 1) {
    const answer = await read(wish);
    const fresh = answer.items.filter((item) => !known.has(identity(item)));
    for (const item of fresh) known.add(identity(item));
    const barePage = pageSize !== undefined && Object.keys(answer.paging).length === 0;
    if (fresh.length === 0 && answer.items.length > 0) {
      if (barePage) return;
      throw unexpected(from, `page ${page} repeats what came before, so the rest of the list cannot be had`);
    }
    yield fresh;
    const next = barePage ? (answer.items.length > 0 ? page + 1 : undefined) : nextPage(answer, page, known.size);
    if (next === undefined) return;
    if (pages >= mostPages) {
      throw new ApiError({
        code: "too_large",
        ...from,
        summary: `The list of ${from.method} ${from.path} did not end after ${mostPages} pages.`,
      });
    }
    page = next;
    wish = { page, pageSize: pageSize ?? answer.paging.pageSize };
  }
}

function identity(item: unknown): string {
  const id = isObject(item) ? item.id : undefined;
  return typeof id === "string" || typeof id === "number" ? `id ${id}` : JSON.stringify(item);
}
