// A list that is not this organization's list of gateways, or of servers, says nothing of what is not in it.
import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import type { GatewayState } from "@mcpstack/model";
import { createAttachment } from "../attachment/create";
import { deleteAttachment } from "../attachment/delete";
import { readAttachment } from "../attachment/read";
import { findServer } from "../lookups/find-server";
import { listGateways } from "../lookups/list-gateways";
import { quiet, runOn } from "../testing/run";
import { adoptGateway } from "./adopt";
import { createGateway } from "./create";
import { deleteGateway } from "./delete";
import { importGateway } from "./import";
import { readGateway } from "./read";

let api: LocalApi;
let state: GatewayState;
beforeEach(async () => {
  api = await startLocalApi();
  state = (await createGateway(runOn(api), quiet)).state;
});
afterEach(() => api.close());

const listing = { method: "GET", path: "/gateways" };
const stranger = { id: "gtw_9", organizationId: "org_other", name: "Theirs", providerType: "manual" };
const server = { id: "srv_1", slug: "x", name: "X", runtimeType: "openapi", status: "running", tools: [] };
const organization = { id: "org_other", slug: "other", name: "Other", planTier: "team", memberCount: 3 };
const agent = { id: "agt_1", name: "A", status: "active", allowedOrigins: ["https://a.example"] };
const attachment = { id: "att_1", serverId: "srv_1", gatewayId: "gtw_9", publicId: "gw_x" };
const slim = { id: "gtw_8", name: "Theirs", status: "active" };

/** Nobody answers for the gateway, and the list is answered with these items. */
function answering(items: readonly object[]): void {
  api.faults.add({ match: { path: `/gateways/${state.id}` }, action: { status: 404, body: { error: "not_found" } } });
  api.faults.add({ match: listing, action: { status: 200, body: JSON.stringify(items) } });
}

const others: [string, object[], RegExp][] = [
  ["another organization's gateways", [stranger], /gtw_9 belongs to organization org_other/],
  ["servers", [server, { ...server, id: "srv_2" }], /2 items, none of which is.*srv_1 has .*, which no gateway has/],
  ["organizations", [organization], /org_other has .*, which no gateway has/],
  ["agents", [agent], /agt_1 has allowedOrigins/],
  ["attachments", [attachment], /att_1 has /],
  ["several kinds of others", [stranger, server], /none of which is/],
];

describe.each(others)("where the list of gateways holds %s", (_, items, said) => {
  const refusal = { code: "unexpected_answer", message: expect.stringMatching(said) };

  test("no gateway that is answered 404 counts as gone", async () => {
    answering(items);
    await expect(readGateway(runOn(api), state)).rejects.toMatchObject(refusal);
    await expect(deleteGateway(runOn(api), state)).rejects.toMatchObject(refusal);
    expect(api.store.gateway(state.id)).toBeDefined();
  });

  test("none counts as missing, and no server as free", async () => {
    answering(items);
    const wanted = { ...quiet, name: "Nobody" };
    await expect(adoptGateway(runOn(api), quiet, state.id)).rejects.toMatchObject(refusal);
    await expect(adoptGateway(runOn(api), wanted, true)).rejects.toMatchObject(refusal);
    await expect(importGateway(runOn(api), "Nobody")).rejects.toMatchObject(refusal);
    await expect(listGateways(runOn(api))).rejects.toMatchObject(refusal);
    await expect(createAttachment(runOn(api), { serverId: "petalpal-api", gatewayId: state.id })).rejects.toMatchObject(
      refusal,
    );
  });

  test.each(["before", "after"] as const)(
    "%s a create whose answer is lost, nothing is made twice or taken",
    async (when) => {
      const run = runOn(api);
      if (when === "before") {
        api.faults.add({ match: listing, times: 1, action: { status: 200, body: JSON.stringify(items) } });
        await run.gatewaysBefore();
      } else {
        await run.gatewaysBefore();
        api.faults.add({ match: listing, action: { status: 200, body: JSON.stringify(items) } });
      }
      const action = { status: 503 };
      api.faults.add({ match: { method: "POST", path: "/gateways" }, performed: true, times: 1, action });
      await expect(createGateway(run, quiet)).rejects.toMatchObject({
        code: "create_unconfirmed",
        message: expect.stringMatching(said),
      });
      expect(api.store.gateways()).toHaveLength(2);
    },
  );
});

describe("what is not in a list is not there", () => {
  test.each<[string, object[]]>([
    [
      "a gateway of the organization stands beside strangers",
      [stranger, { ...stranger, id: "gtw_7", organizationId: "org_petalpal" }],
    ],
    ["an item has no more than every item may have", [server, slim]],
    [
      "a gateway has fields of other things beside its own",
      [{ ...slim, provider: "manual", slug: "theirs", tools: [] }],
    ],
    ["it is empty", []],
  ])("where %s", async (_, items) => {
    answering(items);
    expect((await readGateway(runOn(api), state)).state).toBeUndefined();
    await deleteGateway(runOn(api), state);
  });
});

test("a gateway is created beside strangers alone", async () => {
  api.faults.add({ match: listing, action: { status: 200, body: [stranger] } });
  await createGateway(runOn(api), { ...quiet, name: "New" });
  expect(api.store.gateways()).toHaveLength(2);
});

describe.each<[string, object[], RegExp]>([
  ["gateways", [{ ...slim, provider: "manual" }], /gtw_8 has provider, which no server has/],
  ["organizations", [organization], /org_other has planTier, which no server has/],
  ["another organization's servers", [{ ...server, organizationId: "org_other" }], /belongs to organization org_other/],
])("where a list of servers holds %s", (_, body, said) => {
  const refusal = { code: "unexpected_answer", message: expect.stringMatching(said) };

  test("no server counts as gone, and none as missing", async () => {
    const attached = await createAttachment(runOn(api), { serverId: "petalpal-api", gatewayId: state.id });
    api.faults.add({ match: { path: "/mcp-servers" }, action: { status: 200, body } });
    api.faults.add({ match: { path: /\/mcp-servers\/.+/ }, action: { status: 404 } });
    await expect(readAttachment(runOn(api), attached)).rejects.toMatchObject(refusal);
    await expect(findServer(runOn(api), "petalpal-api")).rejects.toMatchObject(refusal);
  });

  test("no server of that gateway counts as detached, or as free", async () => {
    const attached = await createAttachment(runOn(api), { serverId: "petalpal-api", gatewayId: state.id });
    api.faults.add({ match: { path: `/gateways/${state.id}/servers` }, action: { status: 200, body } });
    api.faults.add({ match: { method: "GET", path: /\/petalpal-api\/gateway$/ }, action: { status: 404 } });
    await expect(readAttachment(runOn(api), attached)).rejects.toMatchObject(refusal);
    await expect(deleteAttachment(runOn(api), attached)).rejects.toMatchObject(refusal);
    const desired = { serverId: "petalpal-api", gatewayId: state.id };
    await expect(createAttachment(runOn(api), desired)).rejects.toMatchObject(refusal);
    expect(api.store.attachment("petalpal-api")).toMatchObject({ gatewayId: state.id });
  });
});
