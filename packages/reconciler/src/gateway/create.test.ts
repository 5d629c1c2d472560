import { type FaultAction, type LocalApi, startLocalApi, startTableIssuer } from "@mcpstack/local-api";
import { quiet, runOn } from "../testing/run";
import { createGateway } from "./create";
import { deleteGateway } from "./delete";
import { readGateway } from "./read";
import { updateGateway } from "./update";

let api: LocalApi;
beforeEach(async () => {
  api = await startLocalApi();
});
afterEach(() => api.close());

const known = { value: undefined, unknown: [] } as const;
const creating = { method: "POST", path: "/gateways" };

test("the state has the profile as written, and what the service and the issuer said", async () => {
  const issuer = await startTableIssuer();
  const desired = { ...quiet, metadataCheck: undefined, authorizationServerUrl: issuer.url, scopes: ["b", "a"] };
  const { state, memory } = await createGateway(runOn(api), { ...desired, settingsWo: { clientSecret: "s" } });
  await issuer.close();
  expect(state).toEqual({
    ...desired,
    id: "gtw_000001",
    organizationId: "org_petalpal",
    status: "active",
    metadata: expect.objectContaining({ issuer: issuer.url, tokenEndpoint: `${issuer.url}/token` }),
  });
  expect(memory.discovered?.authorizationServer.kind).toBe("found");
  expect(api.store.gateway(state.id)).toMatchObject({ scopes: ["b", "a"], secrets: { clientSecret: "s" } });
});

test("what the service fills into unset fields is remembered, also where its answer only repeats what was sent", async () => {
  api.setBehaviour({ fills: "derived" });
  const tokenEndpoint = `${quiet.authorizationServerUrl}/token`;
  expect((await createGateway(runOn(api), quiet)).memory).toMatchObject({
    written: { name: "Support" },
    filled: { tokenEndpoint },
  });
  const echo = { id: "gtw_000002", name: "Support", authorizationServerUrl: quiet.authorizationServerUrl };
  const action = { status: 201, body: { ...echo, providerType: "manual", provider: "manual" } };
  api.faults.add({ match: creating, performed: true, times: 1, action });
  expect((await createGateway(runOn(api), quiet)).memory.filled).toMatchObject({ tokenEndpoint });
});

test.each<FaultAction>([
  { cut: "after" },
  { status: 504, body: "gateway timeout" },
  { html: true },
  { emptyBody: true },
  { malformedJson: true },
])("the gateway whose answer was lost by %j is found and adopted, and not created again", async (action) => {
  api.store.createGateway({ ...quiet, scopes: ["openid"] });
  api.faults.add({ match: creating, performed: true, action });
  const { state } = await createGateway(runOn(api), quiet);
  expect(api.store.gateways().map(({ id }) => id)).toEqual(["gtw_000001", "gtw_000002"]);
  expect(state).toMatchObject({ id: "gtw_000002", organizationId: "org_petalpal", name: "Support" });
  expect(api.requests.filter(({ method }) => method === "POST")).toHaveLength(1);
});

test.each([
  ["the whole document", true],
  ["the id alone", false],
])("answers of two creates that are mixed up, with %s, are given back to their own", async (_, whole) => {
  const theirs = api.store.createGateway({
    ...quiet,
    name: "Theirs",
    authorizationServerUrl: "https://theirs.invalid",
  });
  const fresh = runOn(api);
  // It came into being after this run had looked what there was.
  fresh.gatewaysBefore = async () => new Map();
  const { id, name, providerType, authorizationServerUrl } = theirs;
  const body = whole ? { id, name, providerType, authorizationServerUrl } : { id };
  api.faults.add({ match: creating, performed: true, action: { status: 201, body } });
  const { state } = await createGateway(fresh, quiet);
  expect(state.id).not.toBe(id);
  expect(api.store.gateway(state.id)).toMatchObject({ name: "Support" });
});

