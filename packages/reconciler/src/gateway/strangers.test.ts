// What somebody else's gateway has in a shape that nobody knows keeps nobody from working on his own.
import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import { createAttachment } from "../attachment/create";
import { listGateways } from "../lookups/list-gateways";
import type { Notice } from "../notice";
import { quiet, runOn } from "../testing/run";
import { adoptGateway } from "./adopt";
import { createGateway } from "./create";
import { deleteGateway } from "./delete";
import { foreseeGateway } from "./foresee";
import { importGateway } from "./import";
import { readGateway } from "./read";

let api: LocalApi;
beforeEach(async () => {
  api = await startLocalApi();
});
afterEach(() => api.close());

const listing = { method: "GET", path: "/gateways" };

/** The list of gateways is answered with these items. */
function answering(...items: unknown[]): void {
  api.faults.clear();
  api.faults.add({ match: listing, action: { status: 200, body: JSON.stringify(items) } });
}

const presented = () =>
  api.store
    .gateways()
    .map(({ id, name, providerType, authorizationServerUrl }) => ({ id, name, providerType, authorizationServerUrl }));
const shapes: [string, object][] = [
  ["a description by language", { description: { en: "x" } }],
  ["scopes as objects", { scopes: [{ name: "openid" }] }],
  ["a name by language", { name: { en: "Theirs" } }],
  ["a list of resources", { resource: ["https://a.example"] }],
];
const theirs = { id: "gtw_theirs", name: "Theirs", providerType: "manual" };

describe.each(shapes)("beside a stranger with %s", (_, shape) => {
  const stranger = { ...theirs, ...shape };

  test("a gateway is created, also where its answer is lost, and attached to a server that has none", async () => {
    answering(stranger);
    const run = runOn(api);
    await run.gatewaysBefore();
    api.faults.clear();
    api.faults.add({ match: { method: "POST", path: "/gateways" }, times: 1, action: { cut: "after" } });
    const found = { id: "gtw_000001", name: quiet.name };
    api.faults.add({ match: listing, action: { status: 200, body: [stranger, found] } });
    const { state } = await createGateway(run, quiet);
    expect(api.store.gateways()).toHaveLength(1);
    expect(await createAttachment(runOn(api), { serverId: "petalpal-api", gatewayId: state.id })).toMatchObject({
      gatewayId: state.id,
    });
  });

  test("one that is gone is gone, and a delete that is answered 202 is seen", async () => {
    const { state } = await createGateway(runOn(api), quiet);
    answering(stranger);
    api.store.deleteGateway(state.id);
    expect((await readGateway(runOn(api), state)).state).toBeUndefined();
    api.faults.add({ match: { method: "DELETE" }, action: { status: 202 } });
    await deleteGateway(runOn(api), state);
  });

  test("others are imported and taken over by name, foreseen and listed, and the stranger is named where it is wanted", async () => {
    const { id } = api.store.createGateway({ ...quiet });
    answering(stranger, ...presented());
    expect((await importGateway(runOn(api), "Support")).state.id).toBe(id);
    expect((await adoptGateway(runOn(api), quiet, true)).state.id).toBe(id);
    expect((await foreseeGateway(runOn(api), { desired: quiet })).map(({ code }: Notice) => code)).toEqual([
      "gateway_exists",
    ]);
    expect((await listGateways(runOn(api))).map((one) => one.id).sort()).toEqual([id, theirs.id].sort());
    const own = { method: "GET", path: `/gateways/${theirs.id}` };
    api.faults.add({ match: own, action: { status: 200, body: stranger } });
    await expect(importGateway(runOn(api), theirs.id)).rejects.toThrow(/ of gateway gtw_theirs must be /);
  });
});

test("a gateway that cannot be read whole is never taken for the one that a lost create made", async () => {
  const run = runOn(api);
  await run.gatewaysBefore();
  answering({ ...theirs, name: "Support", description: {}, resource: ["x"] });
  api.faults.add({ match: { method: "POST", path: "/gateways" }, action: { cut: "before" } });
  await expect(createGateway(run, quiet)).rejects.toMatchObject({
    code: "create_unconfirmed",
    message: expect.stringContaining("If gtw_theirs is the one that is meant"),
  });
});

describe.each<[string, unknown]>([
  ["null", null],
  ["a text", "gtw_9"],
  ["no id", { providerType: "manual" }],
  ["an id that is none", { id: { $oid: "1" }, providerType: "manual" }],
])("beside an item with %s", (_, item) => {
  test("nothing counts as gone, and no server as free", async () => {
    const { state } = await createGateway(runOn(api), quiet);
    answering(item);
    api.store.deleteGateway(state.id);
    const incomplete = { code: "list_incomplete", message: expect.stringContaining("no id can be read") };
    await expect(readGateway(runOn(api), state)).rejects.toMatchObject(incomplete);
    await expect(deleteGateway(runOn(api), state)).rejects.toMatchObject(incomplete);
    await expect(listGateways(runOn(api))).rejects.toMatchObject(incomplete);
    await expect(importGateway(runOn(api), "Nobody")).rejects.toMatchObject(incomplete);
    await expect(createAttachment(runOn(api), { serverId: "petalpal-api", gatewayId: "gtw_1" })).rejects.toMatchObject(
      incomplete,
    );
  });

  test("a gateway is created, and one that is named is there", async () => {
    answering(item);
    const { state } = await createGateway(runOn(api), quiet);
    answering(item, ...presented());
    expect(await runOn(api).reads.isListed(state.id)).toBe(true);
    expect((await importGateway(runOn(api), "Support")).state.id).toBe(state.id);
  });

  test("a lost create is found where there are as many such items as before, and else is not believed", async () => {
    const lost = {
      match: { method: "POST", path: "/gateways" },
      performed: true,
      times: 1,
      action: { cut: "after" },
    } as const;
    const lists = [
      [[item], [item]],
      [[], [item]],
      [[item], []],
    ] as const;
    for (const [at, [before, after]] of lists.entries()) {
      for (const { id } of api.store.gateways()) api.store.deleteGateway(id);
      const run = runOn(api);
      answering(...before);
      await run.gatewaysBefore();
      const found = { id: `gtw_00000${1 + at}`, name: quiet.name, providerType: quiet.providerType };
      answering(...after, found);
      api.faults.add(lost);
      const created = await createGateway(run, quiet).then(
        ({ state }) => state.id,
        (error: Error) => error.message,
      );
      if (before.length === after.length) expect(created).toBe(found.id);
      else
        expect(created).toMatch(new RegExp(`nobody can tell which gateway is new.*${found.id}.*import it by its id`));
    }
  });
});
