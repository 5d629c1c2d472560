// What an answer says of an attachment is believed as far as other answers agree with it.
import { type FaultAction, type LocalApi, startLocalApi } from "@mcpstack/local-api";
import type { AttachmentState } from "@mcpstack/model";
import type { Run } from "../run";
import { quiet, runOn } from "../testing/run";
import { createAttachment } from "./create";
import { deleteAttachment } from "./delete";
import { foreseeAttachment } from "./foresee";
import { importAttachment } from "./import";
import { readAttachment } from "./read";
import { updateAttachment } from "./update";

let api: LocalApi;
let one: string;
let two: string;
beforeEach(async () => {
  api = await startLocalApi();
  one = api.store.createGateway(quiet).id;
  two = api.store.createGateway({ ...quiet, name: "Two" }).id;
});
afterEach(() => api.close());

const serverId = "petalpal-api";
const resolvedId = "srv_petalpal_api";
const path = "/mcp-servers/petalpal-api/gateway";
const writing = { method: "PUT", path };
const reading = { method: "GET", path };
const attached = (gatewayId = one, publicId = "gw_kept"): AttachmentState => {
  api.store.attach(serverId, { gatewayId, publicId });
  return { id: serverId, organizationId: "org_petalpal", serverId, resolvedId, gatewayId, publicId };
};
const wished = () => ({ serverId: resolvedId, gatewayId: two, publicId: "gw_kept" });

const carriedOut = () => ({ resolvedId, gatewayId: two, publicId: "gw_kept" });

/** Answers to a write that repeat what was sent, or nothing, and do not say plainly that it was done. */
const unsure: [string, () => FaultAction][] = [
  ["204", () => ({ status: 204 })],
  ["202 and the document as wished", () => ({ status: 202, body: { ...wished(), status: "pending" } })],
  ["207 and the document as wished", () => ({ status: 207, body: wished() })],
  ["an error beside the document as wished", () => ({ status: 200, body: { ...wished(), error: "vault is sealed" } })],
];

describe("a write that was answered and not carried out", () => {
  test.each(unsure)("with %s is an error, and the server counts as attached to the old gateway", async (_, action) => {
    const prior = attached();
    api.faults.add({ match: writing, action: action() });
    const updating = updateAttachment(runOn(api), prior, { serverId, gatewayId: two });
    await expect(updating).rejects.toMatchObject({
      name: "ReconcileError",
      code: "not_carried_out",
      path: ["gatewayId"],
      message: expect.stringContaining(`the server is attached to gateway ${one} with the public id gw_kept`),
    });
  });

  test.each(unsure)("with %s makes no attachment", async (_, action) => {
    api.faults.add({ match: writing, action: action() });
    const creating = createAttachment(runOn(api), { serverId, gatewayId: two });
    await expect(creating).rejects.toMatchObject({
      code: "not_carried_out",
      message: expect.stringContaining("attached to nothing"),
    });
  });

  test("tells what the service said, and never that this tool is out of date", async () => {
    api.faults.add({ match: writing, action: unsure[3]?.[1]() ?? { status: 500 } });
    const creating = createAttachment(runOn(api), { serverId, gatewayId: two });
    await expect(creating).rejects.toMatchObject({
      message: expect.stringMatching(/^(?!.*newer version).*with an error: vault is sealed/),
    });
  });
});

describe("an attachment's document that names another organization", () => {
  const foreign = { serverId: resolvedId, publicId: "gw_kept", organizationId: "organizations/org_other" };

  test("is neither read, nor moved, detached, imported or taken over", async () => {
    const prior = attached();
    const body = { ...foreign, gatewayId: one };
    api.faults.add({ match: reading, action: { status: 200, body } });
    for (const work of [
      readAttachment(runOn(api), prior),
      updateAttachment(runOn(api), prior, { serverId, gatewayId: two }),
      deleteAttachment(runOn(api), prior),
      importAttachment(runOn(api), serverId),
      createAttachment(runOn(api), { serverId, gatewayId: one }),
    ])
      await expect(work).rejects.toMatchObject({
        code: "organization_mismatch",
        message: expect.stringMatching(/organization org_petalpal.*organizations\/org_other\. Nothing was changed/),
      });
    expect(api.requests.filter(({ method }) => method !== "GET")).toEqual([]);
  });

  test("is none that names this one by a path", async () => {
    const prior = attached();
    const body = { ...foreign, gatewayId: one, organizationId: "organizations/petalpal" };
    api.faults.add({ match: reading, action: { status: 200, body } });
    expect(await readAttachment(runOn(api), prior)).toMatchObject({ gatewayId: one });
  });
});