describe("a create whose answer was lost fails and says what to do", () => {
  /** Before the second list of gateways, which is the one that looks for what was made. */
  const meanwhile = (change: () => void) => {
    const run = runOn(api);
    const list = run.api.listGateways.bind(run.api);
    let lists = 0;
    run.api.listGateways = (options) => {
      lists += 1;
      if (lists === 2) change();
      return list(options);
    };
    return run;
  };

  test("where nothing new is listed", async () => {
    api.faults.add({ match: creating, action: { cut: "before" } });
    await expect(createGateway(runOn(api), quiet)).rejects.toMatchObject({
      code: "create_unconfirmed",
      message: expect.stringMatching(/No new gateway of that name and profile is listed.*import it by its id/),
    });
    expect(api.store.gateways()).toEqual([]);
  });

  test("where several new ones could be it", async () => {
    api.faults.add({ match: creating, action: { cut: "after" } });
    const run = meanwhile(() => api.store.createGateway(quiet));
    await expect(createGateway(run, quiet)).rejects.toMatchObject({
      code: "create_unconfirmed",
      message: expect.stringContaining("gtw_000001, gtw_000002"),
    });
  });

  test.each([
    ["another profile", { ...quiet, clientId: "other" }],
    ["another name", { ...quiet, name: "Other" }],
  ])("where the only new one has %s", async (_, other) => {
    api.faults.add({ match: creating, action: { cut: "before" } });
    const run = meanwhile(() => api.store.createGateway(other));
    await expect(createGateway(run, { ...quiet, clientId: "mine" })).rejects.toMatchObject({
      code: "create_unconfirmed",
    });
  });

  test.each(["was there before", "another resource of this run has"])(
    "where it names a gateway that %s",
    async (whose) => {
      const run = runOn(api);
      const before = whose === "was there before";
      const own = { ...quiet, name: "Own", clientId: "own" };
      const { id } = before ? api.store.createGateway(own) : (await createGateway(run, own)).state;
      api.faults.add({ match: creating, action: { status: 201, body: { id } } });
      await expect(createGateway(run, quiet)).rejects.toMatchObject({
        code: "create_unconfirmed",
        message: expect.stringMatching(new RegExp(`names the gateway ${id}, .*No new gateway of that name.*import it`)),
      });
      expect(api.store.gateway(id)).toMatchObject({ name: "Own", clientId: "own" });
    },
  );

  test("where the list cannot be read", async () => {
    api.faults.add({ match: creating, action: { cut: "after" } });
    api.faults.add({ match: { method: "GET", path: "/gateways" }, after: 1, action: { status: 503 } });
    await expect(createGateway(runOn(api), quiet)).rejects.toMatchObject({
      code: "create_unconfirmed",
      message: expect.stringMatching(/was answered 503.*import it by its id/),
    });
  });
});

test("a create that is answered with an older gateway's id finds the one that it made", async () => {
  const old = api.store.createGateway({ ...quiet, name: "Old" });
  api.faults.add({ match: creating, performed: true, action: { status: 200, body: { id: old.id } } });
  expect((await createGateway(runOn(api), quiet)).state).toMatchObject({ id: "gtw_000002", name: "Support" });
});

test("a gateway that this run deleted may come back under its id, as where ids are made of names", async () => {
  const run = runOn(api);
  await createGateway(run, { ...quiet, name: "First" });
  const { state } = await createGateway(run, quiet);
  for (let again = 0; again < 2; again += 1) {
    await deleteGateway(run, state);
    api.faults.add({ match: creating, times: 1, action: { status: 201, body: { id: state.id } } });
    expect((await createGateway(run, quiet)).state.id).toBe(state.id);
  }
});

test("a refused create is no lost one: the refusal is the error, and nothing is looked for", async () => {
  api.faults.add({ match: creating, action: { status: 422, body: { error: "clientId: is taken" } } });
  const run = runOn(api);
  await expect(createGateway(run, quiet)).rejects.toMatchObject({ code: "invalid" });
  expect(api.requests.filter(({ path }) => path.endsWith("/gateways")).map(({ method }) => method)).toEqual([
    "GET",
    "POST",
  ]);
});

test("a write-only value that the service repeats is in no error, nor in that of a lost answer", async () => {
  const desired = { ...quiet, settingsWo: { clientSecret: "hush-hush" } };
  for (const status of [422, 500]) {
    api.faults.clear();
    api.faults.add({ match: creating, action: { status, body: { error: "no hush-hush" } } });
    const failed = createGateway(runOn(api), desired);
    await expect(failed).rejects.toThrow(/no \[secret\]/);
  }
});

