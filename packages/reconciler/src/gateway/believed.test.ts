// An answer that repeats what was sent is no evidence where it says that the write is not finished, done in part, or has failed.
import { type FaultAction, type LocalApi, startLocalApi } from "@mcpstack/local-api";
import type { GatewayProfile, GatewayState } from "@mcpstack/model";
import type { Notice } from "../notice";
import { quiet, runOn } from "../testing/run";
import { createGateway } from "./create";
import { deleteGateway } from "./delete";
import { readGateway } from "./read";
import { updateGateway } from "./update";

let api: LocalApi;
let heard: Notice[];
beforeEach(async () => {
  api = await startLocalApi();
  heard = [];
});
afterEach(() => api.close());

const hear = (notice: Notice) => void heard.push(notice);
const updating = { method: "PUT", path: /\/gateways\/[^/]+$/ };
const stored = (): GatewayState => {
  const { metadataCheck: _, ...written } = quiet;
  const { id, organizationId, status } = api.store.createGateway(written as typeof quiet);
  return { ...quiet, id, organizationId, status, settingsWoVersion: 1 };
};
const update = (prior: GatewayState, change: Partial<GatewayProfile>) =>
  updateGateway(
    runOn(api),
    { prior, desired: { ...prior, ...change }, metadata: { value: undefined, unknown: [] } },
    { hear },
  );
const echo = (prior: GatewayState, change: object = {}) => {
  const { id, name, providerType, authorizationServerUrl } = prior;
  return { id, name, providerType, authorizationServerUrl, ...change };
};
const rotation = { settingsWo: { clientSecret: "the new one" }, settingsWoVersion: 2 };

/** Answers that state a failure beside the document as it was sent. */
const failures: [string, number, object][] = [
  ["200 and an error", 200, { error: "vault is sealed, secret not stored" }],
  ["207 and errors", 207, { errors: [{ message: "vault is sealed, secret not stored" }] }],
  ["a failed status", 200, { status: "failed", message: "vault is sealed, secret not stored" }],
  ["200, a code and a message", 200, { errcode: 40013, errmsg: "vault is sealed, secret not stored" }],
  ["202 and an error", 202, { error: "vault is sealed, secret not stored" }],
];

