import type { Call } from "./call";
import { json, type Reply } from "./reply";

/** A list as the behaviour wants it: bare or enveloped, whole or a page of it. */
export function listReply<T>(call: Call, all: readonly T[], present: (item: T) => unknown): Reply {
  const { listEnvelope, listPaging } = call.behaviour;
  if (listEnvelope === "array") return json(200, all.map(present));
  if (listPaging === "none") return json(200, { [listEnvelope]: all.map(present) });
  const { page, pageSize } = pageOf(call);
  return json(200, { [listEnvelope]: cut(all, page, pageSize).map(present), page, pageSize, total: all.length });
}

/** The logs are paged whatever the envelope: their `page` and `pageSize` are documented. */
export function pagedReply<T>(call: Call, all: readonly T[], present: (item: T) => unknown): Reply {
  const { page, pageSize } = pageOf(call);
  const items = cut(all, page, pageSize).map(present);
  const { listEnvelope } = call.behaviour;
  return json(200, listEnvelope === "array" ? items : { [listEnvelope]: items, page, pageSize, total: all.length });
}

function cut<T>(all: readonly T[], page: number, pageSize: number): readonly T[] {
  return all.slice((page - 1) * pageSize, page * pageSize);
}

function pageOf(call: Call): { page: number; pageSize: number } {
  const most = call.behaviour.pageSize;
  return {
    page: positive(call.query.get("page")) ?? 1,
    pageSize: Math.min(positive(call.query.get("pageSize")) ?? most, most),
  };
}

function positive(text: string | null): number | undefined {
  const number = Number(text);
  return Number.isInteger(number) && number > 0 ? number : undefined;
}
