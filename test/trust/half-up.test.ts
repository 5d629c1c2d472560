// An issuer's first well-known address cannot be read for a while, and the second one has another document.
import {
  type LocalApi,
  startLocalApi,
  startTableIssuer,
  type TableAnswer,
  type TableIssuer,
} from "@mcpstack/local-api";
import { codesOf, type Project, pulumi, terraformNext } from "./engines";

const first = "/.well-known/oauth-authorization-server";
const second = "/.well-known/openid-configuration";
const outages: readonly (readonly [string, TableAnswer])[] = [
  ["503", { status: 503 }],
  ["429", { status: 429 }],
  ["maintenance", { body: { message: "maintenance" } }],
  ["half a document", { headers: { "content-type": "application/json" }, body: '{"issuer": "https:/' }],
  ["cut", { cut: true }],
];

describe.each([terraformNext, pulumi])("with $name, an issuer that is half up", ({ start }) => {
  let api: LocalApi;
  let issuer: TableIssuer;
  let project: Project;
  const legacy = () => issuer.set(second, { body: { ...issuer.metadata(), token_endpoint: `${issuer.url}/legacy` } });
  beforeEach(async () => {
    api = await startLocalApi();
    issuer = await startTableIssuer();
    project = await start(api);
  });
  afterEach(async () => {
    await project?.remove();
    await Promise.all([api, issuer].map((server) => server.close()));
  });
  const write = (more = {}) => project.write({ half: { authorization_server_url: issuer.url, ...more } });

  test("says that nothing is concluded, and no apply takes the second document for a move", async () => {
    await write();
    await project.apply();
    const before = await project.metadata("half");
    legacy();
    const whole = issuer.body(first);
    for (const [name, answer] of outages) {
      issuer.set(first, answer);
      const plan = await project.plan();
      expect([name, plan.ok, plan.changes.half?.action, codesOf(plan, "half")]).toEqual([
        name,
        true,
        "none",
        ["metadata-unreachable"],
      ]);
      await write({ description: name });
      const applied = await project.apply();
      expect([name, applied.ok, codesOf(applied, "half")]).toEqual([name, true, ["metadata-unreachable"]]);
      expect(await project.metadata("half")).toEqual(before);
    }
    issuer.set(first, { body: whole ?? {} });
    const after = await project.plan();
    expect([after.changes.half?.action, after.said]).toEqual(["none", []]);
  });

  test("is refused as a move where its second document leads to another origin, also where findings count", async () => {
    const count = { metadata_check: "error" };
    await write(count);
    await project.apply();
    const before = await project.metadata("half");
    issuer.set(second, { body: { ...issuer.metadata(), token_endpoint: "https://other.example.com/token" } });
    issuer.set(first, { status: 503 });
    // Also where an edit has the documents read for itself, and nothing is remembered of it.
    for (const more of [{}, { resource: issuer.resource }, { authorization_server_url: `${issuer.url}/` }]) {
      await write({ ...count, ...more });
      const plan = await project.plan();
      expect([plan.ok, plan.output]).toEqual([false, expect.stringContaining("origin-moved")]);
      // What is open is said.
      expect(plan.output).toContain("HTTP 503");
      expect((await project.apply()).ok).toBe(false);
    }
    expect(await project.metadata("half")).toEqual(before);
    await write();
    for (const told of [await project.plan(), await project.apply(), await project.plan()])
      expect([told.ok, codesOf(told, "half")]).toEqual([true, ["origin-moved"]]);
    expect(await project.metadata("half")).toEqual(before);
  });

  test("is followed where the first address only refuses what it does not serve, and a foreign origin is not", async () => {
    issuer.set(first, { status: 400, body: { __type: "BadRequest" } });
    await write();
    const created = await project.apply();
    expect([created.ok, created.said]).toEqual([true, []]);
    legacy();
    const moved = await project.plan();
    expect([moved.changes.half?.action, codesOf(moved, "half")]).toEqual(["update", ["metadata-moved"]]);
    issuer.set(second, { body: { ...issuer.metadata(), token_endpoint: "https://other.example.com/token" } });
    const refused = await project.plan();
    expect([refused.changes.half?.action, codesOf(refused, "half")]).toEqual(["none", ["origin-moved"]]);
    await write({ trusted_origins: ["https://other.example.com"] });
    expect((await project.apply()).ok).toBe(true);
    expect(await project.metadata("half")).toMatchObject({ token_endpoint: "https://other.example.com/token" });
  });

  test("is accepted from what is there at first sight, and that is said", async () => {
    legacy();
    issuer.set(first, { status: 503 });
    await write();
    const applied = await project.apply();
    expect([applied.ok, codesOf(applied, "half")]).toEqual([true, ["metadata-unreachable"]]);
    expect(await project.metadata("half")).toMatchObject({ token_endpoint: `${issuer.url}/legacy` });
    // For good, too: what agrees with what was accepted is not in doubt.
    expect((await project.plan()).said).toEqual([]);
  });

  test("is followed to the second document where the program names that one", async () => {
    await write();
    await project.apply();
    legacy();
    issuer.set(first, { status: 503 });
    await write({ metadata_url: `${issuer.url}${second}` });
    expect((await project.apply()).ok).toBe(true);
    expect(await project.metadata("half")).toMatchObject({ token_endpoint: `${issuer.url}/legacy` });
    const next = await project.plan();
    expect([next.changes.half?.action, next.said]).toEqual(["none", []]);
  });
});
