// While a service asks to wait, others work: each repeat of a write looks anew whether what was true before the first try still is.
import { type FaultAction, type LocalApi, startLocalApi } from "@mcpstack/local-api";
import type { AttachmentState, GatewayState } from "@mcpstack/model";
import { createAttachment } from "./attachment/create";
import { deleteAttachment } from "./attachment/delete";
import { updateAttachment } from "./attachment/update";
import { deleteGateway } from "./gateway/delete";
import { updateGateway } from "./gateway/update";
import type { Notice } from "./notice";
import { quiet, runOn } from "./testing/run";

let api: LocalApi;
let ours: string;
let theirs: string;
let heard: Notice[];
beforeEach(async () => {
  api = await startLocalApi();
  ours = api.store.createGateway(quiet).id;
  theirs = api.store.createGateway({ ...quiet, name: "Theirs" }).id;
  heard = [];
});
afterEach(() => api.close());

const serverId = "petalpal-api";
const hear = (notice: Notice) => void heard.push(notice);
const tries = (method: string) => api.requests.filter((request) => request.method === method).length;

/** The first try is answered 503, and somebody changes something before the second. */
function meanwhile(method: "PUT" | "DELETE", change: () => unknown, performed = false) {
  let isChanged = false;
  const action: FaultAction = {
    status: 503,
    get body() {
      if (!isChanged) change();
      isChanged = true;
      return { error: "busy" };
    },
  };
  return api.faults.add({ match: { method }, times: 1, performed, action });
}

const attached = (gatewayId = ours, publicId = "gw_petalpal-api"): AttachmentState => {
  api.store.attach(serverId, { gatewayId, publicId });
  return {
    id: serverId,
    organizationId: "org_petalpal",
    serverId,
    resolvedId: "srv_petalpal_api",
    gatewayId,
    publicId,
  };
};
const theyAttach = () => api.store.attach(serverId, { gatewayId: theirs, publicId: "gw_theirs" });

describe("a repeated detach", () => {
  test("leaves what somebody else has attached meanwhile, and says so", async () => {
    const state = attached();
    meanwhile("DELETE", theyAttach);
    await deleteAttachment(runOn(api), state, { hear });
    expect(api.store.attachment(serverId)).toMatchObject({ gatewayId: theirs });
    expect([tries("DELETE"), heard.map(({ code }) => code)]).toEqual([1, ["attachment_not_ours"]]);
  });

  test("is not sent where the first try has done it", async () => {
    const state = attached();
    meanwhile("DELETE", () => undefined, true);
    await deleteAttachment(runOn(api), state, { hear });
    expect([tries("DELETE"), heard, api.store.attachments()]).toEqual([1, [], []]);
  });

  test("is sent where nothing has changed", async () => {
    const state = attached();
    meanwhile("DELETE", () => undefined);
    await deleteAttachment(runOn(api), state, { hear });
    expect([tries("DELETE"), heard, api.store.attachments()]).toEqual([2, [], []]);
  });
});

describe("a repeated attach", () => {
  test("is refused where somebody else has attached the server meanwhile", async () => {
    meanwhile("PUT", theyAttach);
    const creating = createAttachment(runOn(api), { serverId, gatewayId: ours });
    await expect(creating).rejects.toMatchObject({
      code: "already_attached",
      message: expect.stringContaining(`gateway ${theirs} with the public id gw_theirs`),
    });
    expect(api.store.attachment(serverId)).toMatchObject({ gatewayId: theirs, publicId: "gw_theirs" });
  });

  test("is not sent where the first try has done it", async () => {
    meanwhile("PUT", () => undefined, true);
    const state = await createAttachment(runOn(api), { serverId, gatewayId: ours });
    expect([tries("PUT"), state.publicId]).toEqual([1, "gw_petalpal-api"]);
  });

  test.each([
    ["an update", (state: AttachmentState) => updateAttachment(runOn(api), state, { serverId, gatewayId: theirs })],
    ["a take-over", () => createAttachment(runOn(api), { serverId, gatewayId: theirs }, { adopt: true })],
  ])("as %s builds on what the attachment carries now", async (_, write) => {
    api.setBehaviour({ attachmentLeftOut: "cleared" });
    const state = attached();
    const unknown = { resource: "https://set.meanwhile.example" };
    meanwhile("PUT", () => api.store.attach(serverId, { gatewayId: ours, publicId: "gw_renamed", unknown }));
    expect(await write(state)).toMatchObject({ gatewayId: theirs, publicId: "gw_renamed" });
    expect(api.store.attachment(serverId)).toMatchObject({ gatewayId: theirs, publicId: "gw_renamed", unknown });
  });
});

describe("of a gateway", () => {
  const prior = (): GatewayState => ({ ...quiet, id: ours, organizationId: "org_petalpal" });

  test("a repeated update keeps what others set meanwhile", async () => {
    const unknown = { identityResolution: { claim: "email" } };
    meanwhile("PUT", () => api.store.putGateway(ours, { resource: "https://set.meanwhile.example", unknown }));
    const desired = { ...prior(), clientId: "two" };
    await updateGateway(runOn(api), { prior: prior(), desired, metadata: { value: undefined, unknown: [] } });
    expect(api.store.gateway(ours)).toMatchObject({
      clientId: "two",
      resource: "https://set.meanwhile.example",
      unknown,
    });
  });

  test.each(["conflict", "detaches", "allowed"] as const)(
    "a repeated delete takes down no server that others attached meanwhile, where a gateway with servers is deleted as in %s",
    async (deleteAttached) => {
      api.setBehaviour({ deleteAttached });
      meanwhile("DELETE", () => api.store.attach(serverId, { gatewayId: ours, publicId: "gw_x" }));
      await expect(deleteGateway(runOn(api), prior())).rejects.toMatchObject({ code: "gateway_has_servers" });
      expect(api.store.attachment(serverId)).toMatchObject({ gatewayId: ours });
      expect(api.store.gateway(ours)).toBeDefined();
    },
  );

  test("a repeated delete is not sent where nobody can tell which servers are attached", async () => {
    api.setBehaviour({ deleteAttached: "detaches" });
    meanwhile("DELETE", () => api.store.attach(serverId, { gatewayId: ours, publicId: "gw_x" }));
    api.faults.add({ match: { method: "GET", path: /\/servers$/ }, action: { status: 403 } });
    await expect(deleteGateway(runOn(api), prior())).rejects.toMatchObject({ code: "forbidden" });
    expect(api.store.attachment(serverId)).toMatchObject({ gatewayId: ours });
  });

  test("a repeated delete is not sent where the first try has done it, and somebody else's gateway has come", async () => {
    meanwhile("DELETE", () => api.store.createGateway({ ...quiet, name: "New" }), true);
    await deleteGateway(runOn(api), prior());
    expect(tries("DELETE")).toBe(1);
    expect(api.store.gateways().map(({ name }) => name)).toEqual(["Theirs", "New"]);
  });
});
