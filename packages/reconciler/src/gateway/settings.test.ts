import { type LocalApi, type ServerBehaviour, startLocalApi } from "@mcpstack/local-api";
import { type GatewayProfile, type GatewayState, type JsonObject, parseJson, stringifyJson } from "@mcpstack/model";
import type { PartialFailure } from "../errors";
import type { Hear, Notice } from "../notice";
import { quiet, runOn } from "../testing/run";
import { createGateway, type GatewayApplied } from "./create";
import type { GatewayMemory } from "./memory";
import { decideGateway } from "./plan";
import { readGateway } from "./read";
import { updateGateway } from "./update";

let api: LocalApi;
beforeEach(async () => {
  api = await startLocalApi();
});
afterEach(() => api.close());

interface Known {
  readonly state: GatewayState;
  readonly memory: GatewayMemory;
}

const profile = (settings?: JsonObject, more: Partial<GatewayProfile> = {}): GatewayProfile => ({
  ...quiet,
  ...more,
  ...(settings && { settings }),
});
/** What an apply came to, and what it said. */
const heard = async <Applied>(apply: (hear: Hear) => Promise<Applied>) => {
  const notices: Notice[] = [];
  const applied = await apply((notice) => notices.push(notice));
  return { ...applied, notices };
};
const create = (settings: JsonObject) => heard((hear) => createGateway(runOn(api), profile(settings), { hear }));
const refresh = async ({ state, memory }: Known) => {
  const read = await readGateway(runOn(api), state, { memory });
  return { state: read.state as GatewayState, memory: read.memory };
};
const update = ({ state: prior, memory }: Known, desired: GatewayProfile) => {
  const change = { prior, memory, desired, metadata: { value: undefined, unknown: [] } };
  return heard((hear) => updateGateway(runOn(api), change, { hear }));
};
const edited = ({ state: prior, memory }: Known, desired: GatewayProfile) =>
  decideGateway({ prior, memory, desired }).edited;
const unknown = () => api.store.gatewayByName("Support")?.unknown ?? {};
const puts = () => api.requests.filter(({ method }) => method === "PUT");
/** What somebody else changes: by the API, which keeps every digit. */
const setElsewhere = async (fields: string) => {
  const { id } = api.store.gatewayByName("Support") ?? { id: "" };
  const document = `{"name":"Support","authorizationServerUrl":"${quiet.authorizationServerUrl}",${fields}}`;
  const headers = { authorization: `Bearer ${api.accessToken}`, "content-type": "application/json" };
  const url = `${api.url}/api/v1/organizations/${api.organization.id}/gateways/${id}`;
  const answer = await fetch(url, { method: "PUT", headers, body: document });
  expect(answer.ok).toBe(true);
};
const documentText = async () => {
  const { id } = api.store.gatewayByName("Support") ?? { id: "" };
  const headers = { authorization: `Bearer ${api.accessToken}` };
  return (await fetch(`${api.url}/api/v1/organizations/${api.organization.id}/gateways/${id}`, { headers })).text();
};

