import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromDynamicValue, toDynamicValue } from "../convert/dynamic-value";
import { identityType } from "../convert/identity";
import { t } from "../cty/type";
import { unknown, type ValueObject } from "../cty/value";
import { PartialApply } from "../diagnostics/errors";
import type { ProviderDefinition, ResourceDefinition } from "../provider/definition";
import { createServer } from "../provider/server";
import { schema } from "../schema/schema";
import { everythingSchema } from "../toy/everything";
import { note } from "../toy/note";
import { toyProvider } from "../toy/provider";
import { Store } from "../toy/store";
import { Deferred_Reason, Diagnostic_Severity } from "../wire/gen/tfplugin6_pb";

const folder = mkdtempSync(join(tmpdir(), "dispatch-"));
afterAll(() => rmSync(folder, { recursive: true }));

const json = (value: unknown) => Buffer.from(JSON.stringify(value));
const noteType = note.schema.type;
const ofNote = (value: ValueObject | null) => toDynamicValue(noteType, value);
const ofIdentity = (id: string) => ({ identityData: toDynamicValue(identityType(note.identity as never), { id }) });

async function toy(config: ValueObject = { folder }, deferralAllowed = false) {
  const server = createServer(toyProvider());
  const answer = await server.dispatch("configureProvider", {
    terraformVersion: "1.11.4",
    config: toDynamicValue(toyProvider().schema.type, config),
    clientCapabilities: { deferralAllowed },
  });
  expect(answer.diagnostics).toEqual([]);
  return server;
}

test("Metadata and schemas name all that there is, and what the server can do.", async () => {
  const server = createServer(toyProvider());
  const metadata = await server.dispatch("getMetadata", {});
  expect(metadata.serverCapabilities).toMatchObject({
    planDestroy: true,
    getProviderSchemaOptional: true,
    moveResourceState: true,
  });
  expect(metadata.resources.map(({ typeName }) => typeName)).toEqual(["toy_everything", "toy_note"]);
  const schemas = await server.dispatch("getProviderSchema", {});
  expect(Object.keys(schemas.resourceSchemas)).toEqual(["toy_everything", "toy_note"]);
  expect(Object.keys(schemas.functions)).toEqual(["join", "same"]);
  expect(schemas.resourceSchemas.toy_note?.version).toBe(2n);
  expect((await server.dispatch("getFunctions", {})).functions.join?.variadicParameter?.name).toBe("parts");
  const identities = await server.dispatch("getResourceIdentitySchemas", {});
  expect(identities.identitySchemas.toy_note?.identityAttributes).toMatchObject([
    { name: "id", requiredForImport: true },
  ]);
});

test("A resource is imported by its identity, which goes with it.", async () => {
  const server = await toy();
  new Store(folder).write("n1", { text: "found" });
  const imported = await server.dispatch("importResourceState", { typeName: "toy_note", identity: ofIdentity("n1") });
  expect(imported.diagnostics).toEqual([]);
  const [resource] = imported.importedResources;
  expect(fromDynamicValue(noteType, resource?.state)).toMatchObject({ id: "n1", text: null });
  const read = await server.dispatch("readResource", {
    typeName: "toy_note",
    currentState: { msgpack: resource?.state?.msgpack as never },
    currentIdentity: ofIdentity("n1"),
  });
  expect(fromDynamicValue(noteType, read.newState)).toMatchObject({ id: "n1", text: "found" });
  expect(read.newIdentity).toMatchObject(ofIdentity("n1"));
});

test("A state of a newer schema version is refused in a sentence that names both versions.", async () => {
  const { diagnostics } = await createServer(toyProvider()).dispatch("upgradeResourceState", {
    typeName: "toy_note",
    version: 99n,
    rawState: { json: Buffer.from("{}") },
  });
  expect(diagnostics).toMatchObject([
    {
      summary: "Could not upgrade the state of toy_note",
      detail: expect.stringMatching(
        /^The state was written by a newer version of the provider \(schema version 99; this one has \d+\)\./,
      ),
    },
  ]);
});

