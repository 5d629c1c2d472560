import { type LocalApi, startLocalApi, startTableIssuer, type TableIssuer } from "@mcpstack/local-api";
import { Gateway, type GatewayArgs } from "@mcpstack/pulumi";
import * as pulumi from "@pulumi/pulumi";
import { type InlineProject, inlineProject } from "./inline-project";
import { requestsOf, writes } from "./requests";

// One stack, from its first preview to its end: each test continues where the one before it stopped.
describe("the life of a gateway and its attachment", () => {
  let api: LocalApi;
  let issuer: TableIssuer;
  let project: InlineProject;
  let args: GatewayArgs;
  let server = "petalpal-api";

  const program = async () => {
    const gateway = new Gateway("support", args);
    const attachment = gateway.attachTo(server, { resourceName: "attachment", publicId: "gw_petalpal" });
    // What depends on an output is unknown in the first preview.
    const second = new Gateway("orders", {
      name: "Orders",
      description: pulumi.interpolate`beside ${gateway.id}`,
      providerType: "manual",
      authorizationServerUrl: issuer.url,
    });
    return {
      id: gateway.id,
      status: gateway.status,
      issuer: gateway.metadata.apply((metadata) => metadata?.issuer),
      callbackUrl: attachment.callbackUrl,
      publicId: attachment.publicId,
      second: second.id,
    };
  };

  beforeAll(async () => {
    api = await startLocalApi();
    issuer = await startTableIssuer();
    project = await inlineProject("lifecycle", api.environment());
    args = {
      name: "Support",
      providerType: "manual",
      authorizationServerUrl: issuer.url,
      clientId: "support-mcp",
      scopes: ["openid", "profile"],
    };
  });
  afterAll(async () => {
    await Promise.all([api.close(), issuer.close()]);
    project.remove();
  });

  test("a preview with inputs that are not known yet asks the API only what there is, and leaves them alone", async () => {
    const preview = await project.preview(program);
    expect(preview.output).not.toContain("error");
    expect(preview.changes).toEqual({ create: 3 });
    // Where no gateway is, no server is attached to one already.
    expect(requestsOf(api)).toEqual(["GET organizations", "GET gateways"]);
  });

  test("up creates the gateways and the attachment, and accepts the metadata that is live", async () => {
    const up = await project.up(program);
    expect(up.changes).toEqual({ create: 3 });
    expect(writes(api)).toEqual(["POST gateways", "PUT mcp-servers/petalpal-api/gateway", "POST gateways"].sort());
    expect(up.outputs).toMatchObject({
      status: "active",
      issuer: issuer.url,
      publicId: "gw_petalpal",
      callbackUrl: `${api.url}/api/v1/gateway/gw_petalpal/oauth/callback`,
    });
    expect(api.store.gatewayByName("Orders")?.description).toBe(`beside ${up.outputs.id}`);
  });

  test("a second preview, with and without a refresh, is empty", async () => {
    expect((await project.preview(program)).changes).toEqual({ same: 3 });
    expect((await project.preview(program, { refresh: true })).changes).toEqual({ same: 3 });
  });

  test("what means the same is no change: other order of scopes, another value of adopt", async () => {
    args = { ...args, scopes: ["profile", "openid"], adopt: true };
    expect((await project.preview(program)).changes).toEqual({ same: 3 });
  });

  test("an update shows the property that changes and no other, and leaves what follows from it known", async () => {
    args = { ...args, clientId: "support-mcp-2" };
    const preview = await project.preview(program, { diff: true });
    expect(preview.changes).toEqual({ update: 1, same: 2 });
    expect(preview.output).toMatch(/~ clientId\s*: "support-mcp" => "support-mcp-2"/);
    expect(preview.output).not.toMatch(/~ scopes|~ metadata|~ adopt|\+ adopt|output<string>/);
  });

  test("an update writes the whole document once", async () => {
    api.clearRequests();
    await project.up(program);
    const { id } = api.store.gatewayByName("Support") ?? {};
    expect(writes(api)).toEqual([`PUT gateways/${id}`]);
    expect(api.store.gatewayByName("Support")?.clientId).toBe("support-mcp-2");
  });

  test("a change made elsewhere is seen by refresh and put right by up", async () => {
    const { id } = api.store.gatewayByName("Support") ?? {};
    api.store.putGateway(String(id), { ...api.store.gateway(String(id)), clientId: "somebody-else" });
    expect((await project.refresh()).output).toMatch(/clientId/);
    const preview = await project.preview(program, { diff: true });
    expect(preview.output).toMatch(/~ clientId\s*: "somebody-else" => "support-mcp-2"/);
    expect(preview.changes).toEqual({ update: 1, same: 2 });
    await project.up(program);
    expect(api.store.gatewayByName("Support")?.clientId).toBe("support-mcp-2");
  });

  test("another server means another attachment: detached first, then attached, with the same public id", async () => {
    server = "orders-api";
    api.clearRequests();
    const up = await project.up(program);
    expect(up.output).toMatch(/ServerGatewayAttachment attachment (replaced|created replacement)/);
    expect(requestsOf(api).filter((line) => !line.startsWith("GET "))).toEqual([
      "DELETE mcp-servers/petalpal-api/gateway",
      "PUT mcp-servers/orders-api/gateway",
    ]);
    expect(up.outputs.publicId).toBe("gw_petalpal");
  });

  test("no resource and no provider of this package holds the credential, nor does anything it prints", async () => {
    const resources = await project.resources();
    const ours = resources.filter(({ type }) => type.includes("mcpstack"));
    expect(ours).toHaveLength(3);
    expect(JSON.stringify(ours)).not.toContain(api.accessToken);
    // From the environment it is nowhere in the state at all.
    expect(JSON.stringify(resources)).not.toContain(api.accessToken);
    expect(project.said()).toContain("gw_petalpal");
    expect(project.said()).not.toContain(api.accessToken);
  });

  test("what was deleted elsewhere is gone after a refresh, and made again by up", async () => {
    const attached = api.store.attachment("orders-api");
    api.store.detach("orders-api");
    api.store.deleteGateway(String(attached?.gatewayId));
    expect((await project.refresh()).changes).toEqual({ delete: 2, same: 1 });
    // A program that still says `adopt` is refused: there is nothing left to take over.
    expect((await project.preview(program, { mayFail: true })).output).toContain("There is no gateway of the name");
    args = { ...args, adopt: undefined };
    const up = await project.up(program);
    expect(up.changes).toEqual({ create: 2, update: 1 });
    expect(api.store.attachment("orders-api")?.publicId).toBe("gw_petalpal");
  });

  test("destroy leaves nothing", async () => {
    expect((await project.destroy()).changes).toEqual({ delete: 3 });
    expect(api.store.gateways()).toEqual([]);
    expect(api.store.attachments()).toEqual([]);
  });
});