describe("a setting that the program names no more", () => {
  const behaviours = (["kept", "cleared"] as const).flatMap((putLeftOut) =>
    (["null", "gone"] as const).map((unknownNull): Partial<ServerBehaviour> => ({ putLeftOut, unknownNull })),
  );

  test.each(behaviours)("is gone with %j, and what others have put beside it stays", async (behaviour) => {
    api.setBehaviour(behaviour);
    const made = await create({ a: 1, b: 2, c: { mine: 1, other: 2 } });
    api.store.putGateway(made.state.id, { unknown: { ...unknown(), c: { mine: 1, other: 2, theirs: 3 }, theirs: 1 } });
    const desired = profile({ a: 1, c: { mine: 1 } });
    const before = await refresh(made);
    expect(edited(before, desired)).toEqual(["settings"]);
    const after = await update(before, desired);
    const { b = null, ...rest } = unknown();
    expect(b).toBeNull();
    expect(rest).toEqual({ a: 1, c: { mine: 1, theirs: 3 }, theirs: 1 });
    expect(after.notices).toEqual([]);
    expect(edited(await refresh(after), desired)).toEqual([]);
  });

  test("is gone with all the others where the program has no settings any more", async () => {
    const made = await create({ a: 1, b: { c: 1 } });
    await update(await refresh(made), profile());
    expect(Object.values(unknown()).filter((value) => value !== null)).toEqual([{ c: null }]);
  });

  test("is left out, and not written as null where that is enough", async () => {
    api.setBehaviour({ putLeftOut: "cleared" });
    const made = await create({ a: 1, b: 2 });
    await update(await refresh(made), profile({ a: 1 }));
    expect(puts()).toHaveLength(1);
    expect(unknown()).toEqual({ a: 1 });
  });

  test("is said once to be kept where the service keeps it, and no plan shows it again", async () => {
    api.setBehaviour({ putLeftOut: "kept", unknownNull: "kept" });
    const made = await create({ a: 1, b: 2 });
    const desired = profile({ a: 1 });
    const after = await update(await refresh(made), desired);
    expect(after.notices).toMatchObject([
      {
        code: "settings_not_dropped",
        severity: "warning",
        path: ["settings"],
        message: expect.stringContaining('"b"'),
      },
    ]);
    const read = await refresh(after);
    expect(edited(read, desired)).toEqual([]);
    expect((await update(read, { ...desired, clientId: "x" })).notices).toEqual([]);
    expect(after.findings).toEqual([]);
  });

  test("is said to be kept also where the answer only repeats what was sent", async () => {
    api.setBehaviour({ putLeftOut: "kept", unknownNull: "kept" });
    const made = await create({ a: 1, b: 2 });
    api.store.putGateway(made.state.id, { unknown: { ...unknown(), theirs: 1 } });
    const body = { ...made.state, a: 1 };
    api.faults.add({ match: { method: "PUT" }, performed: true, action: { status: 200, body }, times: 1 });
    const after = await update(await refresh(made), profile({ a: 1 }));
    expect(puts().map(({ body: sent }) => (sent as JsonObject).b)).toEqual([undefined, null]);
    expect(puts().at(-1)?.body).toMatchObject({ a: 1, theirs: 1 });
    expect(after.notices).toMatchObject([{ code: "settings_not_dropped" }]);
  });

  test("is a failed update where the answer tells of an error, and is written no second time", async () => {
    const made = await create({ a: 1, b: 2 });
    const body = { ...made.state, a: 1, b: 2, error: "quota exceeded" };
    api.faults.add({ match: { method: "PUT" }, action: { status: 200, body } });
    const failed = update(await refresh(made), profile({ a: 1 }));
    await expect(failed).rejects.toMatchObject({ code: "not_carried_out", path: ["settings"] });
    expect(puts()).toHaveLength(1);
  });

  test("is waited for where the reads lag, and nothing is said", async () => {
    api.setBehaviour({ putLeftOut: "cleared" });
    const made = await create({ a: 1, b: 2 });
    const path = `/gateways/${made.state.id}`;
    const before = JSON.parse(await documentText());
    const known = await refresh(made);
    api.faults.add({ match: { method: "GET", path }, after: 1, times: 3, action: { status: 200, body: before } });
    const after = await update(known, profile({ a: 1 }));
    expect([after.notices, after.findings]).toEqual([[], []]);
    expect(edited(await refresh(after), profile({ a: 1 }))).toEqual([]);
  });

  test("is told to go where the service does not show it", async () => {
    api.setBehaviour({ putLeftOut: "cleared", unknownNull: "gone", unknownEcho: "not-hidden" });
    const made = await create({ a: 1, hiddenKey: "x" });
    await update(await refresh(made), profile({ a: 1 }));
    expect(unknown()).toEqual({ a: 1 });
  });

  test("is not lost where it goes over to the write-only ones", async () => {
    const made = await create({ a: 1, key: "old" });
    const moved = profile({ a: 1 }, { settingsWo: { key: "new" }, settingsWoVersion: 1 });
    await update(await refresh(made), moved);
    expect(unknown()).toEqual({ a: 1, key: "new" });
  });
});

describe("null in settings", () => {
  test.each<[string, JsonObject | undefined]>([
    ["nothing", undefined],
    ["an empty object", {}],
    ["null", { a: null }],
  ])("%s says nothing: no plan shows it, and nothing is written", async (_, settings) => {
    const made = await createGateway(runOn(api), profile(settings));
    expect(unknown()).toEqual({});
    for (const other of [undefined, {}, { b: null }]) expect(edited(await refresh(made), profile(other))).toEqual([]);
  });

  test("is as if left out at every depth, and leaves what is there", async () => {
    const made = await create({ a: { b: 1 } });
    api.store.putGateway(made.state.id, { unknown: { a: { b: 1, theirs: 2 } } });
    const desired = profile({ a: { b: 1, theirs: null } });
    expect(edited(await refresh(made), desired)).toEqual([]);
    await update(await refresh(made), { ...desired, clientId: "x" });
    expect(unknown()).toEqual({ a: { b: 1, theirs: 2 } });
  });
});