describe("a write that was carried out", () => {
  test.each(unsure)("and answered with %s is believed once it is seen", async (_, action) => {
    const prior = attached();
    api.faults.add({ match: writing, performed: true, action: action() });
    expect(await updateAttachment(runOn(api), prior, { serverId, gatewayId: two })).toMatchObject(carriedOut());
  });

  test("is waited for where reads lag behind it", async () => {
    const prior = attached();
    const stale = { serverId: resolvedId, gatewayId: one, publicId: "gw_kept" };
    api.faults.add({ match: writing, performed: true, action: { status: 204 } });
    api.faults.add({ match: reading, after: 1, times: 2, action: { status: 200, body: stale } });
    expect(await updateAttachment(runOn(api), prior, { serverId, gatewayId: two })).toMatchObject(carriedOut());
  });
});

const nothing: FaultAction[] = [{ status: 404, body: { error: "not_found" } }, { status: 204 }];
describe.each(nothing)("a server that is attached and answered with %j", (action) => {
  test("is not attached anew where its gateway's list names it, and no plan promises that", async () => {
    attached();
    api.faults.add({ match: reading, times: 1, action });
    const creating = createAttachment(runOn(api), { serverId, gatewayId: two });
    await expect(creating).rejects.toMatchObject({
      code: "unexpected_answer",
      message: expect.stringContaining(`list of servers of the gateway ${one} names it`),
    });
    expect(api.store.attachment(serverId)).toMatchObject({ gatewayId: one });
    expect(api.requests.some(({ method }) => method === "PUT")).toBe(false);
  });

  test("is not attached on the word of a look in the plan either", async () => {
    attached();
    const run = runOn(api);
    const lie = api.faults.add({ match: reading, action });
    await foreseeAttachment(run, { desired: { serverId, gatewayId: two } }, { keepsLook: true, patienceMs: 0 });
    lie.remove();
    const creating = createAttachment(run, { serverId, gatewayId: two }, { patienceMs: 0 });
    await expect(creating).rejects.toMatchObject({ code: "already_attached" });
  });

  test("is found in a list that knows servers by their ids alone", async () => {
    attached();
    api.faults.add({ match: reading, action });
    api.faults.add({
      match: { path: `/gateways/${one}/servers` },
      action: { status: 200, body: [{ id: resolvedId }] },
    });
    const creating = createAttachment(runOn(api), { serverId, gatewayId: two });
    await expect(creating).rejects.toMatchObject({ code: "unexpected_answer" });
  });
});

describe("the proof that nothing is attached", () => {
  const gets = (ending: string) => api.requests.filter(({ path }) => path.endsWith(ending)).length;

  test("costs one list a gateway and one of servers, however many servers are attached", async () => {
    const many = await startLocalApi({ seed: { servers: 60 } });
    const gateways = [1, 2, 3].map((at) => many.store.createGateway({ ...quiet, name: `G ${at}` }).id);
    const run = runOn(many);
    const servers = Array.from({ length: 60 }, (_, at) => `server-${String(at + 1).padStart(4, "0")}`);
    await Promise.all(servers.map((name) => createAttachment(run, { serverId: name, gatewayId: gateways[0] ?? "" })));
    const kinds = many.requests.map(
      ({ method, path }) => `${method} ${path.replace(/.*org_petalpal\//, "").replace(/server-\d+/, "SERVER")}`,
    );
    const counts = Object.fromEntries(
      [...new Set(kinds)].map((kind) => [kind, kinds.filter((one) => one === kind).length]),
    );
    await many.close();
    expect(counts).toEqual({
      "GET /api/v1/organizations": 1,
      "GET gateways": 1,
      "GET mcp-servers": 1,
      ...Object.fromEntries(gateways.map((id) => [`GET gateways/${id}/servers`, 1])),
      "GET mcp-servers/SERVER/gateway": 60,
      "PUT mcp-servers/SERVER/gateway": 60,
    });
  });

  test("is none where what this very run detached is attached anew", async () => {
    const run = runOn(api);
    const state = attached();
    await deleteAttachment(run, state);
    expect(await createAttachment(run, { serverId, gatewayId: two })).toMatchObject({ gatewayId: two });
  });

  test("reads a list anew before it says that the list names the server", async () => {
    const run = runOn(api);
    attached();
    await createAttachment(run, { serverId: "orders-api", gatewayId: two });
    api.store.detach(serverId);
    expect(await createAttachment(run, { serverId, gatewayId: two })).toMatchObject({ gatewayId: two });
    expect(gets(`/gateways/${one}/servers`)).toBe(2);
  });

  test("needs no list that the credential may not see, and fails where one cannot be had", async () => {
    const match = { path: `/gateways/${one}/servers` };
    const forbidden = api.faults.add({ match, action: { status: 403 } });
    expect(await createAttachment(runOn(api), { serverId, gatewayId: two })).toMatchObject({ gatewayId: two });
    forbidden.remove();
    api.faults.add({ match, action: { status: 500 } });
    const creating = createAttachment(runOn(api), { serverId: "orders-api", gatewayId: two });
    await expect(creating).rejects.toMatchObject({ code: "unavailable" });
  });
});

