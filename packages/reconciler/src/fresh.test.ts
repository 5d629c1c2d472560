// A service whose reads, lists and attachments know a write only after some time, in the run that wrote and in the next one.
import { type LocalApi, type ServerBehaviour, startLocalApi } from "@mcpstack/local-api";
import { createAttachment } from "./attachment/create";
import { readAttachment } from "./attachment/read";
import { updateAttachment } from "./attachment/update";
import { lagWaits } from "./fresh";
import { createGateway, type GatewayApplied } from "./gateway/create";
import { readGateway } from "./gateway/read";
import { updateGateway } from "./gateway/update";
import { quiet, runOn } from "./testing/run";

let api: LocalApi;
beforeEach(async () => {
  api = await startLocalApi({ seed: { servers: [{ slug: "petalpal-api" }] } });
});
afterEach(() => api.close());

const readLagMs = 10_000;
const lagging = { readLag: 700, listLag: 700 };
/** A run of a process of its own. */
const run = (options = {}) => runOn(api, { readLagMs, ...options });
const made = () => createGateway(run(), { ...quiet, clientId: "one" });
const updated = ({ state, memory }: GatewayApplied, clientId: string) =>
  updateGateway(run(), {
    prior: state,
    memory,
    desired: { ...quiet, clientId },
    metadata: { value: undefined, unknown: [] },
  });

test("the waits grow, and are no longer than the time that is left", () => {
  expect(lagWaits(3_000)).toEqual([250, 500, 1_000, 1_250]);
  expect(lagWaits(0)).toEqual([]);
  expect(lagWaits(30_000).reduce((sum, wait) => sum + wait, 0)).toBe(30_000);
});

test("a gateway that was made just now is not gone in the next run", async () => {
  const { state, memory } = await made();
  api.setBehaviour(lagging);
  expect((await readGateway(run(), state, { memory })).state).toMatchObject({ id: state.id, clientId: "one" });
});

test("one that somebody deletes meanwhile is gone when the time is over", async () => {
  const { state, memory } = await made();
  api.store.deleteGateway(state.id);
  expect((await readGateway(run({ readLagMs: 600 }), state, { memory })).state).toBeUndefined();
});

test("one that was made long ago is gone at the first look", async () => {
  const { state, memory } = await made();
  api.store.deleteGateway(state.id);
  const fresh = { writtenAt: Date.now() - readLagMs, madeAt: Date.now() - readLagMs };
  api.clearRequests();
  expect((await readGateway(run(), state, { memory: { ...memory, fresh } })).state).toBeUndefined();
  expect(api.requests.filter(({ path }) => path.endsWith(state.id))).toHaveLength(1);
});

test("a create that is answered with an id alone is seen when the read knows it", async () => {
  api.setBehaviour({ ...lagging, createAnswer: "id", fills: "derived" });
  const { memory } = await made();
  expect(memory.filled).toMatchObject({ tokenEndpoint: expect.any(String) });
});

test("a create whose answer was lost is found when the list names it", async () => {
  api.setBehaviour(lagging);
  api.faults.add({ match: { method: "POST" }, times: 1, action: { cut: "after" } });
  const { state } = await made();
  expect(api.store.gateways().map(({ id }) => id)).toEqual([state.id]);
});

test("what a read shows as it was before an update is no drift, and no finding", async () => {
  const before = await made();
  await new Promise((resolve) => setTimeout(resolve, lagging.readLag));
  api.setBehaviour({ ...lagging, putAnswer: "204" });
  const after = await updated(before, "two");
  expect(after.findings).toEqual([]);
  const again = await updated(after, "three");
  const read = await readGateway(run(), again.state, { memory: again.memory });
  expect(read.state).toEqual(again.state);
});

test("what somebody sets after an update is drift at once, when it is not what stood there before", async () => {
  const after = await updated(await made(), "two");
  api.store.putGateway(after.state.id, { clientId: "theirs" });
  api.clearRequests();
  expect((await readGateway(run(), after.state, { memory: after.memory })).state).toMatchObject({ clientId: "theirs" });
  expect(api.requests.filter(({ path }) => path.endsWith(after.state.id))).toHaveLength(1);
});

test("and when it is, at the end of that time", async () => {
  const after = await updated(await made(), "two");
  api.store.putGateway(after.state.id, { clientId: "one" });
  const short = run({ readLagMs: 600 });
  expect((await readGateway(short, after.state, { memory: after.memory })).state).toMatchObject({ clientId: "one" });
});

test.each<Partial<ServerBehaviour>>([
  { attachLag: 700 },
  { attachLag: 700, newGateway: "404" },
  { attachLag: 700, errorBody: "empty" },
  { attachLag: 700, readLag: 700, listLag: 700, attachAnswer: "204" },
])("a server is attached to a gateway of this run, and of the run before, where %j", async (behaviour) => {
  api.setBehaviour(behaviour);
  const own = run();
  const { state } = await createGateway(own, quiet);
  await createAttachment(own, { serverId: "petalpal-api", gatewayId: state.id });
  api.store.addServer({ slug: "second" });
  const other = await createGateway(run(), { ...quiet, name: "Other" });
  await createAttachment(run(), { serverId: "second", gatewayId: other.state.id });
  expect(api.store.attachments().map(({ gatewayId }) => gatewayId)).toEqual([state.id, other.state.id]);
});

test("a gateway that is not there is an error when that time is over", async () => {
  const short = run({ readLagMs: 600 });
  await expect(createAttachment(short, { serverId: "petalpal-api", gatewayId: "gtw_none" })).rejects.toMatchObject({
    code: "invalid",
  });
});

test("an older gateway, and a server that is not there, are errors at the first try", async () => {
  const { state } = await made();
  api.store.putGateway(state.id, { createdOn: "2026-01-01T00:00:00Z" });
  await expect(createAttachment(run(), { serverId: "none", gatewayId: state.id })).rejects.toMatchObject({
    code: "not_found",
  });
  expect(api.requests.filter(({ method }) => method === "PUT")).toHaveLength(1);
});

test("an attachment is not gone, and not the old one, in the next run", async () => {
  const [one, two] = [await made(), await createGateway(run(), { ...quiet, name: "Other" })];
  api.setBehaviour(lagging);
  const attached = await createAttachment(run(), { serverId: "petalpal-api", gatewayId: one.state.id });
  expect(await readAttachment(run(), attached)).toEqual(attached);
  const moved = await updateAttachment(run(), attached, { serverId: "petalpal-api", gatewayId: two.state.id });
  expect(await readAttachment(run(), moved)).toEqual(moved);
});

test("one that somebody detaches meanwhile is gone when the time is over", async () => {
  const { state } = await made();
  const attached = await createAttachment(run(), { serverId: "petalpal-api", gatewayId: state.id });
  api.store.detach("petalpal-api");
  expect(await readAttachment(run({ readLagMs: 600 }), attached)).toBeUndefined();
});
