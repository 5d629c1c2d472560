import { type LocalApi, type LocalApiOptions, startLocalApi } from "@mcpstack/local-api";
import { clientOf, closeAfterTest, connectionTo, rejection } from "../testing/with-server";
import { GatewayReads } from "./gateway-reads";

interface Started {
  readonly api: LocalApi;
  readonly reads: GatewayReads;
  readonly ids: string[];
}

async function start(count: number, behaviour: NonNullable<LocalApiOptions["behaviour"]> = {}): Promise<Started> {
  const api = closeAfterTest(await startLocalApi({ behaviour }));
  const ids = Array.from({ length: count }, (_, at) => {
    const gateway = {
      name: `Gateway ${at}`,
      authorizationServerUrl: "https://auth.example.com",
      scopes: ["a", "b", "c"],
    };
    return api.store.createGateway(gateway).id;
  });
  return { api, ids, reads: new GatewayReads(clientOf(connectionTo(api.url, "petalpal", api.accessToken))) };
}

/** Requests for gateways: `list`, or an id. */
function asked(api: LocalApi): string[] {
  return api.requests.flatMap(({ path }) => {
    const found = /\/gateways(?:\/([^/]+))?$/.exec(path);
    return found ? [found[1] ?? "list"] : [];
  });
}

const all = ({ reads, ids }: Started) => Promise.all(ids.map((id) => reads.get(id)));
const names = (count: number) => Array.from({ length: count }, (_, at) => `Gateway ${at}`);
const page = { status: 404, body: "<html>", headers: { "content-type": "text/html" } };

test("two gateways are read by themselves, without a list", async () => {
  const started = await start(2);
  await all(started);
  expect(asked(started.api).sort()).toEqual(started.ids);
});

test("readers of one gateway share one request, also one after the other", async () => {
  const { api, reads, ids } = await start(1);
  await Promise.all([reads.get(ids[0]!), reads.get(ids[0]!)]);
  await reads.get(ids[0]!);
  expect(asked(api)).toEqual(ids);
});

test.each([
  ["as they are", {}],
  ["with scopes in another order each time", { scopesForm: "shuffled" }],
  ["with other names than the list's", { providerField: "both", metadataUrlField: "both" }],
  ["with empty fields", { unsetFields: "empty" }],
  ["with unknown fields", { unknownFields: "present" }],
  ["with a masked secret", { maskedSecret: "****" }],
] as const)("many gateways are read from one list that was proved whole, documents %s", async (_, behaviour) => {
  const started = await start(60, behaviour);
  expect((await all(started)).map((one) => one?.name)).toEqual(names(60));
  expect(asked(started.api).filter((one) => one === "list")).toHaveLength(1);
  expect(asked(started.api).length).toBeLessThanOrEqual(4);
});

test.each(["pages", "from-0", "from-0-unsaid", "cursor"] as const)(
  "a list cut as %s is followed to its end",
  async (listPaging) => {
    const started = await start(9, { listEnvelope: "items", listPaging, pageSize: 2 });
    expect((await all(started)).map((one) => one?.name)).toEqual(names(9));
    expect(asked(started.api).filter((one) => one === "list")).toHaveLength(5);
    expect(asked(started.api).length).toBeLessThanOrEqual(8);
  },
);

test.each([
  ["a bare array", {}],
  ["pages", { listEnvelope: "data", listPaging: "pages", pageSize: 2 }],
] as const)(
  "where items are cut down, in %s, each gateway is read once and the list is asked for once",
  async (_, behaviour) => {
    const started = await start(20, { listItems: "four-fields", ...behaviour });
    const documents = await all(started);
    expect(documents.map((one) => one?.observed.scopes)).toEqual(Array(20).fill(["a", "b", "c"]));
    expect(asked(started.api).filter((one) => one === "list")).toHaveLength(1);
    expect(asked(started.api)).toHaveLength(21);
  },
);

test("a list that was proved whole does not stand for a gateway that has an error beside it there", async () => {
  const { api, reads, ids } = await start(5);
  const last = ids[4]!;
  const documents = ids.map((id) => ({ ...api.store.gateway(id) }));
  const body = documents.map((one) => (one.id === last ? { id: last, name: "Gateway 4", error: { code: "x" } } : one));
  api.faults.add({ match: { path: /\/gateways$/ }, action: { status: 200, body } });
  for (const id of ids) expect((await reads.get(id))?.observed.scopes).toEqual(["a", "b", "c"]);
});

