import { type LocalApi, startLocalApi, startTableIssuer } from "@mcpstack/local-api";
import {
  Gateway,
  type GatewayArgs,
  getGateway,
  getGatewayLogs,
  getGatewayOutput,
  getGatewayServers,
  getGateways,
  getOAuthMetadata,
  getServer,
  ServerGatewayAttachment,
} from "@mcpstack/pulumi";
import * as pulumi from "@pulumi/pulumi";
import { type InlineProject, inlineProject, type Ran } from "./inline-project";
import { requestsOf, writes } from "./requests";

// What Pulumi's own options do with these resources: one stack, each test continues where the one before stopped.
describe("resource options, look-ups and commands", () => {
  let api: LocalApi;
  let project: InlineProject;
  const profile = (name: string): GatewayArgs => ({
    name,
    providerType: "manual",
    authorizationServerUrl: "https://auth.example.com",
    metadataCheck: "off",
  });
  const urns = async () =>
    (await project.resources())
      .filter(({ type }) => type.includes("mcpstack"))
      .map(({ urn }) => urn.split("::").at(-1));

  /** The kinds of change that write. */
  const writing = ({ changes }: Ran) =>
    Object.keys(changes).filter((kind) => !["same", "read", "discard"].includes(kind));

  /** A team's gateway with its servers, as a component. */
  class Team extends pulumi.ComponentResource {
    readonly gateway: Gateway;
    constructor(name: string, servers: string[], opts?: pulumi.ComponentResourceOptions) {
      super("test:index:Team", name, {}, opts);
      this.gateway = new Gateway(`${name}-gateway`, profile(name), { parent: this });
      for (const server of servers) this.gateway.attachTo(server);
    }
  }

  beforeAll(async () => {
    api = await startLocalApi();
    project = await inlineProject("options", api.environment());
    // An inline program runs in this process, and so do its look-ups.
    Object.assign(process.env, api.environment());
  });
  afterAll(async () => {
    for (const name of Object.keys(api.environment())) delete process.env[name];
    await api.close();
    project.remove();
  });

  test("components, parents and dependsOn: children are attached to the gateway that was made before them", async () => {
    const program = async () => {
      const team = new Team("orders", ["orders-api", "support-api"]);
      new Gateway("later", profile("Later"), { dependsOn: team.gateway });
      return { id: team.gateway.id };
    };
    const up = await project.up(program);
    expect(up.changes).toEqual({ create: 5 });
    const order = requestsOf(api).filter((line) => !line.startsWith("GET "));
    expect(order[0]).toBe("POST gateways");
    const [attachment] = (await project.resources()).filter(({ type }) => type.endsWith("Attachment"));
    expect(attachment?.urn).toContain("test:index:Team$pulumi-nodejs:dynamic/mcpstack:Gateway$");
    expect(await urns()).toEqual(expect.arrayContaining(["orders-gateway-orders-api", "orders-gateway-support-api"]));
    expect(api.store.attachments().map(({ gatewayId }) => gatewayId)).toEqual([up.outputs.id, up.outputs.id]);
  });

  let named: { gateway: string; attachment: string; opts: pulumi.CustomResourceOptions };
  const program = async () => {
    const { gateway: name, attachment, opts } = named;
    const gateway = new Gateway(name, profile("Renamed"), opts);
    new ServerGatewayAttachment(
      attachment,
      { serverId: "petalpal-api", gatewayId: gateway.id, publicId: "gw_petalpal" },
      opts,
    );
    const stack = new pulumi.StackReference("organization/options/test");
    return { id: gateway.id, before: stack.getOutput("id") };
  };

  test("a stack reference reads the outputs of an update before", async () => {
    const { value } = (await project.stack.outputs()).id ?? {};
    named = { gateway: "first", attachment: "first-attachment", opts: {} };
    const up = await project.up(program);
    expect(up.outputs.before).toBe(value);
    expect(api.store.gateways().map(({ name }) => name)).toEqual(["Renamed"]);
  });

  test("an alias makes a rename no change", async () => {
    const aliases = [{ name: "first" }];
    named = { gateway: "second", attachment: "first-attachment", opts: {} };
    const preview = await project.preview(async () => {
      const gateway = new Gateway("second", profile("Renamed"), { aliases });
      new ServerGatewayAttachment("first-attachment", {
        serverId: "petalpal-api",
        gatewayId: gateway.id,
        publicId: "gw_petalpal",
      });
    });
    expect(writing(preview)).toEqual([]);
  });

  test("`pulumi state rename` makes a rename no change", async () => {
    const [gateway] = (await project.resources()).filter(({ type }) => type.endsWith(":Gateway"));
    await project.command(["state", "rename", String(gateway?.urn), "second", "--yes"]);
    expect(writing(await project.preview(program))).toEqual([]);
  });

  test("protect refuses to destroy", async () => {
    named = { ...named, opts: { protect: true } };
    await project.up(program);
    const destroy = await project.destroy({ mayFail: true });
    expect(destroy.output).toContain("cannot be deleted");
    expect(api.store.gateways()).toHaveLength(1);
    named = { ...named, opts: {} };
    await project.up(program);
  });

  test("--target updates one resource and leaves the other", async () => {
    const [gateway] = (await project.resources()).filter(({ type }) => type.endsWith(":Gateway"));
    api.clearRequests();
    const changed = async () => {
      const gateway = new Gateway("second", { ...profile("Renamed"), description: "targeted" });
      new ServerGatewayAttachment("first-attachment", {
        serverId: "petalpal-api",
        gatewayId: gateway.id,
        publicId: "gw_other",
      });
    };
    await project.up(changed, { target: [String(gateway?.urn)] });
    expect(writes(api)).toEqual([`PUT gateways/${gateway?.id}`]);
    expect(api.store.attachment("petalpal-api")?.publicId).toBe("gw_petalpal");
  });

  test("get and the look-ups read what another program manages", async () => {
    const { id } = api.store.gatewayByName("Renamed") ?? {};
    for (const message of ["scope missing", "invalid audience"]) api.store.addLogEvent(String(id), { message });
    const up = await project.up(async () => {
      const gateway = Gateway.get("looked-up", String(id));
      const attachment = ServerGatewayAttachment.get("looked-up-attachment", "petalpal-api");
      return {
        get: gateway.authorizationServerUrl,
        callbackUrl: attachment.callbackUrl,
        byName: await getGateway({ gateway: "Renamed" }),
        byOutput: getGatewayOutput({ gateway: gateway.id }).name,
        all: await getGateways(),
        server: await getServer({ server: "petalpal-api" }),
        servers: await getGatewayServers({ gatewayId: String(id) }),
        logs: await getGatewayLogs({ gatewayId: String(id), limit: 1 }),
      };
    });
    expect(up.outputs).toMatchObject({
      get: "https://auth.example.com",
      callbackUrl: `${api.url}/api/v1/gateway/gw_petalpal/oauth/callback`,
      byName: { id, name: "Renamed", organizationId: "org_petalpal", status: "active" },
      byOutput: "Renamed",
      all: [{ id, name: "Renamed", providerType: "manual", status: "active" }],
      server: { slug: "petalpal-api", gatewayId: id, publicId: "gw_petalpal" },
      servers: [{ slug: "petalpal-api" }],
      logs: [{ message: "invalid audience" }],
    });
    // The resources that were managed before are gone from the program, so that they were deleted; those that are read are not managed.
    expect(api.store.gateways()).toEqual([]);
  });

  test("getOAuthMetadata reads what is published, and names what it tried where nothing is", async () => {
    const issuer = await startTableIssuer();
    const found = await getOAuthMetadata({ authorizationServerUrl: issuer.url });
    expect(found).toMatchObject({
      issuer: issuer.url,
      tokenEndpoint: `${issuer.url}/token`,
      codeChallengeMethods: ["S256"],
    });
    expect(found.url).toBe(`${issuer.url}/.well-known/oauth-authorization-server`);
    issuer.setAll({ status: 404 });
    const missing = getOAuthMetadata({ authorizationServerUrl: `${issuer.url}/other` });
    await expect(missing).rejects.toThrow(`${issuer.origin}/other/.well-known/openid-configuration`);
    await expect(missing).rejects.toMatchObject({ code: "metadata_not_found" });
    await issuer.close();
  });

  test("retainOnDelete leaves the gateway where it is", async () => {
    const kept = async () => void new Gateway("kept", profile("Kept"), { retainOnDelete: true });
    await project.up(kept);
    await project.destroy();
    expect(api.store.gateways().map(({ name }) => name)).toEqual(["Kept"]);
  });
});
