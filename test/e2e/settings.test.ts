// What a program says in settings is what the API holds: every digit, every key and no other, with real engines.
import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import { type Engine, Workspace } from "./workspace";

const big = "12345678901234567890";

describe.each<Engine>(["terraform", "opentofu"])("%s", (engine) => {
  let api: LocalApi;
  let workspace: Workspace;

  beforeAll(async () => {
    api = await startLocalApi();
    workspace = await Workspace.create({ api, engine });
  });
  afterAll(async () => {
    await workspace.remove();
    await api.close();
  });

  const write = (settings: string, more = "") =>
    workspace.write(`
resource "mcpstack_gateway" "support" {
  name                     = "Support"
  provider_type            = "manual"
  authorization_server_url = "https://auth.example.invalid"
  metadata_check           = "off"
  settings                 = ${settings}
  ${more}
}
`);
  const unknown = () => api.store.gatewayByName("Support")?.unknown ?? {};
  const call = async (method: string, body?: string) => {
    const { id } = api.store.gatewayByName("Support") ?? { id: "" };
    const url = `${api.url}/api/v1/organizations/${api.organization.id}/gateways/${id}`;
    const headers = { authorization: `Bearer ${api.accessToken}`, "content-type": "application/json" };
    return (await fetch(url, { method, headers, ...(body !== undefined && { body }) })).text();
  };
  const isEmpty = async () => expect((await workspace.plan()).text).toContain("No changes.");

  test("a number beyond 2^53 arrives, a change of its last digit is planned, and so is one at the API", async () => {
    await write(`jsonencode({ quota = ${big}, share = 0.1 })`);
    await workspace.apply();
    expect(await call("GET")).toContain(`"quota":${big}`);
    await isEmpty();
    await write(`jsonencode({ quota = 12345678901234567891, share = 0.1 })`);
    expect((await workspace.plan()).status).toBe(2);
    await workspace.apply();
    expect(await call("GET")).toContain('"quota":12345678901234567891');
    await call("PUT", '{"quota":12345678901234567892}');
    expect((await workspace.plan()).text).toContain("12345678901234567892");
  });

  test("one that nobody here named survives an update", async () => {
    await call("PUT", `{"theirs":{"n":${big},"d":0.12345678901234567890}}`);
    await write("jsonencode({ a = 1, b = 2 })");
    await workspace.apply();
    expect(await call("GET")).toContain(`"theirs":{"n":${big},"d":0.12345678901234567890}`);
  });

  test("a key that the program names no more goes, and the next plan is empty", async () => {
    await write("jsonencode({ a = 1 })");
    expect((await workspace.plan()).status).toBe(2);
    await workspace.apply();
    expect(unknown().b ?? null).toBeNull();
    expect(unknown()).toMatchObject({ a: 1, theirs: expect.anything() });
    await isEmpty();
  });

  test.each(["null", "jsonencode(null)", "jsonencode({})", "jsonencode([])", "jsonencode({ a = null })"])(
    "settings of %s say nothing",
    async (settings) => {
      await write("jsonencode({ a = 1 })");
      await workspace.apply();
      await write(settings);
      await workspace.apply();
      expect(unknown().a ?? null).toBeNull();
      await isEmpty();
    },
  );

  test("a key that the service does not show is said once and converges", async () => {
    api.setBehaviour({ unknownEcho: "not-hidden" });
    await write('jsonencode({ hiddenKey = "k", a = 1 })');
    const { text } = await workspace.apply();
    expect(text.replace(/[│╵╷]/g, "").replace(/\s+/g, " ")).toMatch(
      /Warning: .*"hiddenKey".*settings_wo.*\(settings_not_shown\)/,
    );
    expect(unknown()).toMatchObject({ hiddenKey: "k" });
    await isEmpty();
    await write('jsonencode({ hiddenKey = "l", a = 1 })', 'client_id = "x"');
    expect((await workspace.apply()).text).not.toContain("settings_not_shown");
    expect(unknown()).toMatchObject({ hiddenKey: "l" });
    await isEmpty();
    api.setBehaviour({ unknownEcho: "all" });
    await isEmpty();
    await call("PUT", '{"hiddenKey":"other"}');
    expect((await workspace.plan()).status).toBe(2);
  });

  test("lists may come back in another order and enriched, and an edit of their order arrives", async () => {
    api.setBehaviour({ unknownArrays: "sorted", unknownObjects: "enriched" });
    await write("jsonencode({ rules = [{ a = 1 }, { a = 2, in = [1, 2] }] })");
    await workspace.apply();
    await isEmpty();
    await write("jsonencode({ rules = [{ a = 2, in = [1, 2] }, { a = 1 }] })");
    expect((await workspace.plan()).status).toBe(2);
    await workspace.apply();
    expect(unknown().rules).toEqual([{ a: 2, in: [1, 2] }, { a: 1 }]);
    await isEmpty();
    api.setBehaviour({ unknownArrays: "as-written", unknownObjects: "as-written" });
  });

  test("a text with asterisks stops nothing, and a mask does", async () => {
    await call("PUT", '{"note":"*** do not touch ***"}');
    await write("jsonencode({ a = 1 })", 'client_id = "y"');
    await workspace.apply();
    expect(unknown()).toMatchObject({ note: "*** do not touch ***" });
    await call("PUT", '{"apiKey":"********abcd"}');
    await write("jsonencode({ a = 1 })", 'client_id = "z"');
    const stopped = await workspace.run("apply", "-auto-approve", "-no-color");
    expect(stopped.status).toBe(1);
    expect(stopped.text).toContain("masked_field");
  });

  test.each(["clientId", "client_id", "authorization_server_url", "issuer", "tokenUrl"])(
    "the spelling %s of a field that has an argument is refused",
    async (name) => {
      await write(`jsonencode({ ${name} = "x" })`);
      const refused = await workspace.run("validate", "-no-color");
      expect(refused.text.replace(/[│╵╷]/g, "").replace(/\s+/g, " ")).toMatch(
        /which the argument [a-z_]+ is for\. \(known_setting\)/,
      );
    },
  );
});