test("two namesakes that are created at once never become one, whichever answer is lost", async () => {
  api.faults.add({ match: creating, times: 1, action: { cut: "after" } });
  const run = runOn(api);
  const made = await Promise.all([createGateway(run, quiet), createGateway(run, quiet)]);
  expect(new Set(made.map(({ state }) => state.id)).size).toBe(2);
  expect(api.store.gateways()).toHaveLength(2);
});

/** A service that makes something else of what it is told, whenever it is told it. */
function making(
  change: (fields: Partial<Record<"name" | "authorizationServerUrl" | "clientId", string | undefined>>) => object,
): void {
  const { createGateway: create, putGateway: put } = api.store;
  api.store.createGateway = (fields) => create.call(api.store, { ...fields, ...change(fields) } as never);
  api.store.putGateway = (id, fields) => put.call(api.store, id, { ...fields, ...change(fields) } as never);
}

describe("a service that tidies what it is told", () => {
  const desired = { ...quiet, name: "Caf\u00e9  Support ", authorizationServerUrl: "https://auth.example.invalid/t/" };
  const tidy: [string, (text: string) => string][] = [
    ["spaces", (text) => text.replace(/\s+/g, " ").trim()],
    ["case", (text) => text.toLowerCase()],
    ["the form of characters", (text) => text.normalize("NFD")],
    ["a last slash", (text) => text.replace(/\/$/, "")],
  ];

  test.each(tidy)("(%s) has made the gateway that was meant, and no refresh finds a change", async (_, tidied) => {
    making(({ name = "", authorizationServerUrl = "" }) => ({
      name: tidied(name),
      authorizationServerUrl: tidied(authorizationServerUrl),
    }));
    const { state, memory, findings } = await createGateway(runOn(api), desired);
    expect(api.store.gateways()).toHaveLength(1);
    expect(state).toMatchObject({ name: desired.name, authorizationServerUrl: desired.authorizationServerUrl });
    expect(findings).toEqual([]);
    const read = await readGateway(runOn(api), state, { memory });
    expect([read.state, read.memory.made]).toEqual([state, memory.made]);
    const edited = { ...desired, clientId: "new" };
    const updated = await updateGateway(runOn(api), { prior: state, desired: edited, memory, metadata: known });
    expect(updated.findings).toEqual([]);
    expect((await readGateway(runOn(api), updated.state, { memory: updated.memory })).state).toEqual(updated.state);
  });

  test("is found where its answer was lost", async () => {
    making(({ name = "" }) => ({ name: name.replace(/\s+/g, " ").trim() }));
    api.faults.add({ match: creating, action: { cut: "after" } });
    expect((await createGateway(runOn(api), desired)).state.id).toBe("gtw_000001");
  });

  test("and lets somebody change it is drift, also where the change is as small", async () => {
    making(({ name = "" }) => ({ name: name.toLowerCase() }));
    const { state, memory } = await createGateway(runOn(api), { ...quiet, name: "Support" });
    api.store.gateway(state.id)!.name = "SUPPORT";
    expect((await readGateway(runOn(api), state, { memory })).state?.name).toBe("SUPPORT");
    api.store.gateway(state.id)!.name = "support";
    const drifted = { ...state, name: "SUPPORT" };
    expect((await readGateway(runOn(api), drifted, { memory })).state?.name).toBe("Support");
  });

  test("is remembered for what the program writes, and not for what it wrote before", async () => {
    const before = { written: { name: "Old  Name" }, made: { name: "Old Name" }, filled: {} };
    const { id, organizationId } = api.store.createGateway({ ...quiet, name: "New" });
    const prior = { ...quiet, name: "New", id, organizationId };
    const { memory } = await updateGateway(runOn(api), { prior, desired: prior, memory: before, metadata: known });
    expect(memory.made).toBeUndefined();
  });
});

