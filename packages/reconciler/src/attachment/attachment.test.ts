import { type FaultAction, type LocalApi, startLocalApi } from "@mcpstack/local-api";
import type { AttachmentState } from "@mcpstack/model";
import { PartialFailure } from "../errors";
import type { Notice } from "../notice";
import { openDeletes } from "../testing/deletes";
import { quiet, runOn } from "../testing/run";
import { createAttachment } from "./create";
import { deleteAttachment } from "./delete";
import { foreseeAttachment } from "./foresee";
import { importAttachment } from "./import";
import { readAttachment } from "./read";
import { isSameServer } from "./same-server";
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
const attached = (publicId = "gw_petalpal-api", gatewayId = one): AttachmentState => {
  api.store.attach(serverId, { gatewayId, publicId });
  return {
    id: serverId,
    organizationId: "org_petalpal",
    serverId,
    resolvedId: "srv_petalpal_api",
    gatewayId,
    publicId,
    mcpUrl: `${api.url}/api/v1/gateway/${publicId}/mcp`,
    callbackUrl: `${api.url}/api/v1/gateway/${publicId}/oauth/callback`,
  };
};
/** The same where no answer told which server it is. */
const unresolved = (publicId: string): AttachmentState => ({ ...attached(publicId), resolvedId: undefined });
/** A run whose credential sees less than there is. */
const narrow = (given: { readonly hidden?: string[]; readonly lists?: "hidden" }) =>
  runOn(api, {}, { MCPSTACK_ACCESS_TOKEN: api.store.addCredential({ label: "narrow", ...given }).secret });
const unseen = [
  ["the server that the list names", {}, "unexpected_answer"],
  ["the server and the list", { lists: "hidden" }, "organization_not_found"],
] as const;
const writing = { method: "PUT", path: "/mcp-servers/petalpal-api/gateway" };
const lost: FaultAction[] = [{ cut: "after" }, { status: 502 }, { malformedJson: true }, { html: true }];

/** Says that nothing is attached to the server although something is. */
const nothingSaid: FaultAction[] = [
  { status: 404, body: { error: "not_found" } },
  { status: 204 },
  { status: 200, body: "null", headers: { "content-type": "application/json" } },
  { status: 200, body: { gatewayId: null } },
];
const denying = (action: FaultAction) => api.faults.add({ match: { method: "GET", path: writing.path }, action });
const denied = {
  code: "unexpected_answer",
  message: expect.stringMatching(/list of servers of the gateway .* names it/),
};

