import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import { Gateway, type GatewayArgs } from "@mcpstack/pulumi";
import { type InlineProject, inlineProject } from "./inline-project";

const big = "12345678901234567890";

// What a program says in settings is what the API holds: one stack, each test continues where the one before stopped.
describe("settings", () => {
  let api: LocalApi;
  let project: InlineProject;
  let settings: GatewayArgs["settings"];
  let clientId = "one";

  const program = async () => {
    const gateway = new Gateway("support", {
      name: "Support",
      providerType: "manual",
      authorizationServerUrl: "https://auth.example.invalid",
      metadataCheck: "off",
      clientId,
      settings,
    });
    return { settings: gateway.settings };
  };
  const unknown = () => api.store.gatewayByName("Support")?.unknown ?? {};
  const call = async (method: string, body?: string) => {
    const { id } = api.store.gatewayByName("Support") ?? { id: "" };
    const url = `${api.url}/api/v1/organizations/${api.organization.id}/gateways/${id}`;
    const headers = { authorization: `Bearer ${api.accessToken}`, "content-type": "application/json" };
    return (await fetch(url, { method, headers, ...(body !== undefined && { body }) })).text();
  };
  const isEmpty = async () =>
    expect((await project.preview(program, { refresh: true, diff: true })).changes).toEqual({ same: 1 });

  beforeAll(async () => {
    api = await startLocalApi();
    project = await inlineProject("settings", api.environment());
  });
  afterAll(async () => {
    project.remove();
    await api.close();
  });

  test("a number that JavaScript has rounded is refused, and named", async () => {
    settings = { quota: Number(big) };
    const preview = await project.preview(program, { mayFail: true });
    expect(preview.ok).toBe(false);
    expect(preview.output).toMatch(/settings\.quota.*bigint/);
  });

  test.each<[string, () => GatewayArgs["settings"]]>([
    ["a bigint", () => ({ quota: BigInt(big), share: 0.1 })],
    ["a text of JSON", () => `{"quota": ${big}, "share": 0.1}`],
  ])("every digit arrives out of %s, and the preview after it is empty", async (_, given) => {
    settings = given();
    await project.up(program);
    expect(await call("GET")).toContain(`"quota":${big}`);
    await isEmpty();
  });

  test("a change of the last digit is one, in the program and at the API", async () => {
    settings = `{"quota": 12345678901234567891, "share": 0.1}`;
    await project.up(program);
    expect(await call("GET")).toContain('"quota":12345678901234567891');
    await call("PUT", '{"quota":12345678901234567892}');
    expect((await project.preview(program, { refresh: true })).changes).toEqual({ update: 1 });
    await project.refresh();
    await project.up(program);
    expect(await call("GET")).toContain('"quota":12345678901234567891');
    await isEmpty();
  });

  test("a number that nobody here named survives an update, and a key that the program names no more goes", async () => {
    await call("PUT", `{"theirs":{"n":${big}}}`);
    settings = { a: 1 };
    await project.up(program);
    expect(await call("GET")).toContain(`"theirs":{"n":${big}}`);
    const { quota = null, share = null } = unknown();
    expect([quota, share]).toEqual([null, null]);
    await isEmpty();
  });

  test("null says nothing", async () => {
    settings = { a: 1, b: null };
    expect((await project.preview(program)).changes).toEqual({ same: 1 });
    settings = "null";
    await project.up(program);
    expect(unknown().a ?? null).toBeNull();
    await isEmpty();
  });

  test("a key that the service does not show is warned about once and converges", async () => {
    api.setBehaviour({ unknownEcho: "not-hidden" });
    settings = { hiddenKey: "k", a: 1 };
    expect((await project.up(program)).output).toMatch(/warning: Gateway "Support": settings: .*"hiddenKey"/);
    await isEmpty();
    settings = { hiddenKey: "l", a: 1 };
    clientId = "two";
    expect((await project.up(program)).output).not.toContain("settings_not_shown");
    expect(unknown()).toMatchObject({ hiddenKey: "l" });
    await isEmpty();
    api.setBehaviour({ unknownEcho: "all" });
    await isEmpty();
    await call("PUT", '{"hiddenKey":"other"}');
    expect((await project.preview(program, { refresh: true })).changes).toEqual({ update: 1 });
  });

  test("lists may come back in another order and enriched", async () => {
    api.setBehaviour({ unknownArrays: "sorted", unknownObjects: "enriched" });
    settings = { rules: [{ a: 1 }, { a: 2, in: [1, 2] }] };
    await project.up(program);
    await isEmpty();
    settings = { rules: [{ a: 2, in: [1, 2] }, { a: 1 }] };
    await project.up(program);
    expect(unknown().rules).toEqual([{ a: 2, in: [1, 2] }, { a: 1 }]);
    await isEmpty();
  });

  test.each(["client_id", "TokenUrl"])("%s, a spelling of an argument, is refused with its name", async (name) => {
    settings = { [name]: "x" };
    const preview = await project.preview(program, { mayFail: true });
    expect(preview.output).toMatch(/which the argument (clientId|tokenEndpoint) is for/);
  });
});