describe("a rotation of settings that no read shows", () => {
  test.each(failures)("answered with %s is an error with the service's words", async (_, status, said) => {
    const prior = stored();
    api.faults.add({ match: updating, action: { status, body: echo(prior, said) } });
    await expect(update(prior, rotation)).rejects.toMatchObject({
      code: "not_carried_out",
      path: ["settingsWo"],
      message: expect.stringMatching(/vault is sealed.*settings_wo_version stays as it was/),
    });
  });

  test.each([202, 207])("answered with %i is done as far as can be seen, and the rest is said", async (status) => {
    const prior = stored();
    api.faults.add({ match: updating, action: { status, body: echo(prior) } });
    expect((await update(prior, rotation)).state).toMatchObject({ settingsWoVersion: 2 });
    expect(heard).toMatchObject([{ code: "not_confirmed", severity: "warning", path: ["settingsWo"] }]);
    expect(heard[0]?.message).toMatch(new RegExp(`answered ${status}.*settings_wo.*raise settings_wo_version`));
  });

  test.each<object>([
    ...[{ accepted: false }, { saved: "no" }, { errors_count: 2 }, { queued: true }, { isPending: "true" }],
    ...[{ state: "pending" }, { state: "IN_PROGRESS" }, { jobStatus: "queued" }, { meta: { queued: true } }],
  ])(
    "answered with 200 and %j beside the document is done as far as can be seen, and the rest is said",
    async (said) => {
      const prior = stored();
      api.faults.add({ match: updating, action: { status: 200, body: echo(prior, said) } });
      expect((await update(prior, rotation)).state).toMatchObject({ settingsWoVersion: 2 });
      expect(heard).toMatchObject([{ code: "not_confirmed", severity: "warning", path: ["settingsWo"] }]);
      expect(heard[0]?.message).toMatch(
        /answered 200, with \w+, by which it may not be done.*raise settings_wo_version/,
      );
    },
  );

  test.each<object>([
    ...[{ accepted: true }, { errorsCount: 0 }, { queued: false }, { pending: [] }, { state: "active" }],
    ...[{ status: "pending" }, { jobStatus: "done" }],
  ])("answered with 200 and %j beside the document is done, and nothing is said", async (said) => {
    const prior = stored();
    api.faults.add({ match: updating, action: { status: 200, body: echo(prior, said) } });
    expect((await update(prior, rotation)).state).toMatchObject({ settingsWoVersion: 2 });
    expect(heard).toEqual([]);
  });

  test.each<[string, unknown]>([
    ["another gateway's document", { id: "gtw_other", name: "Other", authorizationServerUrl: "https://other.invalid" }],
    ["a job", { jobId: "job_1", state: "queued" }],
    ["a job with an id", { id: "job_1", state: "queued" }],
    ["null", null],
    ["a list", []],
    ["an empty object", {}],
    ["a text", "ok"],
  ])("answered with 200 and %s is done as far as can be seen, and the rest is said", async (_, body) => {
    const prior = stored();
    api.faults.add({ match: updating, action: { status: 200, body: JSON.stringify(body) } });
    expect((await update(prior, rotation)).state).toMatchObject({ settingsWoVersion: 2 });
    expect(heard).toMatchObject([{ code: "not_confirmed", severity: "warning", path: ["settingsWo"] }]);
    expect(heard[0]?.message).toMatch(/answered 200, with what is not the document.*raise settings_wo_version/);
  });

  test.each<[string, number, object | undefined]>([
    ["200 and nothing", 200, undefined],
    ["204", 204, undefined],
    ["200 and the gateway's id alone", 200, { id: "gtw_000001" }],
    ["200 and the gateway in a wrapping", 200, { data: { id: "gtw_000001" } }],
  ])("answered with %s is done, and nothing is said", async (_, status, body) => {
    const prior = stored();
    expect(prior.id).toBe("gtw_000001");
    api.faults.add({ match: updating, performed: true, action: { status, ...(body && { body }) } });
    expect((await update(prior, rotation)).state).toMatchObject({ settingsWoVersion: 2 });
    expect(heard).toEqual([]);
  });

  test("answered with 200 is done, and nothing is said", async () => {
    expect((await update(stored(), rotation)).state).toMatchObject({ settingsWoVersion: 2 });
    expect(heard).toEqual([]);
  });
});

describe("a change that every read shows", () => {
  const change = { clientId: "two" };
  const unsure: [string, number, object][] = [
    ["202", 202, {}],
    ["207", 207, {}],
  ];

  test.each(unsure)("answered with %s and not carried out is a finding at its field", async (_, status, said) => {
    const prior = stored();
    api.faults.add({ match: updating, action: { status, body: echo(prior, { ...change, ...said }) } });
    const { state, findings } = await update(prior, change);
    expect(findings).toMatchObject([{ code: "not_as_written", path: ["clientId"] }]);
    expect(state.clientId).toBeUndefined();
  });

  test.each(failures)("answered with %s and not carried out is an error", async (_, status, said) => {
    const prior = stored();
    api.faults.add({ match: updating, action: { status, body: echo(prior, { ...change, ...said }) } });
    const failed = update(prior, change);
    await expect(failed).rejects.toMatchObject({ code: "not_carried_out", path: ["clientId"] });
    await expect(failed).rejects.toThrow(/vault is sealed.*client_id/);
  });

  test.each(failures)("answered with %s and carried out is done, and the words are said", async (_, status, said) => {
    const prior = stored();
    const action: FaultAction = { status, body: echo(prior, { ...change, ...said }) };
    api.faults.add({ match: updating, performed: true, action });
    expect((await update(prior, change)).state).toMatchObject(change);
    expect(heard).toMatchObject([{ code: "not_confirmed", message: expect.stringContaining("vault is sealed") }]);
  });

  test("answered with 202 is waited for, and then nothing is said", async () => {
    const prior = stored();
    api.faults.add({ match: updating, performed: true, action: { status: 202, body: echo(prior, change) } });
    const { id } = prior;
    const old = { method: "GET", path: `/gateways/${id}` };
    api.faults.add({ match: old, after: 1, times: 3, action: { status: 200, body: echo(prior) } });
    const { state, findings } = await update(prior, change);
    expect([state.clientId, findings, heard]).toEqual(["two", [], []]);
  });

  test.each<[number, object, string]>([
    [202, {}, "not_confirmed"],
    [200, { error: "vault is sealed" }, "not_carried_out"],
  ])("answered with %i %j and never to be read again is not believed", async (status, said, code) => {
    const prior = stored();
    api.faults.add({ match: updating, action: { status, body: echo(prior, { ...change, ...said }) } });
    api.faults.add({ match: { method: "GET", path: `/gateways/${prior.id}` }, after: 1, action: { status: 403 } });
    const settled = await update(prior, change).catch((error: { code: string }) => error);
    expect("code" in settled ? settled.code : heard[0]?.code).toBe(code);
  });
});

