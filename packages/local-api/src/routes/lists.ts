import { requireLists } from "./authorize-call";
import type { OrganizationCall } from "./call";
import { json, Refusal, type Reply } from "./reply";

/** A list as the behaviour wants it: bare or enveloped, whole or a part of it. */
export function listReply<T>(call: OrganizationCall, all: readonly T[], present: (item: T) => unknown): Reply {
  requireLists(call);
  const { listEnvelope, listPaging } = call.behaviour;
  if (listEnvelope === "array") return json(200, all.map(present));
  if (listPaging === "none") return json(200, { [listEnvelope]: all.map(present) });
  if (listPaging === "cursor") return cursorReply(call, all, present);
  const first = listPaging === "pages" ? 1 : 0;
  const { page, pageSize } = pageOf(call, first);
  const items = cut(all, page - first, pageSize).map(present);
  const number = listPaging === "from-0-unsaid" ? {} : { page };
  return json(200, { [listEnvelope]: items, ...number, pageSize, total: all.length });
}

/** The logs are paged whatever the envelope: their `page` and `pageSize` are documented. */
export function pagedReply<T>(call: OrganizationCall, all: readonly T[], present: (item: T) => unknown): Reply {
  const { page, pageSize } = pageOf(call, 1);
  const items = cut(all, page - 1, pageSize).map(present);
  const { listEnvelope } = call.behaviour;
  return json(200, listEnvelope === "array" ? items : { [listEnvelope]: items, page, pageSize, total: all.length });
}

/** As elsewhere in the product: `?cursor=&pageSize=` (API page, "Transport"). A cursor is opaque, and no number. */
function cursorReply<T>(call: OrganizationCall, all: readonly T[], present: (item: T) => unknown): Reply {
  const cursor = call.query.get("cursor");
  const start = cursor === null || cursor === "" ? 0 : Number(/^after-(\d+)$/.exec(cursor)?.[1] ?? Number.NaN);
  if (Number.isNaN(start)) throw new Refusal(400, "invalid_cursor", "This cursor is none of this list.");
  const { pageSize } = pageOf(call, 1);
  const end = start + pageSize;
  const hasNextPage = end < all.length;
  return json(200, {
    [call.behaviour.listEnvelope]: all.slice(start, end).map(present),
    nextCursor: hasNextPage ? `after-${end}` : null,
    hasNextPage,
  });
}

/** @param index - of the page, from 0. */
function cut<T>(all: readonly T[], index: number, pageSize: number): readonly T[] {
  return all.slice(index * pageSize, (index + 1) * pageSize);
}

function pageOf(call: OrganizationCall, first: number): { page: number; pageSize: number } {
  const most = call.behaviour.pageSize;
  return {
    page: atLeast(first, call.query.get("page")) ?? first,
    pageSize: Math.min(atLeast(1, call.query.get("pageSize")) ?? most, most),
  };
}

function atLeast(least: number, text: string | null): number | undefined {
  const number = text === null ? Number.NaN : Number(text);
  return Number.isInteger(number) && number >= least ? number : undefined;
}