test("where the list is forbidden, each gateway is read once", async () => {
  const started = await start(10);
  started.api.faults.add({ match: { path: /\/gateways$/ }, action: { status: 403 } });
  expect((await all(started)).map((one) => one?.name)).toEqual(names(10));
  expect(asked(started.api)).toHaveLength(11);
});

describe("a gateway that is gone", () => {
  test("is null when its own answer and the list say so", async () => {
    const { api, reads, ids } = await start(3);
    api.store.deleteGateway(ids[0]!);
    expect(await reads.get(ids[0]!)).toBeNull();
    expect(asked(api)).toEqual([ids[0], "list"]);
  });

  test("is confirmed by its own answer where a whole list lacks it", async () => {
    const { api, reads, ids } = await start(5);
    for (const id of ids) await reads.get(id);
    api.clearRequests();
    expect(await reads.get("gw_none")).toBeNull();
    expect(asked(api)).toEqual(["gw_none"]);
  });

  test("costs one list, however many are gone", async () => {
    const { api, reads, ids } = await start(6, { listItems: "four-fields" });
    for (const id of ids) api.store.deleteGateway(id);
    for (const id of ids) expect(await reads.get(id)).toBeNull();
    expect(asked(api).filter((one) => one === "list").length).toBeLessThanOrEqual(2);
  });

  test("is believed although an older list named it", async () => {
    const { api, reads, ids } = await start(2);
    expect(await reads.listed()).toEqual(new Set(ids));
    api.store.deleteGateway(ids[0]!);
    expect(await reads.get(ids[0]!)).toBeNull();
  });

  test.each([
    ["the list names it", { match: { path: /\/gateways\// }, action: { status: 404 } }, "unexpected_answer"],
    ["a page stands in its place", { match: { path: /\/gateways\// }, action: page }, "not_json"],
    [
      "everything below the organization is 404",
      { match: { path: /\/organizations\/.+/ }, action: { status: 404 } },
      "organization_not_found",
    ],
    ["everything is a 404 page", { match: { path: /\/organizations\/.+/ }, action: page }, "not_json"],
  ])("is not believed where %s", async (_, fault, code) => {
    const { api, reads, ids } = await start(1);
    api.faults.add(fault);
    expect(await rejection(reads.get(ids[0]!))).toMatchObject({ code });
  });

  test.each([
    ["403", { status: 403 }, "forbidden"],
    ["401", { status: 401 }, "unauthenticated"],
    ["nothing", { emptyBody: true }, "not_json"],
    ["a page", { html: true }, "not_json"],
    ["an object that is no list", { status: 200, body: {} }, "unexpected_answer"],
  ] as const)("is not believed where the list is answered with %s", async (_, action, code) => {
    const { api, reads } = await start(1);
    api.faults.add({ match: { path: /\/gateways$/ }, action });
    expect(await rejection(reads.get("gw_none"))).toMatchObject({ code });
  });

  test("is not believed on the word of a list from before it was written", async () => {
    const { api, reads, ids } = await start(1);
    await reads.listed();
    const { id } = api.store.createGateway({ name: "New" });
    reads.forget(id);
    api.faults.add({ match: { path: `/gateways/${id}` }, action: { status: 404 } });
    expect(await rejection(reads.get(id))).toMatchObject({ code: "unexpected_answer" });
    expect(await reads.get(ids[0]!)).toMatchObject({ id: ids[0] });
  });

  test("is asked about again after a failure", async () => {
    const { api, reads, ids } = await start(1);
    api.faults.add({ match: { path: /\/gateways\// }, times: 1, action: { status: 403 } });
    expect(await rejection(reads.get(ids[0]!))).toMatchObject({ code: "forbidden" });
    expect((await reads.get(ids[0]!))?.name).toBe("Gateway 0");
  });
});

describe("after a write", () => {
  test("the gateway is read anew, and the others stay as they were read", async () => {
    const { api, reads, ids } = await start(5);
    for (const id of ids) await reads.get(id);
    api.store.putGateway(ids[4]!, { name: "Renamed" });
    reads.forget(ids[4]!);
    api.clearRequests();
    expect((await reads.get(ids[4]!))?.name).toBe("Renamed");
    await reads.get(ids[4]!);
    await reads.get(ids[3]!);
    expect(asked(api)).toEqual([ids[4]]);
  });

  test("everything can be forgotten", async () => {
    const { api, reads, ids } = await start(5);
    for (const id of ids) await reads.get(id);
    for (const id of ids) api.store.putGateway(id, { name: "Renamed" });
    reads.forgetAll();
    for (const id of ids) expect((await reads.get(id))?.name).toBe("Renamed");
  });

  test("what there was before stays what there was", async () => {
    const { api, reads, ids } = await start(2);
    await reads.listed();
    api.store.createGateway({ name: "New" });
    expect(await reads.listed()).toEqual(new Set(ids));
    expect(asked(api)).toEqual(["list"]);
  });
});

describe("attachments", () => {
  const readsWith = (api: LocalApi, given: Partial<Parameters<LocalApi["store"]["addCredential"]>[0]>) => {
    const { secret } = api.store.addCredential({ label: "narrow", ...given });
    return new GatewayReads(clientOf(connectionTo(api.url, "petalpal", secret)));
  };
  const nothing = ["404", "204", "null", "gateway-id-null"] as const;

  test.each(nothing)("are given, and an absence answered %s is believed where the server answers", async (form) => {
    const { api, reads, ids } = await start(1, { nothingAttached: form });
    api.store.attach("petalpal-api", { gatewayId: ids[0]! });
    expect(await reads.attachment("petalpal-api")).toMatchObject({ gatewayId: ids[0] });
    expect(api.requests).toHaveLength(2);
    expect(await reads.attachment("orders-api")).toBeNull();
    expect(api.requests).toHaveLength(4);
  });

  test.each(["petalpal-api", "srv_petalpal_api"])("of the server %s are gone with it", async (server) => {
    const { api, reads, ids } = await start(1);
    api.store.attach("petalpal-api", { gatewayId: ids[0]! });
    api.store.deleteServer("petalpal-api");
    expect(await reads.attachment(server)).toBeNull();
  });

  test.each(["petalpal-api", "srv_petalpal_api"])(
    "of the server %s are not gone where the credential cannot see it",
    async (server) => {
      const { api, ids } = await start(1);
      api.store.attach("petalpal-api", { gatewayId: ids[0]! });
      const blind = readsWith(api, { hidden: ["srv_petalpal_api"] });
      expect(await rejection(blind.attachment(server))).toMatchObject({
        code: "unexpected_answer",
        message: expect.stringMatching(/list of servers names it.*not this server/),
      });
    },
  );

  test("are not gone where the credential sees neither the server nor the list of servers", async () => {
    const { api, ids } = await start(1);
    api.store.attach("petalpal-api", { gatewayId: ids[0]! });
    const blind = readsWith(api, { hidden: ["srv_petalpal_api"], lists: "hidden" });
    expect(await rejection(blind.attachment("petalpal-api"))).toMatchObject({
      code: "organization_not_found",
      message: expect.stringContaining("list of servers was answered 404 too"),
    });
  });

  test("are not gone where the server is forbidden", async () => {
    const { api, reads } = await start(1);
    api.faults.add({ match: { path: "/mcp-servers/petalpal-api" }, action: { status: 403 } });
    expect(await rejection(reads.attachment("petalpal-api"))).toMatchObject({ code: "forbidden" });
  });

  test("are not gone where the whole organization answers 404", async () => {
    const { api, reads } = await start(1);
    api.faults.add({ match: { path: /\/organizations\/.+/ }, action: { status: 404 } });
    expect(await rejection(reads.attachment("petalpal-api"))).toMatchObject({ code: "organization_not_found" });
  });
});

test("a reader that gives up does not take the others down", async () => {
  const { api, reads, ids } = await start(5);
  api.faults.add({ match: { path: /\/gateways/ }, action: { delayMs: 30 } });
  const controller = new AbortController();
  const leaving = ids.map((id) => rejection(reads.get(id, { signal: controller.signal })));
  const staying = ids.map((id) => reads.get(id, { signal: new AbortController().signal }));
  setTimeout(() => controller.abort(), 20);
  for (const error of await Promise.all(leaving)) expect(error).toMatchObject({ code: "cancelled" });
  expect((await Promise.all(staying)).map((one) => one?.name)).toEqual(names(5));
});
