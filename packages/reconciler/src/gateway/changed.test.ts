// Lost updates: what the service tells of versions is sent back, and nobody's change is overwritten unseen.
import { type LocalApi, type ServerBehaviour, startLocalApi } from "@mcpstack/local-api";
import type { GatewayProfile } from "@mcpstack/model";
import type { RunOptions } from "../run";
import { quiet, runOn } from "../testing/run";
import { createGateway, type GatewayApplied } from "./create";
import { deleteGateway } from "./delete";
import { updateGateway } from "./update";

let api: LocalApi;
beforeEach(async () => {
  api = await startLocalApi();
});
afterEach(() => api.close());

const program: GatewayProfile = { ...quiet, clientId: "one", settings: { region: "eu" } };

/** Changes the gateway as somebody else does, between this project's read and its write. */
function meanwhile(change: () => void): void {
  const { putGateway } = api.store;
  let reads = 0;
  const original = api.store.gatewayBefore.bind(api.store);
  api.store.gatewayBefore = (id, ms) => {
    const found = structuredClone(original(id, ms));
    reads += 1;
    if (reads === 1) change();
    return found;
  };
  expect(putGateway).toBeDefined();
}

/** The same, where the read after the refused write still shows what was there before. */
function meanwhileAndLate(change: () => void): void {
  const original = api.store.gatewayBefore.bind(api.store);
  let before: ReturnType<typeof original>;
  let reads = 0;
  api.store.gatewayBefore = (id, ms) => {
    reads += 1;
    if (reads > 2) return original(id, ms);
    before ??= structuredClone(original(id, ms));
    if (reads === 1) change();
    return before;
  };
}

async function made(): Promise<GatewayApplied> {
  return createGateway(runOn(api), program);
}

const update = ({ state, memory }: GatewayApplied, desired: GatewayProfile, options: Partial<RunOptions> = {}) =>
  updateGateway(runOn(api, options), { prior: state, memory, desired, metadata: { value: undefined, unknown: [] } });

test.each<Partial<ServerBehaviour>>([{ versions: "etag" }, { versions: "field" }])(
  "a read that lags behind the refusal is not taken for a version that is not taken back, where the service is like %j",
  async (behaviour) => {
    api.setBehaviour(behaviour);
    const before = await made();
    meanwhileAndLate(() => api.store.putGateway(before.state.id, { clientId: "theirs" }));
    const updated = update(before, { ...program, clientId: "two" }, { readLagMs: 3_000 });
    await expect(updated).rejects.toMatchObject({ code: "changed_meanwhile" });
    expect(api.store.gateway(before.state.id)).toMatchObject({ clientId: "theirs" });
  },
);

test("the second write of an update, for settings that are given up, is not held against what the first one wrote", async () => {
  api.setBehaviour({ versions: "weak-etag-never-matching", versionConflict: "409", unknownObjects: "enriched" });
  const first = { ...program, settings: { region: "eu", rules: [{ a: 1 }] } };
  const before = await createGateway(runOn(api), first);
  await update(before, { ...program, settings: { rules: [{ a: 2 }] } });
  const { region, rules } = api.store.gateway(before.state.id)?.unknown ?? {};
  expect([region ?? null, rules]).toEqual([null, [{ a: 2 }]]);
});

const ways: Partial<ServerBehaviour>[] = [
  { versions: "etag" },
  { versions: "etag", versionConflict: "409" },
  { versions: "etag", versionDemanded: "yes" },
  { versions: "weak-etag" },
  { versions: "field" },
  { versions: "field", versionConflict: "409", versionDemanded: "yes" },
];

describe.each(ways)("where the service is like %j", (behaviour) => {
  beforeEach(() => api.setBehaviour(behaviour));

  test("an update takes along what somebody has changed beside the program's own fields", async () => {
    const before = await made();
    const { id } = before.state;
    meanwhile(() => api.store.putGateway(id, { unknown: { region: "eu", note: "by hand" } }));
    await update(before, { ...program, clientId: "two" });
    expect(api.store.gateway(id)).toMatchObject({ clientId: "two", unknown: { region: "eu", note: "by hand" } });
    expect(api.requests.filter(({ method }) => method === "PUT").map(({ status }) => status)).toEqual([
      Number(behaviour.versionConflict ?? 412),
      200,
    ]);
  });

  test("one of the program's own fields is not overwritten, and the error says what it was and is", async () => {
    const before = await made();
    const { id } = before.state;
    meanwhile(() =>
      api.store.putGateway(id, { clientId: "theirs", unknown: { region: "us", updatedBy: "ada@example.com" } }),
    );
    await expect(update(before, { ...program, clientId: "two" })).rejects.toMatchObject({
      code: "changed_meanwhile",
      path: ["clientId"],
      message: expect.stringMatching(
        /changed by "ada@example\.com" since the plan: clientId from "one" to "theirs"; settings \("region"\)\. Nothing was written\. Plan again/,
      ),
    });
    expect(api.store.gateway(id)).toMatchObject({ clientId: "theirs" });
  });

  test("what somebody has set just as the program wants it is no conflict", async () => {
    const before = await made();
    const { id } = before.state;
    meanwhile(() => api.store.putGateway(id, { clientId: "two" }));
    await update(before, { ...program, clientId: "two" });
    expect(api.store.gateway(id)).toMatchObject({ clientId: "two" });
  });

  test("a delete is done all the same", async () => {
    const { state } = await made();
    await deleteGateway(runOn(api), state);
    expect(api.store.gateways()).toEqual([]);
  });
});

test("a service that takes no weak tag is written to without one", async () => {
  api.setBehaviour({ versions: "weak-etag-never-matching" });
  const before = await made();
  await update(before, { ...program, clientId: "two" });
  expect(api.store.gateway(before.state.id)).toMatchObject({ clientId: "two" });
});

test("a service that tells no version is sent none", async () => {
  const before = await made();
  await update(before, { ...program, clientId: "two" });
  expect(api.requests.filter(({ headers }) => "if-match" in headers)).toEqual([]);
});

test("a service that goes on refusing ends in an error that says so", async () => {
  const before = await made();
  api.faults.add({ match: { method: "PUT" }, action: { status: 412 } });
  await expect(update(before, { ...program, clientId: "two" })).rejects.toMatchObject({
    code: "changed_meanwhile",
    message: expect.stringMatching(/Nothing was written\. Plan again/),
  });
});

test("two gateways that exchange their names are told the way on", async () => {
  api.setBehaviour({ duplicateNames: "conflict" });
  const one = await made();
  const other = await createGateway(runOn(api), { ...program, name: "Other" });
  await expect(update(one, { ...program, name: "Other" })).rejects.toMatchObject({
    code: "name_taken",
    path: ["name"],
    message: expect.stringMatching(new RegExp(`is that of gateway ${other.state.id}.*a third name first`)),
  });
});