test("a change that every read shows needs no answer about it", async () => {
  const prior = stored();
  api.faults.add({ match: updating, performed: true, action: { status: 200, body: { state: "queued" } } });
  const { state, findings } = await update(prior, { clientId: "two" });
  expect([state.clientId, findings, heard]).toEqual(["two", [], []]);
});

test("a read with an error beside what is left of the gateway is no base of an update", async () => {
  const prior = stored();
  const body = echo(prior, { error: { code: "degraded", message: "profile store is away" } });
  api.faults.add({ match: { method: "GET", path: `/gateways/${prior.id}` }, action: { status: 200, body } });
  const failing = { code: "unexpected_answer", message: expect.stringContaining("profile store is away") };
  await expect(update(prior, { clientId: "two" })).rejects.toMatchObject(failing);
  await expect(readGateway(runOn(api), prior)).rejects.toMatchObject(failing);
  expect(api.requests.filter(({ method }) => method === "PUT")).toEqual([]);
});

describe("a create", () => {
  const creating = { method: "POST", path: "/gateways" };
  const desired = { ...quiet, ...rotation };

  test.each(failures)(
    "answered with %s keeps the gateway, and no version of what may not be stored",
    async (_, status, said) => {
      const body = { id: "gtw_000001", ...quiet, ...said };
      api.faults.add({ match: creating, performed: true, action: { status, body } });
      await expect(createGateway(runOn(api), desired)).rejects.toMatchObject({
        name: "PartialFailure",
        cause: { code: "not_carried_out", message: expect.stringContaining("vault is sealed") },
        state: { state: { id: "gtw_000001", settingsWoVersion: undefined } },
      });
    },
  );

  test("answered with 202 says what no read shows", async () => {
    const body = { id: "gtw_000001", ...quiet };
    api.faults.add({ match: creating, performed: true, action: { status: 202, body } });
    expect((await createGateway(runOn(api), desired, { hear })).state.settingsWoVersion).toBe(2);
    expect(heard).toMatchObject([{ code: "not_confirmed", path: ["settingsWo"] }]);
  });

  test("answered with 202 and the id of its operation stands for the gateway that was made", async () => {
    api.faults.add({
      match: creating,
      performed: true,
      action: { status: 202, body: { id: "op_991", status: "pending" } },
    });
    expect((await createGateway(runOn(api), quiet)).state.id).toBe("gtw_000001");
  });

  test("is waited for where the gateway comes only later", async () => {
    api.faults.add({ match: creating, action: { status: 202, body: { id: "op_991", status: "pending" } } });
    const run = runOn(api);
    const list = run.api.listGateways.bind(run.api);
    let lists = 0;
    run.api.listGateways = (options) => {
      lists += 1;
      if (lists === 4) api.store.createGateway(quiet);
      return list(options);
    };
    expect((await createGateway(run, quiet)).state.id).toBe("gtw_000001");
  });

  test("that never comes is no gateway, and no apply makes a second one unasked", async () => {
    api.faults.add({ match: creating, action: { status: 202, body: { id: "op_991", status: "pending" } } });
    await expect(createGateway(runOn(api), quiet)).rejects.toMatchObject({
      code: "create_unconfirmed",
      message: expect.stringMatching(/is 202 and names op_991, which is no gateway.*import it by its id/),
    });
  });

  test("answered with an error alone says so, and not that its answer was lost", async () => {
    api.faults.add({ match: creating, action: { status: 200, body: { error: "quota is used up" } } });
    const error = await createGateway(runOn(api), desired, { hear }).catch((one: Error) => one);
    expect(error).toMatchObject({ code: "create_unconfirmed", message: expect.stringContaining("quota is used up") });
    expect((error as Error).message).not.toMatch(/was lost|Refresh to see/);
  });
});

