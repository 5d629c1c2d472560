import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import type { GatewayState } from "@mcpstack/model";
import { quiet, runOn } from "../testing/run";
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