test("An identity is upgraded by its schema.", async () => {
  const server = createServer(toyProvider());
  const upgrade = (version: bigint) =>
    server.dispatch("upgradeResourceIdentity", {
      typeName: "toy_note",
      version,
      rawIdentity: { json: json({ id: "n1", gone: true }) },
    });
  expect((await upgrade(0n)).upgradedIdentity).toMatchObject(ofIdentity("n1"));
  expect((await upgrade(4n)).diagnostics).toMatchObject([
    { summary: "Could not upgrade the state of toy_note's identity" },
  ]);
});

test("Resources are listed with their identity, up to the limit, and with the resource where it is wanted.", async () => {
  const server = await toy();
  const store = new Store(folder);
  for (const id of ["list-1", "list-2", "list-3"]) store.write(id, { text: `text of ${id}` });
  const config = toDynamicValue(t.object({ prefix: t.string }), { prefix: "list" });
  const found = [];
  for await (const event of server.dispatch("listResource", {
    typeName: "toy_note",
    config,
    limit: 2n,
    includeResourceObject: true,
  }))
    found.push(event);
  expect(found.map(({ displayName }) => displayName)).toEqual(["text of list-1", "text of list-2"]);
  expect(found[0]?.identity).toMatchObject(ofIdentity("list-1"));
  expect(fromDynamicValue(noteType, found[0]?.resourceObject)).toMatchObject({ text: "text of list-1" });
});

test("A state that moved in from another type is taken over; one of an unknown type is not.", async () => {
  const server = createServer(toyProvider());
  const move = (sourceTypeName: string) =>
    server.dispatch("moveResourceState", {
      sourceProviderAddress: "registry.terraform.io/other/other",
      sourceTypeName,
      sourceState: { json: json({ key: "k" }) },
      targetTypeName: "toy_note",
    });
  const moved = await move("other_note");
  expect(fromDynamicValue(noteType, moved.targetState)).toMatchObject({ id: "k" });
  expect(moved.targetIdentity).toMatchObject(ofIdentity("k"));
  expect((await move("other_thing")).diagnostics).toMatchObject([
    { summary: "Could not move other_thing to toy_note" },
  ]);
});

test("State in the flat form of old is refused with a way out.", async () => {
  const { diagnostics } = await createServer(toyProvider()).dispatch("upgradeResourceState", {
    typeName: "toy_note",
    version: 2n,
    rawState: { flatmap: { id: "n1" } },
  });
  expect(diagnostics).toMatchObject([{ detail: expect.stringContaining("Import the resource anew") }]);
});

test("State of the present version keeps every digit of a number, and loses attributes that are gone.", async () => {
  const { upgradedState } = await createServer(toyProvider()).dispatch("upgradeResourceState", {
    typeName: "toy_note",
    version: 2n,
    rawState: { json: Buffer.from('{"id":"n","text":"x","seen":12345678901234567890,"gone":1}') },
  });
  expect(fromDynamicValue(noteType, upgradedState)).toEqual({
    id: "n",
    text: "x",
    slow: null,
    fails: null,
    seen: 12345678901234567890n,
  });
});

test("An ephemeral resource is opened, renewed and closed, and its private data goes along.", async () => {
  const server = await toy();
  const type = t.object({ name: t.string, value: t.string });
  const opened = await server.dispatch("openEphemeralResource", {
    typeName: "toy_ticket",
    config: toDynamicValue(type, { name: "a" }),
  });
  expect(fromDynamicValue(type, opened.result)).toMatchObject({ value: "ticket for a" });
  const renewed = await server.dispatch("renewEphemeralResource", {
    typeName: "toy_ticket",
    private: opened.private as never,
  });
  expect(JSON.parse(Buffer.from(renewed.private ?? []).toString())).toEqual({ name: "a", renewed: true });
  const closed = await server.dispatch("closeEphemeralResource", {
    typeName: "toy_ticket",
    private: renewed.private as never,
  });
  expect(closed.diagnostics).toEqual([]);
  expect(new Store(folder).read("ticket")).toEqual({ open: false, name: "a" });
});

