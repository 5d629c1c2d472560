import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import { Gateway, type GatewayArgs, ServerGatewayAttachment } from "@mcpstack/pulumi";
import { type InlineProject, inlineProject } from "./inline-project";
import { writes } from "./requests";

// Gateways that somebody made in the dashboard, taken over by a program.
describe("adoption", () => {
  let api: LocalApi;
  let project: InlineProject;
  let supportId: string;
  const profile: GatewayArgs = {
    name: "Support",
    providerType: "manual",
    authorizationServerUrl: "https://auth.example.com",
    clientId: "support-mcp",
    scopes: ["openid", "profile"],
    metadataCheck: "off",
  };

  beforeAll(async () => {
    api = await startLocalApi({ behaviour: { unknownFields: "present" } });
    supportId = api.store.createGateway({
      name: "Support",
      description: "Made in the dashboard",
      providerType: "manual",
      authorizationServerUrl: "https://auth.example.com",
      clientId: "old-client",
      scopes: ["profile", "openid"],
    }).id;
    for (const _ of [1, 2]) api.store.createGateway({ name: "Twin", providerType: "manual" });
    api.store.attach("petalpal-api", { gatewayId: supportId, publicId: "gw_registered" });
    project = await inlineProject("adoption", api.environment());
  });
  afterAll(async () => {
    await api.close();
    project.remove();
  });

  test.each([
    ["none of that name", { ...profile, name: "Nobody", adopt: true }, 'There is no gateway of the name "Nobody"'],
    ["two of that name", { ...profile, name: "Twin", adopt: true }, '2 gateways have the name "Twin": gtw_'],
    ["no such id", { ...profile, adopt: "gtw_999999" }, 'There is no gateway with the id "gtw_999999"'],
  ])("%s: the preview refuses and says so", async (_, args, reason) => {
    const preview = await project.preview(async () => void new Gateway("support", args), { mayFail: true });
    expect(preview.ok).toBe(false);
    expect(preview.output).toContain(`Gateway ${JSON.stringify(args.name)}: `);
    expect(preview.output).toContain(reason);
  });

  test("Pulumi's own import option fails before the provider is asked, which is why there is `adopt`", async () => {
    api.clearRequests();
    const program = async () => void new Gateway("support", profile, { import: supportId });
    const preview = await project.preview(program, { mayFail: true });
    expect(preview.ok).toBe(false);
    expect(preview.output).toContain("Cannot read properties of undefined (reading 'toJavaScript')");
    expect(api.requests).toEqual([]);
  });

  test("attaching a server that is attached already is refused, and says to whom", async () => {
    const program = async () =>
      void new ServerGatewayAttachment("petalpal", { serverId: "petalpal-api", gatewayId: "gtw_000002" });
    const up = await project.up(program, { mayFail: true });
    expect(up.ok).toBe(false);
    expect(up.output).toContain(`already attached to gateway ${supportId} with the public id gw_registered`);
    expect(up.output).toContain("`adopt`");
    expect(api.store.attachment("petalpal-api")?.gatewayId).toBe(supportId);
  });

  const names = { gateway: "support", attachment: "petalpal" };
  const program = async () => {
    const gateway = new Gateway(names.gateway, { ...profile, adopt: supportId });
    const attachment = new ServerGatewayAttachment(names.attachment, {
      serverId: "petalpal-api",
      gatewayId: gateway.id,
      adopt: true,
    });
    return { id: gateway.id, publicId: attachment.publicId };
  };

  test("the preview says which gateway is taken over and what would change", async () => {
    const preview = await project.preview(program);
    expect(preview.output).toContain(`takes over the existing gateway ${supportId} and changes it`);
    expect(preview.output).toContain('clientId: "old-client" => "support-mcp"');
    expect(preview.output).not.toContain("scopes:");
    expect(preview.output).toContain('Attachment of server "petalpal-api" is taken over');
  });

  test("up takes both over: one write, the public route stays, what nobody named stays", async () => {
    api.clearRequests();
    const up = await project.up(program);
    expect(up.outputs).toMatchObject({ id: supportId, publicId: "gw_registered" });
    expect(writes(api)).toEqual([`PUT gateways/${supportId}`, "PUT mcp-servers/petalpal-api/gateway"]);
    const stored = api.store.gateway(supportId);
    expect(stored).toMatchObject({ clientId: "support-mcp", description: "Made in the dashboard" });
    expect(Object.keys(stored?.unknown ?? {}).sort()).toEqual(["clientRegistration", "identityResolution"]);
    expect((await project.preview(program, { refresh: true })).changes).toEqual({ same: 2 });
  });

  test("resources that are renamed and adopt are not taken down by their old selves", async () => {
    names.gateway = "renamed";
    names.attachment = "renamed-attachment";
    api.clearRequests();
    const up = await project.up(program);
    expect(up.changes).toEqual({ create: 2, delete: 2 });
    expect(writes(api).filter((line) => line.startsWith("DELETE"))).toEqual([]);
    expect(api.store.attachment("petalpal-api")).toMatchObject({ gatewayId: supportId, publicId: "gw_registered" });
    expect((await project.preview(program, { refresh: true })).changes).toEqual({ same: 2 });
  });
});