describe("attaching", () => {
  test.each([undefined, "gw_chosen"])("with the public id %j says where the server is", async (publicId) => {
    const state = await createAttachment(runOn(api), { serverId, gatewayId: one, publicId });
    expect(state).toEqual({ ...attached(publicId ?? "gw_petalpal-api"), writtenAt: expect.any(Number) });
  });

  test("what the service says of addresses is true, and what it leaves out is derived", async () => {
    api.setBehaviour({ attachmentAddresses: "slash" });
    const slash = await createAttachment(runOn(api), { serverId, gatewayId: one });
    expect(slash.callbackUrl).toMatch(/\/gateway\/gw_petalpal-api\/oauth\/callback\/$/);
    api.setBehaviour({ attachmentAddresses: "absent", attachAnswer: "204" });
    const derived = await createAttachment(runOn(api), { serverId: "orders-api", gatewayId: one });
    expect(derived.callbackUrl).toBe(`${api.url}/api/v1/gateway/gw_orders-api/oauth/callback`);
  });

  test("a server that is attached already is refused with to whom, and stays as it is", async () => {
    attached("gw_theirs", two);
    await expect(createAttachment(runOn(api), { serverId, gatewayId: one })).rejects.toMatchObject({
      code: "already_attached",
      path: ["serverId"],
      message: expect.stringMatching(new RegExp(`gateway ${two} with the public id gw_theirs.*Import`)),
    });
    expect(api.store.attachment(serverId)).toMatchObject({ gatewayId: two, publicId: "gw_theirs" });
  });

  test("a server that is attached already is taken over by who adopts, and keeps its public route", async () => {
    attached("gw_theirs", two);
    const state = await createAttachment(runOn(api), { serverId, gatewayId: one }, { adopt: true });
    expect(state).toEqual({ ...attached("gw_theirs", one), writtenAt: expect.any(Number) });
  });

  test.each(lost)("an answer that is lost by %j is found again where the write has happened", async (action) => {
    api.faults.add({ match: writing, performed: true, action });
    const state = await createAttachment(runOn(api), { serverId, gatewayId: one, publicId: "gw_a" });
    expect(state).toEqual({ ...attached("gw_a"), writtenAt: expect.any(Number) });
  });

  test.each<FaultAction>([{ cut: "before" }, { status: 502 }])(
    "a write that %j kept from happening fails, and leaves nothing",
    async (action) => {
      api.faults.add({ match: writing, action });
      const failed = createAttachment(runOn(api), { serverId, gatewayId: one });
      await expect(failed).rejects.toMatchObject({ name: "ApiError", code: "unavailable" });
    },
  );

  test.each(nothingSaid)(
    "an answer that is lost and that %j denies, against the gateway's own list, leaves a state beside the error",
    async (action) => {
      api.faults.add({ match: writing, performed: true, action: { status: 502 } });
      denying(action);
      const failed = createAttachment(runOn(api), { serverId, gatewayId: one, publicId: "gw_a" });
      const error: unknown = await failed.catch((error: unknown) => error);
      expect(error).toMatchObject({ name: "PartialFailure", state: unresolved("gw_a") });
    },
  );

  test("where nobody can say whether it happened, the state is handed over beside the error", async () => {
    api.faults.add({ match: writing, performed: true, action: { status: 502 } });
    api.faults.add({ match: { method: "GET", path: writing.path }, after: 1, action: { status: 503 } });
    const failed = createAttachment(runOn(api), { serverId, gatewayId: one, publicId: "gw_a" });
    await expect(failed).rejects.toBeInstanceOf(PartialFailure);
    await expect(failed).rejects.toMatchObject({ cause: { code: "unavailable" }, state: unresolved("gw_a") });
  });

  test("a public id that the service did not take is an error, and the state has the one it gave", async () => {
    api.faults.add({
      match: writing,
      performed: true,
      action: { status: 200, body: { serverId, gatewayId: one, publicId: "gw_other" } },
    });
    const failed = createAttachment(runOn(api), { serverId, gatewayId: one, publicId: "gw_a" });
    await expect(failed).rejects.toMatchObject({
      cause: { code: "public_id_not_taken", path: ["publicId"] },
      state: { publicId: "gw_other" },
    });
  });

  test.each(unseen)("takes nothing over with a credential that cannot see %s", async (_, lists) => {
    attached("gw_theirs", two);
    for (const adopt of [true, false]) {
      const run = narrow({ hidden: ["srv_petalpal_api"], ...lists });
      const creating = createAttachment(run, { serverId, gatewayId: one }, { adopt });
      // Its gateway still lists it, where that is to be seen.
      const code = "lists" in lists ? "not_found" : "unexpected_answer";
      await expect(creating).rejects.toMatchObject({ code });
    }
    expect(api.store.attachment(serverId)).toMatchObject({ gatewayId: two, publicId: "gw_theirs" });
  });

  test("a run that is stopped before it was sent attaches nothing", async () => {
    const options = { signal: AbortSignal.abort() };
    await expect(createAttachment(runOn(api), { serverId, gatewayId: one }, options)).rejects.toThrow();
    expect(api.store.attachments()).toEqual([]);
  });
});

