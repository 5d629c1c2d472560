import type { FaultAction } from "@mcpstack/local-api";

/** Answers to a delete that do not say that it was done, whatever their status; and what of them an error must show. */
export const openDeletes: [string, Extract<FaultAction, { status: number }>, RegExp][] = [
  ["202 that goes on", { status: 202, body: { status: "deleting" } }, /answered 202.*try again in a while/],
  ["an empty 202", { status: 202 }, /answered 202/],
  ["207 with a refusal in it", { status: 207, body: { results: [{ status: 403, id: "x" }] } }, /answered 207/],
  ["an error beside the id", { status: 200, body: { id: "x", error: { message: "has grants" } } }, /has grants/],
  ["a failure as its status", { status: 200, body: { id: "x", status: "failed" } }, /an error instead/],
  ["nothing acknowledged", { status: 200, body: { acknowledged: false } }, /an error instead/],
  ["a count of nothing", { status: 200, body: { deletedCount: 0 } }, /answered 200/],
  ["a result that failed", { status: 200, body: { results: [{ success: false }] } }, /answered 200/],
  ["a nested no", { status: 200, body: { data: { deleteGateway: { ok: false } } } }, /answered 200/],
  [
    "a problem",
    { status: 200, body: { title: "Locked", status: 423 }, headers: { "content-type": "application/problem+json" } },
    /Locked/,
  ],
  ["a text", { status: 200, body: "OK" }, /not_json|no whole JSON/],
  ["the document", { status: 200, body: { id: "x", name: "X" } }, /answered 200/],
];
