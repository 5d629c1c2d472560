import { inspect } from "node:util";
import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import type { GatewayState } from "@mcpstack/model";
import { openDeletes } from "../testing/deletes";
import { quiet, runOn } from "../testing/run";
import { createGateway } from "./create";
import { deleteGateway } from "./delete";

let api: LocalApi;
let state: GatewayState;
beforeEach(async () => {
  api = await startLocalApi();
  const { id, organizationId } = api.store.createGateway(quiet);
  state = { ...quiet, id, organizationId };
});
afterEach(() => api.close());

test("a gateway is deleted, and one that is gone already is no failure", async () => {
  await deleteGateway(runOn(api), state);
  expect(api.store.gateways()).toEqual([]);
  await deleteGateway(runOn(api), state);
});

describe("a delete that is answered 404", () => {
  const narrow = (given: { readonly hidden?: string[]; readonly lists?: "hidden" }) =>
    runOn(api, {}, { MCPSTACK_ACCESS_TOKEN: api.store.addCredential({ label: "narrow", ...given }).secret });

  test("is a failure where the credential cannot see the gateway that the list names", async () => {
    const deleting = deleteGateway(narrow({ hidden: [state.id] }), state);
    await expect(deleting).rejects.toMatchObject({
      code: "unexpected_answer",
      message: expect.stringMatching(/names it.*not this gateway/),
    });
    expect(api.store.gateway(state.id)).toBeDefined();
  });

  test("is a failure where the credential sees neither the gateway nor the list", async () => {
    const deleting = deleteGateway(narrow({ hidden: [state.id], lists: "hidden" }), state);
    await expect(deleting).rejects.toMatchObject({ code: "organization_not_found" });
    expect(api.store.gateway(state.id)).toBeDefined();
  });

  test("is a failure where the list is cut short", async () => {
    api.store.deleteGateway(state.id);
    api.faults.add({ match: { path: "/gateways" }, action: { status: 200, body: { items: [], total: 1 } } });
    await expect(deleteGateway(runOn(api), state)).rejects.toMatchObject({ code: "list_incomplete" });
  });

  test.each([{ cut: "after" as const }, { status: 502 }])(
    "is a success where it was done before its answer was lost by %j",
    async (action) => {
      const lost = api.faults.add({ match: { method: "DELETE" }, times: 1, performed: true, action });
      await deleteGateway(runOn(api), state);
      expect([lost.struck, api.store.gateways()]).toEqual([1, []]);
    },
  );

  test("is a success also where this run had listed the gateway before", async () => {
    const run = runOn(api);
    await run.reads.listed();
    api.store.deleteGateway(state.id);
    await deleteGateway(run, state);
  });
});

describe.each(openDeletes)("a delete that is answered with %s", (_, action, said) => {
  const deleting = { method: "DELETE" };

  test("is a failure that says so where the gateway is still listed", async () => {
    api.faults.add({ match: deleting, action });
    await expect(deleteGateway(runOn(api), state)).rejects.toMatchObject({
      code: expect.stringMatching(/^(delete_not_done|unexpected_answer|not_json)$/),
      message: expect.stringMatching(said),
    });
    expect(api.store.gateway(state.id)).toBeDefined();
  });

  test("is a success where the list does not name the gateway any more", async () => {
    const planted = api.faults.add({ match: deleting, performed: true, action });
    await deleteGateway(runOn(api), state);
    expect([planted.struck, api.store.gateways()]).toEqual([1, []]);
  });
});

test("a delete that is only accepted is waited for", async () => {
  api.faults.add({ match: { method: "DELETE" }, action: { status: 202 } });
  const run = runOn(api);
  const list = run.api.listGateways.bind(run.api);
  let lists = 0;
  run.api.listGateways = (options) => {
    lists += 1;
    if (lists === 5) api.store.deleteGateway(state.id);
    return list(options);
  };
  await deleteGateway(run, state);
  expect(lists).toBeGreaterThanOrEqual(5);
});

test("a delete that is answered with nothing is believed, and costs no look", async () => {
  await deleteGateway(runOn(api), state);
  expect(api.requests.filter(({ path }) => path.includes("/gateways")).map(({ method }) => method)).toEqual(["DELETE"]);
});

test("what cannot be looked at after an answer without a word is an error", async () => {
  api.faults.add({ match: { method: "DELETE" }, action: { status: 202 } });
  api.faults.add({ match: { method: "GET", path: "/gateways" }, action: { status: 207, body: [] } });
  await expect(deleteGateway(runOn(api), state)).rejects.toMatchObject({ code: "list_incomplete" });
});