describe("an answer about another server", () => {
  const foreign = () => ({ serverId: "srv_orders_api", gatewayId: one, publicId: "gw_orders" });
  const elsewhere = {
    code: "unexpected_answer",
    message: expect.stringContaining("that of the server srv_orders_api"),
  };

  test("to a write is not believed: the state has the server that was asked for", async () => {
    api.store.attach("orders-api", { gatewayId: one, publicId: "gw_orders" });
    api.faults.add({ match: writing, performed: true, action: { status: 200, body: foreign() } });
    const run = runOn(api);
    const state = await createAttachment(run, { serverId, gatewayId: one });
    expect(state).toMatchObject({ resolvedId, publicId: "gw_petalpal-api" });
    await deleteAttachment(runOn(api), state);
    expect(api.store.attachments().map(({ serverId }) => serverId)).toEqual(["srv_orders_api"]);
  });

  test.each<[string, (run: Run) => Promise<unknown>]>([
    ["a create", (run) => createAttachment(run, { serverId, gatewayId: one }, { adopt: true })],
    ["an import", (run) => importAttachment(run, serverId)],
    ["an import by id", (run) => importAttachment(run, resolvedId)],
    ["a refresh that knows no id", (run) => readAttachment(run, { ...attached(), resolvedId: undefined })],
    ["a refresh", (run) => readAttachment(run, attached())],
    ["a delete", (run) => deleteAttachment(run, attached())],
  ])("to the read of %s is not believed", async (_, work) => {
    attached();
    api.faults.add({ match: { method: "GET", path: /\/gateway$/ }, action: { status: 200, body: foreign() } });
    await expect(work(runOn(api))).rejects.toMatchObject(elsewhere);
    expect(api.store.attachments()).toHaveLength(1);
    expect(api.requests.some(({ method }) => method !== "GET")).toBe(false);
  });

  test("by the slug alone leaves the one by the id: no other server's public id comes into the state", async () => {
    const state = attached();
    api.faults.add({ match: reading, action: { status: 200, body: foreign() } });
    const heard: unknown[] = [];
    const read = await readAttachment(runOn(api), state, { hear: (notice) => heard.push(notice) });
    expect([read?.publicId, read?.resolvedId, heard]).toEqual(["gw_kept", resolvedId, []]);
  });

  test("is none where it names the server by its slug, and where nobody can say it gives no id", async () => {
    attached();
    const body = { serverId, gatewayId: one, publicId: "gw_kept" };
    api.faults.add({ match: { method: "GET", path: `/${resolvedId}/gateway` }, action: { status: 200, body } });
    expect(await importAttachment(runOn(api), resolvedId)).toMatchObject({ resolvedId });
    api.faults.add({ match: { path: /\/mcp-servers(\/[^/]+)?$/ }, action: { status: 403 } });
    expect((await importAttachment(runOn(api), serverId)).resolvedId).toBeUndefined();
  });
});

test("an attachment is gone where its server is gone, in its own answer and in the list, whatever its gateway still lists", async () => {
  const state = attached();
  const listed = [{ id: resolvedId, slug: serverId }];
  api.store.deleteServer(serverId);
  api.faults.add({ match: { path: `/gateways/${one}/servers` }, action: { status: 200, body: listed } });
  expect(await readAttachment(runOn(api), state)).toBeUndefined();
  await deleteAttachment(runOn(api), state);
});