describe("a setting that the service does not show", () => {
  const settings = { hiddenKey: "k", auth: { user: "u", password: "p" }, list: [{ id: 1, password: "q" }] };
  beforeEach(() => api.setBehaviour({ unknownEcho: "not-hidden" }));

  test("is said once, with the way on, and is not compared", async () => {
    const made = await create(settings);
    expect(made.notices).toMatchObject([
      { code: "settings_not_shown", severity: "warning", message: expect.stringContaining("settingsWo") },
    ]);
    expect(made.findings).toEqual([]);
    for (const path of ['"hiddenKey"', '"auth.password"', '"list[].password"'])
      expect(made.notices[0]?.message).toContain(path);
    const read = await refresh(made);
    expect(read.state.settings).toEqual(settings);
    expect(edited(read, profile(settings))).toEqual([]);
    expect(edited(await refresh(read), profile(settings))).toEqual([]);
    const after = await update(read, profile({ ...settings, hiddenKey: "l" }));
    expect(after.notices).toEqual([]);
    expect(unknown().hiddenKey).toBe("l");
    expect(edited(await refresh(after), profile({ ...settings, hiddenKey: "l" }))).toEqual([]);
  });

  test("is waited for where the reads lag, and nothing is said", async () => {
    api.setBehaviour({ unknownEcho: "all" });
    const made = await create({ a: 1 });
    const known = await refresh(made);
    const body = JSON.parse(await documentText());
    const match = { method: "GET", path: `/gateways/${made.state.id}` };
    api.faults.add({ match, after: 1, times: 2, action: { status: 200, body } });
    const after = await update(known, profile({ a: 1, b: 2 }));
    expect([after.notices, after.memory.unshown]).toEqual([[], undefined]);
  });

  test("is no hidden one where the answer tells of an error: the gateway that was made lacks it", async () => {
    const body = { ...quiet, id: "gtw_000001", a: 1, error: "no room for b" };
    api.faults.add({ match: { method: "POST" }, performed: true, action: { status: 201, body } });
    const making = heard((hear) => createGateway(runOn(api), profile({ a: 1, hiddenKey: 2 }), { hear }));
    const failure = await making.catch((error: unknown) => error);
    expect(failure).toMatchObject({ cause: { code: "not_carried_out" }, state: { state: { settings: { a: 1 } } } });
    expect((failure as PartialFailure<GatewayApplied>).state.memory).not.toHaveProperty("unshown");
  });

  test("is found too where only the answer to the write shows it", async () => {
    const made = await create({ a: 1 });
    const desired = profile({ a: 1, once: "s" });
    const body = { ...made.state, ...desired.settings };
    const match = { method: "PUT", path: `/gateways/${made.state.id}` };
    api.faults.add({ match, action: { status: 200, body }, times: 1 });
    const after = await update(await refresh(made), desired);
    expect(after.notices).toMatchObject([{ code: "settings_not_shown" }]);
  });

  test("is drift where it is shown with another value later, and where it is gone after it was shown", async () => {
    const made = await create({ hiddenKey: "k" });
    api.setBehaviour({ unknownEcho: "all" });
    const shown = await refresh(made);
    expect(edited(shown, profile({ hiddenKey: "k" }))).toEqual([]);
    await setElsewhere('"hiddenKey":"other"');
    expect((await refresh(made)).state.settings).toEqual({ hiddenKey: "other" });
    await setElsewhere('"hiddenKey":null');
    expect(edited(await refresh(shown), profile({ hiddenKey: "k" }))).toEqual(["settings"]);
  });

  test("keeps nothing from being found by its name after a lost answer", async () => {
    api.faults.add({ match: { method: "POST", path: "/gateways" }, action: { cut: "after" }, times: 1 });
    const made = await create({ hiddenKey: "k" });
    expect(api.store.gateways().map(({ id }) => id)).toEqual([made.state.id]);
  });
});

