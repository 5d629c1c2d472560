import type { Finding } from "@mcpstack/model";
import { changesBetween, knownAfter } from "./changes";
import { type Report, withItems } from "./report";

const finding = (code: string): Finding => ({
  code,
  leg: "upstream",
  severity: "warn",
  path: [],
  summary: `about ${code}`,
  fix: "Mend it.",
});
const gateway = (address: string) => ({ kind: "gateway" as const, address });

function report(found: Readonly<Record<string, readonly string[]>>, unchecked: readonly string[] = []): Report {
  const items = Object.entries(found).map(([code, addresses]) => ({
    finding: finding(code),
    subjects: addresses.map(gateway),
    events: [],
  }));
  const rest = { source: { kind: "url", name: "x" } as const, checked: { gateways: 0, routes: 0, agents: 0 } };
  const left = unchecked.map((address) => ({ subject: gateway(address), reason: "no answer" }));
  return withItems({ ...rest, subjects: [], unchecked: left, notes: [] }, items);
}

const said = (before: Report, after: Report) =>
  changesBetween(before, after).map(({ change, subject, item }) => `${change} ${item.finding.code} ${subject.address}`);

test("says what appeared and what is gone, for each gateway by itself", () => {
  expect(said(report({ a: ["1", "2"], b: ["1"] }), report({ a: ["2", "3"] }))).toEqual([
    "appeared a 3",
    "gone a 1",
    "gone b 1",
  ]);
  expect(said(report({ a: ["1"] }), report({ a: ["1"] }))).toEqual([]);
});

test("what could not be looked at is neither gone nor new when it can be looked at again", () => {
  const before = report({ a: ["1", "2"] });
  const hidden = report({ a: ["2"] }, ["1"]);
  expect(said(before, hidden)).toEqual([]);
  const known = knownAfter(before, hidden);
  expect(said(known, report({ a: ["1", "2"] }))).toEqual([]);
  expect(said(known, report({ a: ["2"] }))).toEqual(["gone a 1"]);
});
