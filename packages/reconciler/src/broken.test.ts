// What has an error of its own can be got rid of, and nothing else is done to it: its document may lack what failed.
import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import type { AttachmentState, GatewayState } from "@mcpstack/model";
import { createAttachment } from "./attachment/create";
import { deleteAttachment } from "./attachment/delete";
import { readAttachment } from "./attachment/read";
import { updateAttachment } from "./attachment/update";
import { deleteGateway } from "./gateway/delete";
import { readGateway } from "./gateway/read";
import { updateGateway } from "./gateway/update";
import type { Notice } from "./notice";
import { quiet, runOn } from "./testing/run";

let api: LocalApi;
let gateway: GatewayState;
let attachment: AttachmentState;
beforeEach(async () => {
  api = await startLocalApi();
  const { id, organizationId } = api.store.createGateway(quiet);
  gateway = { ...quiet, id, organizationId };
  api.store.attach(serverId, { gatewayId: id, publicId: "gw_kept", unknown: { resource: "https://r.example" } });
  attachment = { id: serverId, organizationId, serverId, resolvedId, gatewayId: id, publicId: "gw_kept" };
});
afterEach(() => api.close());

const serverId = "petalpal-api";
const resolvedId = "srv_petalpal_api";
const path = `/mcp-servers/${serverId}/gateway`;
const answering = (at: string, body: object) =>
  api.faults.add({ match: { method: "GET", path: at }, action: { status: 200, body } });
const attached = (own: object) =>
  answering(path, { serverId: resolvedId, gatewayId: gateway.id, publicId: "gw_kept", ...own });
const shown = (own: object) => {
  const { id, name, providerType, authorizationServerUrl } = gateway;
  answering(`/gateways/${id}`, { id, name, providerType, authorizationServerUrl, status: "error", ...own });
};
const writes = () => api.requests.filter(({ method }) => method === "PUT");

const errors: [string, object][] = [
  ["an error", { error: "token exchange failed" }],
  ["errors", { errors: [{ message: "token exchange failed" }] }],
  ["an error message", { errorMessage: "token exchange failed" }],
];

describe.each(errors)("an attachment with %s of its own", (_, own) => {
  test("is detached, and its gateway is deleted", async () => {
    attached(own);
    const run = runOn(api);
    await deleteAttachment(run, attachment);
    await deleteGateway(run, gateway);
    expect([api.store.attachment(serverId) ?? null, api.store.gateways()]).toEqual([null, []]);
  });

  test("is neither read, nor moved: nothing is written on top of it", async () => {
    const two = api.store.createGateway({ ...quiet, name: "Two" }).id;
    attached(own);
    for (const work of [
      readAttachment(runOn(api), attachment),
      updateAttachment(runOn(api), attachment, { serverId, gatewayId: two }),
      createAttachment(runOn(api), { serverId, gatewayId: two }),
    ])
      await expect(work).rejects.toMatchObject({
        code: "unexpected_answer",
        message: expect.stringContaining("token exchange failed"),
      });
    expect(writes()).toEqual([]);
  });

  test("that is made anew in the same run is put back without its error", async () => {
    const broken = attached({ resource: "https://r.example", ...own });
    const run = runOn(api);
    await deleteAttachment(run, attachment);
    broken.remove();
    await createAttachment(run, { serverId, gatewayId: gateway.id });
    expect(writes().map(({ body }) => body)).toEqual([
      { serverId: resolvedId, gatewayId: gateway.id, publicId: "gw_kept", resource: "https://r.example" },
    ]);
  });
});

describe.each<[string, object]>([
  ["an error that names another gateway", { gatewayId: "gtw_other", error: "token exchange failed" }],
  ["a flag beside another gateway", { gatewayId: "gtw_other", success: false, message: "token exchange failed" }],
])("an attachment with %s", (_, own) => {
  test("is not taken for this one", async () => {
    attached(own);
    await expect(deleteAttachment(runOn(api), attachment)).rejects.toMatchObject({ code: "unexpected_answer" });
    expect(api.store.attachment(serverId)).toBeDefined();
  });
});

const flags: [string, object][] = [
  ["a flag that it failed", { success: false, message: "token exchange failed" }],
  ["a flag in an envelope", { meta: { ok: false }, message: "token exchange failed" }],
  ["a flag, and no server", { serverId: undefined, success: false, message: "token exchange failed" }],
  ["an error, and no gateway", { gatewayId: undefined, error: "token exchange failed" }],
  ["an error, and nothing for a gateway", { gatewayId: null, error: "token exchange failed" }],
];