describe("While the provider's configuration is not known", () => {
  const state = { id: "n1", text: "x", slow: null, fails: null, seen: 1 };

  test("a read leaves the state as it is, and a plan is made without a client.", async () => {
    const server = await toy({ folder: unknown });
    const read = await server.dispatch("readResource", {
      typeName: "toy_note",
      currentState: ofNote(state),
      private: json({ a: 1 }),
    });
    expect(fromDynamicValue(noteType, read.newState)).toEqual(state);
    expect(Buffer.from(read.private)).toEqual(json({ a: 1 }));
    expect(read.deferred).toBeUndefined();
    const config = ofNote({ text: "x" });
    const plan = await server.dispatch("planResourceChange", {
      typeName: "toy_note",
      proposedNewState: config,
      config,
    });
    expect(fromDynamicValue(noteType, plan.plannedState)).toMatchObject({ id: unknown, text: "x" });
  });

  test("a data source says what to do, and is put off where the client takes that.", async () => {
    const type = t.object({ id: t.string, text: t.string });
    const request = { typeName: "toy_lookup", config: toDynamicValue(type, { id: "n1" }) };
    const server = await toy({ folder: unknown });
    expect((await server.dispatch("readDataSource", request)).diagnostics).toMatchObject([
      { severity: Diagnostic_Severity.ERROR, detail: expect.stringContaining("known only after an apply") },
    ]);
    const later = await server.dispatch("readDataSource", {
      ...request,
      clientCapabilities: { deferralAllowed: true },
    });
    expect(later.deferred?.reason).toBe(Deferred_Reason.PROVIDER_CONFIG_UNKNOWN);
    expect(fromDynamicValue(type, later.state)).toEqual({ id: "n1", text: unknown });
  });
});

test("What a provider does not have is an error with its name, for every kind of thing.", async () => {
  const server = await toy();
  const typeName = "toy_nothing";
  const found = [
    (await server.dispatch("readResource", { typeName })).diagnostics,
    (await server.dispatch("readDataSource", { typeName })).diagnostics,
    (await server.dispatch("openEphemeralResource", { typeName })).diagnostics,
    (await server.dispatch("validateListResourceConfig", { typeName })).diagnostics,
    (await server.dispatch("validateActionConfig", { actionType: typeName })).diagnostics,
    (await server.dispatch("planAction", { actionType: typeName })).diagnostics,
    (await server.dispatch("validateStateStoreConfig", { typeName })).diagnostics,
    (await server.dispatch("getStates", { typeName })).diagnostics,
    (await server.dispatch("lockState", { typeName })).diagnostics,
    (await server.dispatch("writeStateBytes", [{ meta: { typeName } }])).diagnostics,
  ];
  for (const diagnostics of found)
    expect(diagnostics).toMatchObject([
      { severity: Diagnostic_Severity.ERROR, detail: expect.stringContaining(typeName) },
    ]);
  for await (const { diagnostic } of server.dispatch("listResource", { typeName }))
    expect(diagnostic).toMatchObject([{ detail: expect.stringContaining(typeName) }]);
  for await (const { type } of server.dispatch("invokeAction", { actionType: typeName }))
    expect(type.case).toBe("completed");
  const called = await server.dispatch("callFunction", { name: typeName });
  expect(called.error?.text).toContain("Unknown function");
});

/** A provider with one resource, some of whose functions are given. */
function withResource(given: Partial<ResourceDefinition<string>>): ProviderDefinition<string> {
  return {
    schema: schema({}),
    configure: () => ({ client: "client" }),
    resources: {
      r: {
        schema: schema({
          attributes: { a: { type: t.string, optional: true }, c: { type: t.string, computed: true } },
        }),
        read: ({ state }) => ({ state }),
        create: ({ planned }) => ({ state: planned }),
        delete() {},
        ...given,
      },
    },
  };
}
const rType = t.object({ a: t.string, c: t.string });
const r = (value: ValueObject | null) => toDynamicValue(rType, value);