describe("changing an attachment", () => {
  test("an answer about another gateway is not believed: what the service then shows decides", async () => {
    const prior = attached("gw_kept");
    api.faults.add({ match: writing, action: { status: 200, body: { gatewayId: one, publicId: "gw_kept" } } });
    const failed = updateAttachment(runOn(api), prior, { serverId, gatewayId: two });
    await expect(failed).rejects.toMatchObject({ code: "not_carried_out" });
    api.faults.clear();
    const body = { gatewayId: one, publicId: "gw_kept" };
    api.faults.add({ match: writing, performed: true, action: { status: 200, body } });
    expect(await updateAttachment(runOn(api), prior, { serverId, gatewayId: two })).toMatchObject({ gatewayId: two });
  });

  test("another gateway keeps the public id that the program leaves to the service", async () => {
    const state = await updateAttachment(runOn(api), attached("gw_kept"), { serverId, gatewayId: two });
    expect(state).toMatchObject({ gatewayId: two, publicId: "gw_kept" });
    expect(api.store.attachment(serverId)).toMatchObject({ gatewayId: two, publicId: "gw_kept" });
  });

  test("a change that did not happen is not told as a public id that was not taken", async () => {
    const prior = attached("gw_old");
    api.faults.add({ match: writing, action: { status: 502 } });
    const failed = updateAttachment(runOn(api), prior, { serverId, gatewayId: one, publicId: "gw_new" });
    await expect(failed).rejects.toMatchObject({ name: "ApiError", code: "unavailable" });
  });
});

describe("detaching", () => {
  test("takes away what the state says, and what is gone already is no failure", async () => {
    const state = attached();
    await deleteAttachment(runOn(api), state);
    expect(api.store.attachments()).toEqual([]);
    await deleteAttachment(runOn(api), state);
  });

  test.each(unseen)("fails with a credential that cannot see %s", async (_, lists, code) => {
    const state = attached();
    const deleting = deleteAttachment(narrow({ hidden: ["srv_petalpal_api"], ...lists }), state);
    await expect(deleting).rejects.toMatchObject({ code });
    expect(api.store.attachments()).toHaveLength(1);
  });

  test.each(nothingSaid)("fails where %j denies the attachment and the gateway's list names it", async (action) => {
    const state = attached();
    denying(action);
    await expect(deleteAttachment(runOn(api), state)).rejects.toMatchObject(denied);
    expect(api.store.attachments()).toHaveLength(1);
  });

  test("succeeds where the server was detached and its gateway is gone", async () => {
    const state = attached();
    api.store.detach(serverId);
    api.store.deleteGateway(one);
    await deleteAttachment(runOn(api), state);
  });

  test("fails where the service answers 404 and names the attachment all the same", async () => {
    const state = attached();
    api.faults.add({ match: { method: "DELETE" }, action: { status: 404, body: { error: "not_found" } } });
    await expect(deleteAttachment(runOn(api), state)).rejects.toMatchObject({ code: "not_found" });
  });

  test.each<FaultAction>([{ cut: "after" }, { status: 502 }])(
    "succeeds where it was done before its answer was lost by %j",
    async (action) => {
      const state = attached();
      const lost = api.faults.add({ match: { method: "DELETE" }, times: 1, performed: true, action });
      await deleteAttachment(runOn(api), state);
      expect([lost.struck, api.store.attachments()]).toEqual([1, []]);
    },
  );

  test.each(openDeletes)("fails where the answer is %s, and the attachment is still there", async (_, action, said) => {
    const state = attached();
    api.faults.add({ match: { method: "DELETE" }, action });
    await expect(deleteAttachment(runOn(api), state)).rejects.toThrow(said);
    expect(api.store.attachments()).toHaveLength(1);
  });

  test.each(openDeletes)("succeeds where the answer is %s, and nothing is attached any more", async (_, action) => {
    const state = attached();
    const planted = api.faults.add({ match: { method: "DELETE" }, performed: true, action });
    await deleteAttachment(runOn(api), state);
    expect([planted.struck, api.store.attachments()]).toEqual([1, []]);
  });

  test("succeeds where the server is gone with its attachment", async () => {
    const state = attached();
    api.store.deleteServer(serverId);
    await deleteAttachment(runOn(api), state);
  });

  test.each<[string, () => unknown]>([
    ["has another gateway", () => attached("gw_petalpal-api", two)],
    ["has another public id", () => attached("gw_new")],
  ])("leaves a successor that %s", async (_, change) => {
    const state = attached();
    change();
    await deleteAttachment(runOn(api), state);
    expect(api.store.attachments()).toHaveLength(1);
    expect(api.requests.some(({ method }) => method === "DELETE")).toBe(false);
  });

  test("fails where an answer tells of another gateway, and the list of the one in the state still names the server", async () => {
    const state = attached();
    const stale = { serverId: "srv_petalpal_api", gatewayId: two, publicId: "gw_petalpal-api" };
    api.faults.add({ match: { method: "GET", path: "/gateway" }, action: { status: 200, body: stale } });
    await expect(deleteAttachment(runOn(api), state)).rejects.toMatchObject({ code: "unexpected_answer" });
    expect(api.store.attachments()).toHaveLength(1);
  });

  test("leaves what this very run attached, as a renamed resource does before its old self goes", async () => {
    const run = runOn(api);
    const state = attached();
    await createAttachment(run, { serverId, gatewayId: one }, { adopt: true });
    await deleteAttachment(run, state);
    expect(api.store.attachments()).toHaveLength(1);
  });
});