describe.each(flags)("an attachment with %s", (_, own) => {
  const run = () => runOn(api);

  test("is detached where its gateway lists the server, or its document names both", async () => {
    const document = { serverId: resolvedId, gatewayId: gateway.id, publicId: "gw_kept", ...own };
    const broken = [serverId, resolvedId].map((name) => answering(`/mcp-servers/${name}/gateway`, document));
    const here = run();
    await deleteAttachment(here, attachment);
    expect(api.store.attachment(serverId)).toBeUndefined();
    // Nothing of it is written again.
    for (const one of broken) one.remove();
    await createAttachment(here, { serverId, gatewayId: gateway.id });
    expect(writes().map(({ body }) => body)).toEqual([{ gatewayId: gateway.id }]);
  });

  test("is detached too where the state does not know the server's id", async () => {
    attached(own);
    await deleteAttachment(run(), { ...attachment, resolvedId: undefined });
    expect(api.store.attachment(serverId)).toBeUndefined();
  });

  test("is an error of every other read, and no base of a write", async () => {
    attached(own);
    for (const work of [
      readAttachment(run(), attachment),
      createAttachment(run(), { serverId, gatewayId: gateway.id }),
      updateAttachment(run(), attachment, { serverId, gatewayId: gateway.id, publicId: "gw_new" }),
    ])
      await expect(work).rejects.toThrow(/token exchange failed/);
    expect(writes()).toEqual([]);
  });
});

test("an attachment that failed, with no end named, and that no list names, is not detached", async () => {
  attached({ serverId: undefined, success: false, message: "token exchange failed" });
  answering(`/gateways/${gateway.id}/servers`, []);
  await expect(deleteAttachment(runOn(api), attachment)).rejects.toThrow(/token exchange failed/);
  expect(api.store.attachment(serverId)).toBeDefined();
});

describe("an attachment over which the service fails at each read", () => {
  const failing = () => api.faults.add({ match: { method: "GET", path: /\/gateway$/ }, action: { status: 500 } });

  test("is detached where its gateway lists the server", async () => {
    failing();
    await deleteAttachment(runOn(api), attachment);
    expect(api.store.attachment(serverId)).toBeUndefined();
  });

  test.each([
    ["does not list it", { status: 200, body: [] }],
    ["fails too", { status: 500 }],
  ])("is an error, and stays, where its gateway %s", async (_, action) => {
    failing();
    api.faults.add({ match: { method: "GET", path: `/gateways/${gateway.id}/servers` }, action });
    await expect(deleteAttachment(runOn(api), attachment)).rejects.toMatchObject({ code: "unavailable" });
    expect(api.store.attachment(serverId)).toBeDefined();
  });

  test("is neither read, nor written", async () => {
    failing();
    for (const work of [
      readAttachment(runOn(api), attachment),
      createAttachment(runOn(api), { serverId, gatewayId: gateway.id }),
    ])
      await expect(work).rejects.toMatchObject({ code: "unavailable" });
    expect(writes()).toEqual([]);
  });
});

describe.each(errors)("a gateway with %s of its own", (_, own) => {
  test("is deleted, also where a service deletes only the version that is named", async () => {
    shown(own);
    api.store.detach(serverId);
    api.faults.add({ match: { method: "DELETE" }, times: 1, action: { status: 428 } });
    await deleteGateway(runOn(api), gateway);
    expect(api.store.gateways()).toEqual([]);
  });

  test("is an error of a plan, and no base of a write", async () => {
    shown(own);
    const change = {
      prior: gateway,
      desired: { ...gateway, clientId: "x" },
      metadata: { value: undefined, unknown: [] },
    };
    for (const work of [readGateway(runOn(api), gateway), updateGateway(runOn(api), change)])
      await expect(work).rejects.toMatchObject({
        code: "unexpected_answer",
        message: expect.stringContaining("token exchange failed"),
      });
    expect(writes()).toEqual([]);
  });

  test("is as the state has it, and its error is said, where a destroy may follow", async () => {
    shown(own);
    attached(own);
    const heard: Notice[] = [];
    const options = { hear: (notice: Notice) => heard.push(notice), mayPrecedeDestroy: true };
    const memory = { written: { ...quiet }, filled: {} };
    expect(await readGateway(runOn(api), gateway, { ...options, memory })).toEqual({ state: gateway, memory });
    expect(await readAttachment(runOn(api), attachment, options)).toEqual(attachment);
    const said = {
      code: "not_refreshed",
      severity: "warning",
      message: expect.stringContaining("token exchange failed"),
    };
    expect(heard).toMatchObject([said, said]);
  });
});

test("the error of a refresh says how to be rid of it", async () => {
  shown({ error: "token exchange failed" });
  await expect(readGateway(runOn(api), gateway)).rejects.toThrow(/token exchange failed.*To be rid of it, destroy it/);
});

test("before a destroy, too, what cannot be read for another reason is an error", async () => {
  api.faults.add({ match: { method: "GET", path: `/gateways/${gateway.id}` }, action: { status: 403 } });
  const reading = readGateway(runOn(api), gateway, { mayPrecedeDestroy: true });
  await expect(reading).rejects.toMatchObject({ code: "forbidden" });
});

test("a server with an error of its own is one that has nothing attached", async () => {
  api.store.detach(serverId);
  answering(`/mcp-servers/${serverId}`, {
    id: resolvedId,
    slug: serverId,
    name: "x",
    status: "error",
    error: "crash loop",
  });
  expect(await readAttachment(runOn(api), attachment)).toBeUndefined();
  await deleteAttachment(runOn(api), attachment);
});