test("a gateway that is answered 410 and still listed is told with that status", async () => {
  api.faults.add({ match: { method: "DELETE" }, action: { status: 410 } });
  await expect(deleteGateway(runOn(api), state)).rejects.toThrow(/was answered 410, but/);
});

test("a gateway with servers is refused with their names, and stays", async () => {
  api.store.attach("petalpal-api", { gatewayId: state.id });
  api.store.attach("orders-api", { gatewayId: state.id });
  await expect(deleteGateway(runOn(api), state)).rejects.toMatchObject({
    code: "gateway_has_servers",
    message: expect.stringContaining("petalpal-api, orders-api"),
  });
  expect(api.store.gateway(state.id)).toBeDefined();
});

test("a conflict without servers is said as the service says it", async () => {
  api.faults.add({ match: { method: "DELETE" }, action: { status: 409, body: { error: "is being used" } } });
  await expect(deleteGateway(runOn(api), state)).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("is being used"),
  });
});

describe("a conflict of a delete that was done", () => {
  const conflict = { status: 409, body: { error: "is already being deleted" } };
  const deleting = { method: "DELETE" };

  test.each([
    ["at once", 1],
    ["by a later try", 3],
  ])("%s is a success where neither the list nor its own answer knows the gateway", async (_, tries) => {
    if (tries > 1) api.faults.add({ match: deleting, times: tries - 1, action: conflict });
    api.faults.add({ match: deleting, performed: true, times: 1, action: conflict });
    api.faults.add({ match: deleting, action: conflict });
    await deleteGateway(runOn(api), state);
    expect(api.store.gateways()).toEqual([]);
  });

  test.each([
    ["the list still names it", { match: { method: "GET", path: `/gateways/gtw_000001` }, action: { status: 404 } }],
    ["it is still answered", { match: { method: "GET", path: "/gateways" }, action: { status: 200, body: [] } }],
    ["the list fails", { match: { method: "GET", path: /\/gateways/ }, action: { status: 404 } }],
  ])("is one where %s", async (_, fault) => {
    expect(state.id).toBe("gtw_000001");
    api.faults.add({ match: deleting, action: conflict });
    api.faults.add(fault);
    await expect(deleteGateway(runOn(api), state)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("already being deleted"),
    });
  });
});

test("what this run took over is left to the resource that took it", async () => {
  const run = runOn(api);
  run.adopted.add(state.id);
  await deleteGateway(run, state);
  expect(api.store.gateway(state.id)).toBeDefined();
});

test("a web page in the place of the API is no success", async () => {
  api.faults.add({
    match: { method: "DELETE" },
    action: { status: 404, body: "<html>", headers: { "content-type": "text/html" } },
  });
  await expect(deleteGateway(runOn(api), state)).rejects.toMatchObject({ code: "not_json" });
});

test("another organization's gateway is not touched", async () => {
  await expect(deleteGateway(runOn(api), { ...state, organizationId: "org_other" })).rejects.toMatchObject({
    code: "organization_mismatch",
    message: expect.stringMatching(/org_other.*org_petalpal.*MCPSTACK_ORG_ID/s),
  });
  expect(api.store.gateway(state.id)).toBeDefined();
});

// A destroy is told none of the settings that no state holds, so nothing can be taken out of the words that repeat them.
test("no error of a delete shows the words of a service that was given write-only settings", async () => {
  const secret = "Zq7-Kestrel-1947-blue";
  const writing = runOn(api);
  const settingsWo = { clientSecret: secret };
  const { state } = await createGateway(writing, { ...quiet, name: "Words", settingsWo, settingsWoVersion: 1 });
  for (const action of [
    { status: 422, body: { error_description: `${secret} is in use` } },
    { status: 409, body: { message: `${secret} is in use` } },
    { status: 200, body: { success: false, error: `${secret} is in use` } },
    { status: 202, body: { error: Buffer.from(secret).toString("base64") } },
  ]) {
    api.faults.add({ match: { method: "DELETE" }, action });
    const error: unknown = await deleteGateway(runOn(api), state).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(inspect(error)).not.toMatch(/Kestrel|WnE3LUtlc3RyZWw/);
    api.faults.clear();
  }
  const plain = { ...state, settingsWoVersion: undefined };
  api.faults.add({ match: { method: "DELETE" }, action: { status: 422, body: { message: "grants are active" } } });
  await expect(deleteGateway(runOn(api), plain)).rejects.toThrow("grants are active");
});