describe.each<Partial<ServerBehaviour>>([
  { unknownArrays: "sorted" },
  { unknownObjects: "enriched" },
  { unknownArrays: "sorted", unknownObjects: "enriched" },
])("lists with %j", (behaviour) => {
  const settings = { list: [2, 3, 1], nested: { rules: [{ a: 2, in: [{ b: 2 }, { b: 1 }] }, { a: 1 }] } };
  beforeEach(() => api.setBehaviour(behaviour));

  test("are compared by meaning", async () => {
    const made = await create(settings);
    expect(made.notices).toEqual([]);
    expect((await refresh(made)).state.settings).toEqual(settings);
  });

  test("stay as the service holds them where something else is edited", async () => {
    const made = await create(settings);
    const desired = profile(settings, { clientId: "x" });
    const shown = JSON.parse(await documentText());
    const after = await update(await refresh(made), desired);
    expect(puts().at(-1)?.body).toMatchObject({ list: shown.list, nested: shown.nested });
    expect(edited(await refresh(after), desired)).toEqual([]);
  });

  test("are written in the order that the program gives them anew", async () => {
    const made = await create(settings);
    const desired = profile({ ...settings, list: [3, 1, 2] });
    expect(edited(await refresh(made), desired)).toEqual(["settings"]);
    await update(await refresh(made), desired);
    expect(unknown().list).toEqual([3, 1, 2]);
  });

  test("drift where an element is added or changed", async () => {
    const made = await create(settings);
    await setElsewhere('"list":[1,2,3,4]');
    const read = await refresh(made);
    expect(edited(read, profile(settings))).toEqual(["settings"]);
    await update(read, profile(settings));
    expect([...(unknown().list as number[])].sort()).toEqual([1, 2, 3]);
  });
});

describe("numbers that no double holds", () => {
  const big = "12345678901234567890";
  const fields = `"quota":${big},"deep":[{"n":0.12345678901234567890,"e":1e400}]`;

  test("survive in fields that nobody here knows", async () => {
    const made = await create({ a: 1 });
    await setElsewhere(`"a":1,${fields}`);
    await update(await refresh(made), profile({ a: 1 }, { clientId: "x" }));
    expect(await documentText()).toContain(fields);
  });

  test.each([{}, { putAnswer: "204", createAnswer: "id" }] as const)(
    "are settings as others are, with %j",
    async (behaviour) => {
      api.setBehaviour(behaviour);
      const settings = parseJson(`{${fields}}`) as JsonObject;
      const made = await create(settings);
      expect(await documentText()).toContain(fields);
      const read = await refresh(made);
      expect(stringifyJson(read.state.settings ?? {})).toBe(`{${fields}}`);
      const desired = profile(parseJson(`{${fields.replace(big, "12345678901234567891")}}`) as JsonObject);
      expect(edited(read, desired)).toEqual(["settings"]);
      await update(read, desired);
      expect(await documentText()).toContain("12345678901234567891");
      await setElsewhere(fields.replace(big, "12345678901234567892"));
      expect(
        stringifyJson((await refresh({ ...made, state: { ...made.state, ...desired } })).state.settings ?? {}),
      ).toContain("12345678901234567892");
    },
  );

  test("are the same however they are written", async () => {
    const made = await create(parseJson(`{"a":1.0,"b":1e2,"c":${big}}`) as JsonObject);
    await setElsewhere('"a":1,"b":100.0,"c":1.234567890123456789e19');
    expect(edited(await refresh(made), profile(parseJson(`{"a":1,"b":100,"c":${big}}`) as JsonObject))).toEqual([]);
  });
});

test("a text with asterisks in it is written back as it is", async () => {
  const made = await create({ a: 1 });
  const theirs = { note: "*** do not touch ***", notes: ["***important***", { text: "rated *****" }] };
  api.store.putGateway(made.state.id, { unknown: { ...unknown(), ...theirs } });
  await update(await refresh(made), profile({ a: 1 }, { clientId: "x" }));
  expect(unknown()).toEqual({ a: 1, ...theirs });
  await setElsewhere('"apiKey":"********abcd"');
  const stopped = update(await refresh(made), profile({ a: 1 }, { clientId: "y" }));
  await expect(stopped).rejects.toMatchObject({ code: "masked_field", field: "apiKey" });
});
