import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import { quiet, runOn } from "../testing/run";
import { createGateway } from "./create";
import { foreseeCredential, foreseeGateway } from "./foresee";
import { readGateway } from "./read";

let api: LocalApi;
beforeEach(async () => {
  api = await startLocalApi();
});
afterEach(() => api.close());

const desired = { ...quiet, clientId: "one" };
const wrong = { MCPSTACK_ACCESS_TOKEN: "wrong-token-0123456789" };

test("a credential that does not work is said at the plan of a create, once a run, and never shown", async () => {
  const run = runOn(api, {}, wrong);
  const [said, ...more] = await foreseeGateway(run, { desired });
  expect(more).toEqual([]);
  expect(said).toMatchObject({
    code: "credential_refused",
    severity: "error",
    message: expect.stringMatching(/does not work.*401.*Check the credential in MCPSTACK_ACCESS_TOKEN/),
  });
  expect(said?.message).not.toContain("wrong-token");
  expect(await foreseeGateway(run, { desired: { ...desired, name: "Other" } })).toEqual([]);
  expect(api.requests).toHaveLength(1);
});

test("what keeps the API from being asked is left to the apply", async () => {
  api.faults.add({ action: { status: 500 } });
  const run = runOn(api);
  expect(await foreseeCredential(run)).toBeUndefined();
  expect(await foreseeGateway(run, { desired })).toEqual([]);
});

test("a credential that works costs one request a run", async () => {
  const run = runOn(api);
  for (const name of ["One", "Two", "Three"])
    expect(await foreseeGateway(run, { desired: { ...desired, name } })).toEqual([]);
  expect(api.requests.map(({ path }) => path.replace(/.*organizations/, ""))).toEqual([
    "",
    expect.stringMatching(/gateways$/),
  ]);
});

test("a gateway that a create made without being told is named by the next plan, with the way on", async () => {
  const run = runOn(api);
  api.faults.add({ match: { method: "POST" }, times: 1, action: { cut: "after" } });
  api.faults.add({ match: { method: "GET", path: "/gateways" }, after: 1, times: 4, action: { status: 500 } });
  await expect(createGateway(run, desired)).rejects.toMatchObject({ code: "create_unconfirmed" });
  const [{ id } = { id: "" }] = api.store.gateways();
  expect(await foreseeGateway(runOn(api), { desired })).toEqual([
    {
      code: "gateway_exists",
      severity: "warning",
      path: ["name"],
      message: expect.stringMatching(new RegExp(`profile already: ${id}\\. An apply makes another one.*import`)),
    },
  ]);
});

test.each([
  ["another profile", { ...desired, clientId: "two" }, {}],
  ["another name", { ...desired, name: "Other" }, {}],
  ["a name that is not known yet", desired, { unknown: ["name"] as const }],
  ["a predecessor", desired, { hasPredecessor: true }],
])("nothing is said of one with %s", async (_, program, more) => {
  await createGateway(runOn(api), desired);
  expect(await foreseeGateway(runOn(api), { desired: program, ...more })).toEqual([]);
});

test("nor of one that another resource of the program stands for, read or planned, before or after", async () => {
  const { state, memory } = await createGateway(runOn(api), desired);
  const reading = runOn(api, { patienceMs: 50 });
  const [said] = await Promise.all([foreseeGateway(reading, { desired }), readGateway(reading, state, { memory })]);
  expect(said).toEqual([]);
  const planning = runOn(api);
  expect(await foreseeGateway(planning, { prior: state, desired })).toEqual([]);
  expect(await foreseeGateway(planning, { desired })).toEqual([]);
});

describe("a gateway that the service shows as deleted", () => {
  test("is gone where the list does not name it", async () => {
    api.setBehaviour({ deletedGateway: "shown" });
    const { state, memory } = await createGateway(runOn(api), desired);
    api.store.deleteGateway(state.id);
    expect((await readGateway(runOn(api), state, { memory })).state).toBeUndefined();
  });

  test("and is there where the list does", async () => {
    const { state, memory } = await createGateway(runOn(api), desired);
    api.store.putGateway(state.id, { status: "deleted" });
    expect((await readGateway(runOn(api), state, { memory })).state).toMatchObject({ status: "deleted" });
  });
});