describe("a gateway that was made otherwise than it was to be", () => {
  test("is in the state as it is, and each field is said", async () => {
    making(() => ({ clientId: "theirs" }));
    const { state, findings } = await createGateway(runOn(api), { ...quiet, clientId: "mine" });
    expect(state).toMatchObject({ id: "gtw_000001", clientId: "theirs" });
    expect(findings).toMatchObject([{ code: "not_as_written", path: ["clientId"], expected: "mine", found: "theirs" }]);
  });

  test.each(["name", "authorizationServerUrl"])("also in its %s alone", async (field) => {
    const other = { name: "Another", authorizationServerUrl: "https://other.example.invalid" }[field];
    making(() => ({ [field]: other }));
    const { state, findings } = await createGateway(runOn(api), quiet);
    expect([state.id, api.store.gateways().length]).toEqual(["gtw_000001", 1]);
    expect(findings).toMatchObject([{ path: [field], found: other }]);
  });

  test("and whose answer says why is a failure that keeps it", async () => {
    const body = { id: "gtw_000001", ...quiet, clientId: "theirs", error: "no such client" };
    making(() => ({ clientId: "theirs" }));
    api.faults.add({ match: creating, performed: true, action: { status: 201, body } });
    await expect(createGateway(runOn(api), { ...quiet, clientId: "mine" })).rejects.toMatchObject({
      name: "PartialFailure",
      cause: { code: "not_carried_out", message: expect.stringContaining("no such client") },
      state: { state: { id: "gtw_000001", clientId: "theirs" }, memory: { written: { clientId: "mine" } } },
    });
  });

  test("in name and issuer is not believed to be it, and is named for an import", async () => {
    making(() => ({ name: "Another", authorizationServerUrl: "https://other.example.invalid" }));
    await expect(createGateway(runOn(api), quiet)).rejects.toMatchObject({
      code: "create_unconfirmed",
      message: expect.stringMatching(/gtw_000001.*import it by its id/),
    });
  });
});

test("answers of two creates with one issuer that are mixed up are given back to their own", async () => {
  const theirs = api.store.createGateway({ ...quiet, name: "Theirs" });
  const fresh = runOn(api);
  fresh.gatewaysBefore = async () => new Map();
  api.faults.add({ match: creating, performed: true, action: { status: 201, body: { id: theirs.id } } });
  expect((await createGateway(fresh, quiet)).state.id).not.toBe(theirs.id);
});

describe("a create that is refused since its name is taken", () => {
  beforeEach(() => api.setBehaviour({ duplicateNames: "conflict" }));

  test("by the gateway that it made itself, as where a request came twice, takes that one", async () => {
    const body = { message: 'The name "Support" is taken already.' };
    api.faults.add({ match: creating, performed: true, action: { status: 409, body } });
    expect((await createGateway(runOn(api), quiet)).state.id).toBe("gtw_000001");
    expect(api.store.gateways()).toHaveLength(1);
  });

  test.each(["was there before", "is new and has another profile"])("by one that %s names it", async (which) => {
    const run = runOn(api);
    if (which !== "was there before") await run.gatewaysBefore();
    const { id } = api.store.createGateway({ ...quiet, clientId: "theirs" });
    await expect(createGateway(run, { ...quiet, clientId: "mine" })).rejects.toMatchObject({
      code: "name_taken",
      path: ["name"],
      message: expect.stringMatching(new RegExp(`409.*that of ${id}\\..*import it by its id`)),
    });
  });

  test("by another resource of the program says what the service says", async () => {
    const run = runOn(api);
    await createGateway(run, quiet);
    await expect(createGateway(run, quiet)).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("a run that is stopped", () => {
  test("before the create was sent makes nothing", async () => {
    await expect(createGateway(runOn(api), quiet, { signal: AbortSignal.abort() })).rejects.toThrow();
    expect(api.store.gateways()).toEqual([]);
  });

  test("while the create is under way knows the gateway that it made", async () => {
    const stop = new AbortController();
    api.faults.add({ match: creating, action: { delayMs: 200 } });
    const run = runOn(api);
    const creation = createGateway(run, quiet, { signal: stop.signal });
    await arrived(() => api.requests.some(({ method }) => method === "POST"));
    stop.abort();
    expect((await creation).state.id).toBe("gtw_000001");
  });

  test("while metadata is looked for makes nothing", async () => {
    const stop = new AbortController();
    const issuer = await startTableIssuer();
    issuer.setAll({ hang: true });
    const creation = createGateway(
      runOn(api),
      { ...quiet, metadataCheck: "warn", authorizationServerUrl: issuer.url },
      { signal: stop.signal },
    );
    await arrived(() => issuer.requests.length > 0);
    stop.abort();
    await expect(creation).rejects.toThrow();
    expect(api.store.gateways()).toEqual([]);
    await issuer.close();
  });
});

async function arrived(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
