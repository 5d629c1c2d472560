import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import type { Finding } from "@mcpstack/model";
import { runOn } from "../testing/run";
import { beside, withRecentEvents } from "./events";

let api: LocalApi;
beforeEach(async () => {
  api = await startLocalApi();
});
afterEach(() => api.close());

const finding = (code: string, severity: Finding["severity"] = "warn"): Finding => ({
  code,
  severity,
  leg: "upstream",
  path: ["resource"],
  summary: "",
  fix: "",
});
const at = "2026-11-24T07:00:00.000Z";
const failed = { at, type: "tool_call", outcome: "failure", message: "401: invalid audience" };

function gatewayWith(...messages: string[]): string {
  const { id } = api.store.createGateway({ name: "Support" });
  for (const message of messages) api.store.addLogEvent(id, { type: "tool_call", outcome: "failure", at, message });
  api.clearRequests();
  return id;
}

const logRequests = () => api.requests.filter(({ path }) => path.endsWith("/logs"));

test.each<[string, Finding, Partial<typeof failed>, string | undefined]>([
  ["the finding that explains it", finding("resource-mismatch"), {}, `${at} 401: invalid audience`],
  ["no finding that does not", finding("scope-not-listed"), {}, undefined],
  ["no finding that is only worth knowing", finding("resource-mismatch", "info"), {}, undefined],
  ["no finding where the event is a success", finding("resource-mismatch"), { outcome: "success" }, undefined],
])("an event stands beside %s", (_, one, differs, event) => {
  expect(beside([one], [{ ...failed, ...differs }])).toEqual([event === undefined ? one : { ...one, event }]);
});

test("an event is shown on one line and without tokens", async () => {
  const id = gatewayWith("invalid audience \u001b[31m\nfor eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl");
  expect(await withRecentEvents(runOn(api), id, [finding("resource-mismatch")])).toMatchObject([
    { event: `${at} invalid audience \\u{1b}[31m\\u{a}for [token]` },
  ]);
});

test("of several events the newest is shown", async () => {
  const id = gatewayWith("invalid audience, the older", "invalid audience, the newer", "something else");
  const [one] = await withRecentEvents(runOn(api), id, [finding("resource-mismatch")]);
  expect(one?.event).toBe(`${at} invalid audience, the newer`);
});

test("logs are read once a gateway and in one request, however small the service's pages are", async () => {
  api.setBehaviour({ listEnvelope: "items", listPaging: "pages", pageSize: 2 });
  const id = gatewayWith(...Array.from({ length: 9 }, () => "nothing of interest"));
  const run = runOn(api);
  await withRecentEvents(run, id, [finding("resource-mismatch")]);
  await withRecentEvents(run, id, [finding("resource-not-uri")]);
  expect(logRequests()).toHaveLength(1);
});

test("no more than five gateways' logs are read in a run", async () => {
  const ids = Array.from({ length: 8 }, () => gatewayWith("invalid audience"));
  const run = runOn(api);
  const shown = await Promise.all(ids.map((id) => withRecentEvents(run, id, [finding("resource-mismatch")])));
  expect(logRequests()).toHaveLength(5);
  expect(shown.flat().filter(({ event }) => event !== undefined)).toHaveLength(5);
});

test.each([
  ["is without a symptom", finding("par-required")],
  ["is only worth knowing", finding("resource-ignored", "info")],
])("no log is read for a finding that %s", async (_, one) => {
  const id = gatewayWith("invalid audience");
  expect(await withRecentEvents(runOn(api), id, [one])).toEqual([one]);
  expect(logRequests()).toEqual([]);
});

test("logs that cannot be read leave the finding as it is", async () => {
  const id = gatewayWith("invalid audience");
  api.faults.add({ match: { path: `/gateways/${id}/logs` }, action: { status: 403 } });
  const one = finding("resource-mismatch");
  expect(await withRecentEvents(runOn(api), id, [one])).toEqual([one]);
  expect(logRequests()).toHaveLength(1);
});