describe("reading", () => {
  test.each(nothingSaid)("fails where %j denies the attachment and the gateway's list names it", async (action) => {
    denying(action);
    await expect(readAttachment(runOn(api), attached())).rejects.toMatchObject(denied);
  });

  test("fails where the answers know the server by its other name", async () => {
    const listed = { status: 200, body: [{ id: "srv_petalpal_api" }] };
    api.faults.add({ match: { path: `/gateways/${one}/servers` }, action: listed });
    denying({ status: 404 });
    await expect(readAttachment(runOn(api), attached())).rejects.toMatchObject(denied);
  });

  test("fails where the gateway's list cannot be had, but not for a 404", async () => {
    const state = attached();
    api.store.detach(serverId);
    const path = `/gateways/${one}/servers`;
    api.faults.add({ match: { path }, times: 1, action: { status: 404 } });
    expect(await readAttachment(runOn(api), state)).toBeUndefined();
    api.faults.add({ match: { path }, action: { status: 403 } });
    await expect(readAttachment(runOn(api), state)).rejects.toMatchObject({ code: "forbidden" });
  });

  test("asks the gateway's list only where the attachment is answered with nothing", async () => {
    await readAttachment(runOn(api), attached());
    expect(api.requests.some(({ path }) => path.endsWith("/servers"))).toBe(false);
  });

  test("takes in what others changed, and nothing where the server has none", async () => {
    const state = attached();
    expect(await readAttachment(runOn(api), state)).toEqual(state);
    expect(await readAttachment(runOn(api), { ...state, gatewayId: "gone" })).toEqual(state);
    api.store.detach(serverId);
    for (const nothingAttached of ["404", "204", "null", "gateway-id-null"] as const) {
      api.setBehaviour({ nothingAttached });
      expect(await readAttachment(runOn(api), state)).toBeUndefined();
    }
  });

  test.each(unseen)("fails with a credential that cannot see %s", async (_, lists, code) => {
    const reading = readAttachment(narrow({ hidden: ["srv_petalpal_api"], ...lists }), attached());
    await expect(reading).rejects.toMatchObject({ code });
  });

  test("another organization's attachment is neither read nor changed", async () => {
    const state = { ...attached(), organizationId: "org_other" };
    for (const work of [
      readAttachment(runOn(api), state),
      updateAttachment(runOn(api), state, { serverId, gatewayId: two }),
      deleteAttachment(runOn(api), state),
    ]) {
      await expect(work).rejects.toMatchObject({ code: "organization_mismatch" });
    }
    expect(api.store.attachment(serverId)).toMatchObject({ gatewayId: one });
  });
});

test.each(["petalpal-api", "srv_petalpal_api"])("an attachment is imported by %s", async (id) => {
  const state = attached();
  expect(await importAttachment(runOn(api), id)).toEqual({ ...state, id, serverId: id });
});

