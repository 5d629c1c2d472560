// What the service tells of an attachment's version is sent back, and what somebody changed meanwhile is not overwritten.
import { type LocalApi, type ServerBehaviour, startLocalApi } from "@mcpstack/local-api";
import { runOn } from "../testing/run";
import { createAttachment } from "./create";
import { deleteAttachment } from "./delete";
import { updateAttachment } from "./update";

const serverId = "petalpal-api";
let api: LocalApi;
let one: string;
let two: string;
let three: string;
beforeEach(async () => {
  api = await startLocalApi({ seed: { servers: [{ slug: serverId }, { slug: "second" }] } });
  const made = ["One", "Two", "Three"].map((name) => api.store.createGateway({ name }).id);
  [one = "", two = "", three = ""] = made;
});
afterEach(() => api.close());

/** Changes the attachment as somebody else does, between this project's read and its write. */
function meanwhile(change: () => void): void {
  const look = api.store.attachmentBefore.bind(api.store);
  api.store.attachmentBefore = (id, ms) => {
    const found = structuredClone(look(id, ms));
    api.store.attachmentBefore = look;
    change();
    return found;
  };
}

const made = () => createAttachment(runOn(api), { serverId, gatewayId: one });

describe.each<Partial<ServerBehaviour>>([
  { versions: "etag", versionDemanded: "yes" },
  { versions: "weak-etag", versionConflict: "409" },
  { versions: "field" },
])("where the service is like %j", (behaviour) => {
  beforeEach(() => api.setBehaviour(behaviour));

  test("a server that somebody has pointed elsewhere meanwhile stays there, and the error says from what to what", async () => {
    const before = await made();
    meanwhile(() => api.store.attach(serverId, { gatewayId: three }));
    await expect(updateAttachment(runOn(api), before, { serverId, gatewayId: two })).rejects.toMatchObject({
      code: "changed_meanwhile",
      path: ["gatewayId"],
      message: expect.stringMatching(new RegExp(`from gateway ${one} .* to gateway ${three} .*Nothing was written`)),
    });
    expect(api.store.attachment(serverId)?.gatewayId).toBe(three);
  });

  test("what somebody has added to it meanwhile goes along", async () => {
    const before = await made();
    meanwhile(() => api.store.attach(serverId, { gatewayId: one, unknown: { scopes: ["tickets.read"] } }));
    await updateAttachment(runOn(api), before, { serverId, gatewayId: two });
    expect(api.store.attachment(serverId)).toMatchObject({ gatewayId: two, unknown: { scopes: ["tickets.read"] } });
  });

  test("a server is detached although somebody has added something to its attachment meanwhile", async () => {
    const before = await made();
    meanwhile(() => api.store.attach(serverId, { gatewayId: one, unknown: { scopes: ["tickets.read"] } }));
    await deleteAttachment(runOn(api), before);
    expect(api.store.attachments()).toEqual([]);
  });
});

test("a read that lags behind the refusal is not taken for a version that is not taken back", async () => {
  api.setBehaviour({ versions: "etag" });
  const before = await made();
  const look = api.store.attachmentBefore.bind(api.store);
  const late = structuredClone(look(serverId, 0));
  let reads = 0;
  api.store.attachmentBefore = (id, ms) => {
    reads += 1;
    if (reads === 1) api.store.attach(serverId, { gatewayId: three });
    return reads <= 2 ? late : look(id, ms);
  };
  const updated = updateAttachment(runOn(api, { readLagMs: 3_000 }), before, { serverId, gatewayId: two });
  await expect(updated).rejects.toMatchObject({ code: "changed_meanwhile" });
  expect(api.store.attachment(serverId)?.gatewayId).toBe(three);
});

test("a service that takes no weak tag is written to without one", async () => {
  api.setBehaviour({ versions: "weak-etag-never-matching" });
  const state = await updateAttachment(runOn(api), await made(), { serverId, gatewayId: two });
  await deleteAttachment(runOn(api), state);
  expect(api.store.attachments()).toEqual([]);
});

test("a public id that another server has is an error that names the way to exchange two", async () => {
  const before = await made();
  api.store.attach("second", { gatewayId: two, publicId: "gw_taken" });
  await expect(
    updateAttachment(runOn(api), before, { serverId, gatewayId: one, publicId: "gw_taken" }),
  ).rejects.toMatchObject({
    code: "public_id_taken",
    path: ["publicId"],
    message: expect.stringMatching(/"gw_taken" is that of another server.*a third public id first/),
  });
});