async function apply(
  given: Partial<ResourceDefinition<string>>,
  prior: ValueObject | null,
  planned: ValueObject | null,
) {
  const server = createServer(withResource(given));
  await server.dispatch("configureProvider", {});
  const answer = await server.dispatch("applyResourceChange", {
    typeName: "r",
    priorState: r(prior),
    plannedState: r(planned),
    config: r(planned),
    plannedPrivate: json({ from: "plan" }),
  });
  return {
    state: fromDynamicValue(rType, answer.newState),
    private: Buffer.from(answer.private).toString(),
    diagnostics: answer.diagnostics,
  };
}
const fails = () => Promise.reject(Object.assign(new Error("no room"), { code: "FULL" }));
const error = { severity: Diagnostic_Severity.ERROR };

test("A failed create leaves nothing, a failed update or delete what was.", async () => {
  expect(await apply({ create: fails }, null, { a: "x" })).toMatchObject({
    state: null,
    diagnostics: [{ ...error, summary: "Could not create r", detail: "no room (FULL)" }],
  });
  const before = { a: "x", c: "c" };
  expect(await apply({ update: fails }, before, { a: "y", c: unknown })).toMatchObject({
    state: before,
    diagnostics: [error],
  });
  expect(await apply({ delete: fails }, before, null)).toMatchObject({ state: before, diagnostics: [error] });
  expect(
    await apply({ delete: () => ({ diagnostics: [{ severity: "error", summary: "Locked" }] }) }, before, null),
  ).toMatchObject({ state: before });
  expect(await apply({}, before, null)).toMatchObject({ state: null, diagnostics: [] });
});

test("A create that failed halfway saves what it has, without what is unknown, and shows its cause.", async () => {
  const create = () => {
    throw new PartialApply({ a: "x", c: unknown }, new Error("cut off"), { private: { half: true } });
  };
  expect(await apply({ create }, null, { a: "x", c: unknown })).toEqual({
    state: { a: "x", c: null },
    private: '{"half":true}',
    diagnostics: [
      expect.objectContaining({
        ...error,
        detail: expect.stringMatching(/^cut off\n\n.*tainted.*`terraform untaint ADDRESS`/s),
      }),
    ],
  });
});

test("An update that failed halfway leaves nothing tainted, and says nothing of it.", async () => {
  const update = () => {
    throw new PartialApply({ a: "y", c: "c" }, new Error("cut off"));
  };
  expect(await apply({ update }, { a: "x", c: "c" }, { a: "y", c: "c" })).toMatchObject({
    state: { a: "y", c: "c" },
    diagnostics: [{ ...error, detail: "cut off" }],
  });
});

test("A value that is still unknown after an apply is an error at its place, and the rest is saved.", async () => {
  const { state, diagnostics } = await apply({}, null, { a: "x", c: unknown });
  expect(state).toEqual({ a: "x", c: null });
  expect(diagnostics).toMatchObject([
    { ...error, attribute: { steps: [{ selector: { case: "attributeName", value: "c" } }] } },
  ]);
});

test("A result of the wrong type is an error with its place.", async () => {
  const { diagnostics } = await apply({ create: () => ({ state: { a: 5, c: "c" } }) }, null, { a: "x", c: unknown });
  expect(diagnostics).toMatchObject([{ ...error, detail: "a: expected string, got a number (CTY_VALUE)" }]);
});

test("A resource without an update says that it should have planned a replacement.", async () => {
  const { diagnostics } = await apply({}, { a: "x", c: "c" }, { a: "y", c: unknown });
  expect(diagnostics).toMatchObject([{ detail: expect.stringContaining("r has no update") }]);
});