test("a server without a gateway cannot be imported, and the error says so", async () => {
  await expect(importAttachment(runOn(api), "orders-api")).rejects.toMatchObject({
    code: "not_attached",
    message: expect.stringContaining('"orders-api" has no gateway in organization org_petalpal'),
  });
});

test.each(unseen)("an import with a credential that cannot see %s says so", async (_, lists, code) => {
  attached();
  const importing = importAttachment(narrow({ hidden: ["srv_petalpal_api"], ...lists }), serverId);
  await expect(importing).rejects.toMatchObject({ code });
});

describe("what an attachment carries that nobody here knows", () => {
  const carried = { resource: "https://api.example.com", scopes: ["tickets.read"], policy: { deep: [1] } };
  const carrying = () => {
    api.setBehaviour({ attachmentLeftOut: "cleared" });
    const state = attached("gw_kept");
    api.store.attach(serverId, { gatewayId: one, unknown: structuredClone(carried) });
    return state;
  };
  const kept = (gatewayId: string) => ({ gatewayId, publicId: "gw_kept", unknown: carried });

  test("outlives a change, also where a PUT clears what it leaves out", async () => {
    await updateAttachment(runOn(api), carrying(), { serverId, gatewayId: two });
    expect(api.store.attachment(serverId)).toMatchObject(kept(two));
  });

  test("outlives a take-over", async () => {
    carrying();
    await createAttachment(runOn(api), { serverId, gatewayId: two }, { adopt: true });
    expect(api.store.attachment(serverId)).toMatchObject(kept(two));
  });

  test("outlives a replacement by this run, in which the old one goes first", async () => {
    const run = runOn(api);
    await deleteAttachment(run, carrying());
    expect(api.store.attachments()).toEqual([]);
    await createAttachment(run, { serverId: "srv_petalpal_api", gatewayId: two });
    expect(api.store.attachment(serverId)).toMatchObject(kept(two));
  });

  test("stops a change where it is masked, before anything is written", async () => {
    const state = attached();
    api.store.attach(serverId, { gatewayId: one, unknown: { exchange: { secret: "****" } } });
    const failed = updateAttachment(runOn(api), state, { serverId, gatewayId: two });
    await expect(failed).rejects.toMatchObject({ code: "masked_field", field: "exchange.secret" });
    expect(api.requests.some(({ method }) => method === "PUT")).toBe(false);
  });
});

describe("one server, whose attachment is deleted and created in one run", () => {
  const heard: Notice[] = [];
  const hear = (notice: Notice) => void heard.push(notice);
  beforeEach(() => heard.splice(0));
  const desired = (gatewayId: string) => ({ serverId, gatewayId });
  const methods = () => api.requests.filter(({ method }) => method !== "GET").map(({ method }) => method);

  test("goes over to the create that waits for the delete, and is never detached", async () => {
    const run = runOn(api);
    const state = attached();
    const creating = createAttachment(run, desired(two), { hear });
    // The delete comes once the create has looked, and knows which server it is.
    await until(() => api.requests.some(({ path }) => path.endsWith("/mcp-servers")));
    await Promise.all([creating, deleteAttachment(run, state, { hear })]);
    expect([methods(), heard]).toEqual([["PUT"], []]);
    expect(api.store.attachment(serverId)).toMatchObject({ gatewayId: two });
  });

  test("is detached after all where that create fails", async () => {
    const run = runOn(api);
    const state = attached();
    api.faults.add({ match: writing, action: { status: 422 } });
    const creating = createAttachment(run, desired(two));
    await until(() => api.requests.some(({ path }) => path.endsWith("/mcp-servers")));
    const [created, deleted] = await Promise.allSettled([creating, deleteAttachment(run, state)]);
    expect([created.status, deleted.status]).toEqual(["rejected", "fulfilled"]);
    expect(api.store.attachments()).toEqual([]);
  });

  test("goes over in the delete, where the create came first and could not wait", async () => {
    const run = runOn(api);
    const state = attached();
    const creating = createAttachment(run, desired(two), { patienceMs: 0 });
    await expect(creating).rejects.toMatchObject({ code: "already_attached" });
    await deleteAttachment(run, state, { hear });
    expect(methods()).toEqual(["PUT"]);
    expect(heard).toMatchObject([{ code: "attachment_handed_over", severity: "warning" }]);
    // The next run finds just what its program wants.
    const next = await createAttachment(runOn(api), desired(two), { patienceMs: 0, hear });
    expect(next).toMatchObject({ gatewayId: two, publicId: state.publicId });
    expect(heard[1]).toMatchObject({ code: "attachment_taken_over" });
  });

  test("is left to others where somebody else has it, and that is said", async () => {
    const state = attached();
    attached("gw_theirs", two);
    await deleteAttachment(runOn(api), state, { hear });
    expect(methods()).toEqual([]);
    expect(heard).toMatchObject([{ code: "attachment_not_ours", message: expect.stringContaining(`gateway ${two}`) }]);
  });

  test("is attached once: a second create or update of this run is refused, and names the first", async () => {
    const run = runOn(api);
    const state = await createAttachment(run, { ...desired(one), publicId: "gw_first" });
    const refused = { code: "already_attached_here", message: expect.stringContaining("public id gw_first") };
    const again = createAttachment(run, { serverId: "srv_petalpal_api", gatewayId: two });
    await expect(again).rejects.toMatchObject(refused);
    await expect(updateAttachment(run, state, desired(two))).rejects.toMatchObject(refused);
    expect(api.store.attachment(serverId)).toMatchObject({ gatewayId: one });
  });
});

