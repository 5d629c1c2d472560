import { isObject, type Origin } from "../documents/parse";
import { ApiError } from "../errors/api-error";
import { advance, nextStep, type PageWish, type Position, repeats, repetition, saysMore, startOf } from "./follow";
import type { ListPage } from "./list-page";

const mostPages = 2_000;

/** How often a list is read in all where it changes, or seems to, while it is read. */
const mostReadings = 5;

type Read = (wish: PageWish) => Promise<ListPage>;

/**
 * Follows a list to its end, a page at a time and only as far as it is read: by cursor, by page numbers from 1 or from 0, or by what its
 * envelope names. Items that come twice because the list moved are given once. A list that gives fewer items than it said at any time
 * that it has is read again from its start.
 *
 * @throws ApiError `list_incomplete` where it is still not whole then; `too_large` where it does not end.
 */
export async function* allPages(read: Read, from: Origin): AsyncGenerator<readonly unknown[], void, undefined> {
  const given = new Set<string>();
  for (let reading = 1; ; reading += 1) {
    const shortfall = yield* oneReading(read, from, given);
    if (shortfall === undefined) return;
    if (reading >= mostReadings) throw incomplete(from, shortfall);
  }
}

/** What is wrong with one reading of a list. */
interface Shortfall {
  readonly reason?: string | undefined;
  readonly seen: number;
  readonly total?: number | undefined;
}

/** @param given - items of earlier readings, which are not given again. */
async function* oneReading(
  read: Read,
  from: Origin,
  given: Set<string>,
): AsyncGenerator<readonly unknown[], Shortfall | undefined, undefined> {
  const known = new Set<string>();
  let at: Position | undefined;
  let wish = startOf();
  let total: number | undefined;
  for (let pages = 1; ; pages += 1) {
    const answer = await read(wish);
    const fresh = newTo(known, answer.items);
    at = advance(at, wish, answer, fresh.length);
    // The greatest one: where it falls, what was deleted may have pushed something past a page's edge.
    total = answer.paging.total === undefined ? total : Math.max(answer.paging.total, total ?? 0);
    yield newTo(given, fresh);
    const step = nextStep(answer, at);
    if (step === "ended") {
      const repeated = repeats(answer, at);
      if (!repeated && (total === undefined || at.seen >= total)) return undefined;
      return { reason: repeated ? repetition(at) : undefined, seen: at.seen, total };
    }
    if ("stuck" in step) return { reason: step.stuck, seen: at.seen, total };
    if (pages >= mostPages) throw endless(from);
    wish = step.ask;
  }
}

/**
 * Follows a list of documented paging (`page`, `pageSize`) that grows while it is read, such as a log, and only as far as it is read. A total
 * promises nothing there. A bare array is a page too, and an empty or a repeated one ends the list.
 *
 * @throws ApiError `list_incomplete` where the service says that there is more and gives nothing new; `too_large` where it does not end.
 */
export async function* streamPages(
  read: Read,
  from: Origin,
  pageSize: number,
): AsyncGenerator<readonly unknown[], void, undefined> {
  const known = new Set<string>();
  let at: Position | undefined;
  let wish = startOf(pageSize);
  for (let pages = 1; ; pages += 1) {
    const answer = await read(wish);
    const fresh = newTo(known, answer.items);
    at = advance(at, wish, answer, fresh.length);
    yield fresh;
    const bare = wish.page !== undefined && Object.keys(answer.paging).length === 0;
    if (bare && fresh.length === 0) return;
    const step = bare ? { ask: { page: pages + 1, pageSize } } : nextStep(answer, at);
    if (step === "ended") return;
    if ("stuck" in step) {
      if (answer.items.length === 0 && saysMore(answer, at) === "by number") return;
      throw incomplete(from, { reason: step.stuck, seen: at.seen });
    }
    if (pages >= mostPages) throw endless(from);
    wish = step.ask;
  }
}

function newTo(known: Set<string>, items: readonly unknown[]): unknown[] {
  const before = new Map<string, number>();
  return items.filter((item) => {
    const identity = identityOf(item, before);
    if (known.has(identity)) return false;
    known.add(identity);
    return true;
  });
}

/** Items without an id are told apart by what they hold, and alike ones of one page by their number. */
function identityOf(item: unknown, before: Map<string, number>): string {
  const id = isObject(item) ? item.id : undefined;
  if (typeof id === "string" || typeof id === "number") return `id ${id}`;
  const text = JSON.stringify(item);
  const count = (before.get(text) ?? 0) + 1;
  before.set(text, count);
  return `${count} ${text}`;
}

function incomplete(from: Origin, { reason, seen, total }: Shortfall): ApiError {
  const count = total === undefined ? `${seen} items came` : `${seen} of its ${total} items came`;
  return new ApiError({
    code: "list_incomplete",
    ...from,
    summary: `The list of ${from.method} ${from.path} cannot be read to its end: ${count}${reason === undefined ? "" : `, then ${reason}`}.`,
    hint:
      "Nothing is concluded from a part of a list. Try again; if it stays so, the credential may not see all of it, or the API may cut " +
      "lists in a way that a newer version of this tool knows.",
  });
}

function endless(from: Origin): ApiError {
  return new ApiError({
    code: "too_large",
    ...from,
    summary: `The list of ${from.method} ${from.path} did not end after ${mostPages} pages.`,
  });
}