test("An exception in a plan or a validation is a diagnostic, and the server lives on.", async () => {
  const server = createServer(withResource({ plan: fails, validate: fails }));
  const config = r({ a: "x" });
  expect(
    (await server.dispatch("planResourceChange", { typeName: "r", config, proposedNewState: config })).diagnostics,
  ).toMatchObject([{ ...error, summary: "Could not plan resource change of r", detail: "no room (FULL)" }]);
  expect((await server.dispatch("validateResourceConfig", { typeName: "r", config })).diagnostics).toMatchObject([
    error,
  ]);
  expect((await server.dispatch("getMetadata", {})).resources).toHaveLength(1);
});

test("A destroy is planned too, and the author may object.", async () => {
  const seen: unknown[] = [];
  const server = createServer(
    withResource({
      plan({ proposed, prior }) {
        seen.push(proposed, prior);
        return { diagnostics: [{ severity: "warning", summary: "Data will be lost" }] };
      },
    }),
  );
  const answer = await server.dispatch("planResourceChange", {
    typeName: "r",
    priorState: r({ a: "x", c: "c" }),
    proposedNewState: r(null),
    config: r(null),
  });
  expect(seen).toEqual([null, { a: "x", c: "c" }]);
  expect(fromDynamicValue(rType, answer.plannedState)).toBeNull();
  expect(answer.diagnostics).toMatchObject([{ severity: Diagnostic_Severity.WARNING }]);
});

test("A stop aborts the calls that are going on, and not those that come.", async () => {
  const reasons: unknown[] = [];
  const server = createServer(
    withResource({
      read: ({ state, ctx }) =>
        state.a === "quick"
          ? { state, diagnostics: ctx.signal.aborted ? [{ severity: "error" as const, summary: "aborted" }] : [] }
          : new Promise((resolve) => {
              ctx.signal.addEventListener("abort", () => {
                reasons.push((ctx.signal.reason as Error).name);
                resolve({ state });
              });
            }),
    }),
  );
  await server.dispatch("configureProvider", {});
  const running = server.dispatch("readResource", { typeName: "r", currentState: r({ a: "slow" }) });
  const client = new AbortController();
  const cancelled = server.dispatch("readResource", { typeName: "r", currentState: r({ a: "slow" }) }, client.signal);
  client.abort(new RangeError("gone"));
  await cancelled;
  expect((await server.dispatch("stopProvider", {})).Error).toBe("");
  await running;
  expect(reasons).toEqual(["RangeError", "StoppedError"]);
  expect(
    (await server.dispatch("readResource", { typeName: "r", currentState: r({ a: "quick" }) })).diagnostics,
  ).toEqual([]);
});

test("What is computed once a process is computed once, and again after a failure.", async () => {
  let count = 0;
  const server = createServer(
    withResource({
      read: async ({ state, ctx }) => {
        const n = await ctx.once("key", async () => {
          count++;
          if (count === 1) throw new Error("not yet");
          return count;
        });
        return { state: { ...state, c: String(n) } };
      },
    }),
  );
  await server.dispatch("configureProvider", {});
  const read = () => server.dispatch("readResource", { typeName: "r", currentState: r({ a: "x" }) });
  expect((await read()).diagnostics).toMatchObject([{ detail: "not yet" }]);
  const [one, two] = await Promise.all([read(), read()]);
  expect([one, two].map(({ newState }) => fromDynamicValue(rType, newState))).toEqual([
    { a: "x", c: "2" },
    { a: "x", c: "2" },
  ]);
});

test("Configuration made from a state leaves out what is computed, write-only or the default.", async () => {
  const server = createServer(toyProvider());
  const { type } = everythingSchema;
  const state = {
    id: "x",
    revision: 1,
    string: "s",
    defaulted: "by default",
    secret_length: 3,
    list_block: [{ name: "n", size: 2, made: "m" }],
  };
  const answer = await server.dispatch("generateResourceConfig", {
    typeName: "toy_everything",
    state: toDynamicValue(type, state),
  });
  expect(fromDynamicValue(type, answer.config)).toMatchObject({
    id: null,
    revision: null,
    string: "s",
    defaulted: null,
    list_block: [{ name: "n", size: 2, made: null }],
  });
});