describe("a server whose slug is renamed", () => {
  test("is read, changed and detached by its id", async () => {
    const state = attached();
    api.store.renameServer(serverId, "petals");
    expect(await readAttachment(runOn(api), state)).toEqual(state);
    expect(await updateAttachment(runOn(api), state, { serverId, gatewayId: two })).toMatchObject({ gatewayId: two });
    await deleteAttachment(runOn(api), { ...state, gatewayId: two });
    expect(api.store.attachments()).toEqual([]);
  });

  test("is another one than the server that has the slug now, whose attachment is not touched", async () => {
    const state = attached();
    api.store.renameServer(serverId, "petals");
    api.store.addServer({ id: "srv_other", slug: serverId });
    api.store.attach("srv_other", { gatewayId: two });
    expect(await readAttachment(runOn(api), state)).toEqual(state);
    await deleteAttachment(runOn(api), state);
    expect(api.store.attachments().map(({ serverId }) => serverId)).toEqual(["srv_other"]);
  });

  test.each([
    ["attached", () => api.store.attach("srv_other", { gatewayId: two })],
    ["not attached", () => {}],
  ])(
    "is said by the plan while the program still writes the slug that another server has, which is %s",
    async (_, attach) => {
      const state = attached();
      api.store.renameServer(serverId, "petals");
      api.store.addServer({ id: "srv_other", slug: serverId });
      attach();
      const foreseenOf = async (name: string) => {
        const run = runOn(api);
        await readAttachment(run, state);
        const use = { prior: state, desired: { serverId: name, gatewayId: one }, isSameServer: true };
        return (await foreseeAttachment(run, use)).map(({ code }) => code);
      };
      expect(await foreseenOf(serverId)).toEqual(["slug_of_another_server"]);
      // What the program can write instead, though the state keeps what was written first.
      for (const name of ["srv_petalpal_api", "petals"]) expect(await foreseenOf(name)).toEqual([]);
    },
  );

  test.each([
    ["its id", "srv_petalpal_api", true],
    ["its slug now", "petals", true],
    ["its slug before", serverId, true],
    ["another server", "orders-api", false],
  ])("is named by %s, %s: %j", async (_, name, expected) => {
    const state = attached();
    api.store.renameServer(serverId, "petals");
    expect(await isSameServer(runOn(api), state, name)).toBe(expected);
  });

  test("is not taken for a server that is not there", async () => {
    await expect(isSameServer(runOn(api), attached(), "nobody")).rejects.toMatchObject({ code: "server_not_found" });
  });
});

/** Waits for something that another operation does. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}
