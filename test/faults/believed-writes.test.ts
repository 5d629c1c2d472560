// A service that answers a write with success and does nothing, or something else: no apply says that it was done.
import { type FaultAction, type LocalApi, startLocalApi } from "@mcpstack/local-api";
import type { Workspace } from "../e2e/workspace";
import { appliedWorkspace, attachedGateway, errorCount, readText, resourcesInState } from "./workspace";

let api: LocalApi;
let workspace: Workspace;
beforeAll(async () => {
  api = await startLocalApi();
  workspace = await appliedWorkspace({ api });
});
afterAll(async () => {
  await workspace.remove();
  await api.close();
});
afterEach(() => api.faults.clear());

const apply = ["apply", "-auto-approve", "-input=false", "-no-color"];
const updating = { method: "PUT", path: /\/gateways\// };
const gateway = () => api.store.gatewayByName("Support");

test("an update that was answered and not carried out is a warning at its field, and the next plan shows it", async () => {
  await workspace.write(attachedGateway(`  client_id = "two"`));
  api.faults.add({ match: updating, action: { status: 204 } });
  const outcome = await workspace.apply();
  expect(readText(outcome)).toMatch(
    /Warning: The service answered with success, and shows another client_id than was written\. with mcpstack_gateway\.support, on main\.tf.*Expected: two Found: \(not set\).*\(not_as_written\)/,
  );
  api.faults.clear();
  expect((await workspace.plan()).status).toBe(2);
  expect(readText(await workspace.apply())).not.toContain("not_as_written");
  expect(gateway()?.clientId).toBe("two");
  expect((await workspace.plan()).status).toBe(0);
});

test("an update that was answered with an error beside the document fails with its words, and is planned again", async () => {
  await workspace.write(attachedGateway(`  client_id = "three"`));
  const action = { status: 200, body: { ...gateway(), error: "quota exceeded" } };
  api.faults.add({ match: updating, action });
  const outcome = await workspace.run(...apply);
  expect([outcome.status, errorCount(outcome)]).toEqual([1, 1]);
  expect(readText(outcome)).toMatch(/quota exceeded.*\(not_carried_out\)/);
  expect((await workspace.state())["mcpstack_gateway.support"]).toMatchObject({ client_id: "two" });
  api.faults.clear();
  expect((await workspace.plan("-refresh=false")).status).toBe(2);
  await workspace.apply();
  expect(gateway()?.clientId).toBe("three");
});

test.each<[string, FaultAction, string]>([
  ["202 and never done", { status: 202, body: { status: "deleting" } }, "delete_not_done"],
  ["an error beside the id", { status: 200, body: { id: "x", error: { message: "locked" } } }, "unexpected_answer"],
  ["a nested refusal", { status: 207, body: { results: [{ status: 403 }] } }, "delete_not_done"],
])("a destroy that is answered with %s fails and keeps what is still there", async (_, action, code) => {
  const before = await resourcesInState(workspace);
  api.faults.add({ match: { method: "DELETE", path: "/petalpal-api/gateway" }, action });
  const outcome = await workspace.run(...apply, "-destroy");
  expect([outcome.status, errorCount(outcome)]).toEqual([1, 1]);
  expect(readText(outcome)).toContain(`(${code})`);
  expect(await resourcesInState(workspace)).toEqual(before);
  expect(api.store.attachments()).toHaveLength(1);
});

test("the same of a gateway; one that says no more than that it was accepted succeeds once it is gone", async () => {
  api.faults.add({ match: { method: "DELETE", path: updating.path }, times: 1, action: { status: 202 } });
  const outcome = await workspace.run(...apply, "-destroy");
  expect([outcome.status, errorCount(outcome)]).toEqual([1, 1]);
  expect(readText(outcome)).toMatch(/Gateway gtw_\d+ \(Support\) is still there.*answered 202.*\(delete_not_done\)/);
  expect(Object.keys(await workspace.state())).toEqual(["mcpstack_gateway.support"]);
  api.faults.add({ match: { method: "DELETE", path: updating.path }, performed: true, action: { status: 202 } });
  await workspace.apply("-destroy");
  expect([api.store.gateways(), await workspace.state()]).toEqual([[], {}]);
});

test("a service that tidies names makes one gateway, however often the program is applied, and no plan has a change", async () => {
  const { createGateway: create, putGateway: put } = api.store;
  const tidied = <Fields extends { name?: string | undefined }>(fields: Fields): Fields =>
    fields.name === undefined ? fields : { ...fields, name: fields.name.replace(/ +/g, " ").toLowerCase() };
  api.store.createGateway = (fields) => create.call(api.store, tidied(fields));
  api.store.putGateway = (id, fields) => put.call(api.store, id, tidied(fields));
  const program = attachedGateway().replace('"Support"', '"Support  API"');
  await workspace.write(program);
  for (const _ of [1, 2]) {
    await workspace.apply();
    expect((await workspace.plan()).status).toBe(0);
  }
  await workspace.write(program.replace("scopes ", 'client_id = "new"\n  scopes '));
  expect(readText(await workspace.apply())).not.toContain("Warning");
  expect((await workspace.plan("-refresh-only")).status).toBe(0);
  expect(api.store.gateways().map(({ name }) => name)).toEqual(["support api"]);
});