describe("a create whose gateway was found in the place of an answer", () => {
  const creating = { method: "POST", path: "/gateways" };
  const desired = { ...quiet, ...rotation };
  const words = "vault unavailable, secret not stored";
  /** As a service does that makes the gateway and then fails to store what is secret. */
  const answering = (action: FaultAction) => {
    const make = api.store.createGateway;
    api.store.createGateway = (fields) => make.call(api.store, { ...fields, secrets: {} } as never);
    api.faults.add({ match: creating, performed: true, times: 1, action });
  };
  const lost: [string, FaultAction][] = [
    ["500 and a reason", { status: 500, body: { error: words } }],
    ["207 and nothing of it", { status: 207, body: { results: [] } }],
    ["202 and a job", { status: 202, body: { jobId: "job_1" } }],
    ["202 and the id of a job", { status: 202, body: { id: "op_1", state: "queued" } }],
    ["a web page", { html: true }],
    ["a cut connection", { cut: "after" }],
  ];

  test.each(lost)(
    "after %s says that settings_wo may not be stored, and the next apply writes them",
    async (_, action) => {
      answering(action);
      const { state, memory } = await createGateway(runOn(api), desired, { hear });
      expect(heard).toMatchObject([{ code: "not_confirmed", severity: "warning", path: ["settingsWo"] }]);
      expect(heard[0]?.message).toMatch(/cannot be told.*counts as not written: apply again/);
      if ("status" in action && action.status === 500) expect(heard[0]?.message).toContain(words);
      // An engine that wants back what it planned keeps the version until the next refresh.
      for (const kept of [state, { ...state, settingsWoVersion: 2 }]) {
        const read = await readGateway(runOn(api), kept, { memory });
        expect(read.state).toMatchObject({ id: state.id, settingsWoVersion: undefined });
        expect((await readGateway(runOn(api), read.state!, read)).state).toEqual(read.state);
      }
      expect(api.store.gateway(state.id)?.secrets).toEqual({});
      const next = await updateGateway(runOn(api), {
        prior: { ...state, settingsWoVersion: 2 },
        desired: { ...desired, description: "also" },
        memory,
        metadata: { value: undefined, unknown: [] },
      });
      expect(api.store.gateway(state.id)?.secrets).toEqual(rotation.settingsWo);
      expect((await readGateway(runOn(api), next.state, next)).state).toMatchObject({ settingsWoVersion: 2 });
      expect(api.store.gateways()).toHaveLength(1);
    },
  );

  test.each<[string, object]>([
    ["an error alone", { error: words }],
    ["a flag and a reason", { success: false, message: words }],
    ["a flag beside the document", { id: "gtw_000001", ...quiet, success: false, errors: [words] }],
  ])("after %s fails with the service's words, and keeps the gateway", async (_, body) => {
    answering({ status: 201, body });
    await expect(createGateway(runOn(api), desired)).rejects.toMatchObject({
      name: "PartialFailure",
      cause: { code: "not_carried_out", path: ["settingsWo"], message: expect.stringContaining(words) },
      state: { state: { id: "gtw_000001", settingsWoVersion: undefined }, memory: { unsettled: true } },
    });
  });

  test.each(lost)("after %s is done where every field is shown, and nothing is said", async (_, action) => {
    answering(action);
    expect((await createGateway(runOn(api), quiet, { hear })).memory.unsettled).toBeUndefined();
    expect(heard).toEqual([]);
  });

  test("after a refusal of its own name leaves settings_wo open too", async () => {
    answering({ status: 409, body: { error: "the name is taken" } });
    const { memory } = await createGateway(runOn(api), desired, { hear });
    expect([memory.unsettled, heard.map(({ code }) => code)]).toEqual([true, ["not_confirmed"]]);
  });

  test("is destroyed without the service's words, which may repeat what was sent", async () => {
    answering({ cut: "after" });
    const { state, memory } = await createGateway(runOn(api), desired);
    const body = { error: "locked by the new one" };
    api.faults.add({ match: { method: "DELETE" }, action: { status: 422, body } });
    const refused = await deleteGateway(runOn(api), state, { memory }).catch((error: Error) => error.message);
    expect(refused).toMatch(/422/);
    expect(refused).not.toContain("the new one");
  });
});
