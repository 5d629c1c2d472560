// A server has one attachment, whatever the program calls the server or the resource.
import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import { Gateway, type GatewayArgs, ServerGatewayAttachment } from "@mcpstack/pulumi";
import type * as pulumi from "@pulumi/pulumi";
import { type InlineProject, inlineProject } from "./inline-project";
import { writes } from "./requests";

const slug = "petalpal-api";
const id = "srv_petalpal_api";
const gateway = (name: string, args: Partial<GatewayArgs> = {}, options: pulumi.CustomResourceOptions = {}) => {
  const profile = { name, providerType: "manual", authorizationServerUrl: "https://auth.example.invalid" };
  return new Gateway(name, { ...profile, metadataCheck: "off", ...args }, options);
};

describe("attachments", () => {
  let api: LocalApi;
  let project: InlineProject;
  let attachments: Record<string, { serverId: string; to?: string; publicId?: string }> = {};
  let options: pulumi.CustomResourceOptions = {};
  const program = async () => {
    const gateways: Record<string, Gateway> = { support: gateway("support", {}, options), orders: gateway("orders") };
    for (const [name, { to = "support", ...args }] of Object.entries(attachments)) {
      new ServerGatewayAttachment(name, { ...args, gatewayId: gateways[to]?.id ?? to });
    }
  };
  const gatewayId = (name: string) => String(api.store.gatewayByName(name)?.id);
  const attachedTo = () => api.store.attachments().map(({ serverId, gatewayId }) => [serverId, gatewayId]);
  const changesNothing = async () => {
    expect((await project.preview(program)).changes).toEqual({ same: 3 });
    expect((await project.preview(program, { refresh: true })).changes).toEqual({ same: 3 });
    api.clearRequests();
    await project.up(program);
    expect(writes(api)).toEqual([]);
  };

  beforeEach(async () => {
    api = await startLocalApi();
    project = await inlineProject("attachments", api.environment());
    attachments = {};
    options = {};
  });
  afterEach(async () => {
    await api.close();
    project.remove();
  });

  test("a server's slug, its id and the slug that it is renamed to are one server", async () => {
    attachments = { one: { serverId: slug } };
    await project.up(program);
    attachments = { one: { serverId: id } };
    await changesNothing();
    attachments = { one: { serverId: slug } };
    await changesNothing();
    api.store.renameServer(slug, "petals");
    await changesNothing();
    attachments = { one: { serverId: "petals" } };
    await changesNothing();
    attachments = { one: { serverId: "petals", to: "orders" } };
    await project.up(program);
    expect(attachedTo()).toEqual([[id, gatewayId("orders")]]);
    await project.destroy();
    expect(attachedTo()).toEqual([]);
  });

  test.each([
    ["by its slug and its id", slug, id],
    ["by its slug, twice", slug, slug],
  ])("two attachments of one server, named %s, are refused in the preview, naming the first", async (_, one, two) => {
    attachments = { one: { serverId: one }, two: { serverId: two, to: "orders", publicId: "gw_two" } };
    const { ok, output } = await project.preview(program, { mayFail: true });
    expect([ok, output]).toEqual([
      false,
      expect.stringMatching(/has another attachment in this program.*\(already_attached_here\)/),
    ]);
    expect(api.store.gateways()).toEqual([]);
  });

  test("a second one is refused where the first is in the state, and an edit that makes two the same", async () => {
    attachments = { one: { serverId: slug }, other: { serverId: "orders-api" } };
    await project.up(program);
    const before = attachedTo();
    attachments = { one: { serverId: slug }, other: { serverId: "orders-api" }, two: { serverId: id, to: "orders" } };
    expect((await project.up(program, { mayFail: true })).output).toContain("(already_attached_here)");
    attachments = { one: { serverId: slug }, other: { serverId: id } };
    expect((await project.preview(program, { mayFail: true })).output).toContain("already_attached_here");
    expect(attachedTo()).toEqual(before);
  });

  test("a server that is attached already is said in the preview, with how to take it over, and left as it is", async () => {
    const theirs = api.store.createGateway({ name: "Theirs" }).id;
    api.store.attach(slug, { gatewayId: theirs, publicId: "gw_theirs" });
    attachments = { one: { serverId: slug } };
    const preview = await project.preview(program);
    expect(preview.output).toMatch(
      /warning: Server petalpal-api is attached to gateway gtw_000001 with the public id gw_theirs already.*`adopt`.*\(already_attached\)/,
    );
    expect((await project.up(program, { mayFail: true })).ok).toBe(false);
    expect(attachedTo()).toEqual([[id, theirs]]);
  });

  test("a resource that is renamed without an alias keeps its server attached", async () => {
    attachments = { one: { serverId: slug, publicId: "gw_mine" } };
    await project.up(program);
    attachments = { renamed: { serverId: slug, publicId: "gw_mine" } };
    const up = await project.up(program);
    expect(up.output).toContain("(attachment_taken_over)");
    expect(api.store.attachments()).toMatchObject([{ gatewayId: gatewayId("support"), publicId: "gw_mine" }]);
    await changesNothing();
  });

  test("a rename that is applied in part leaves two entries for one server, of which the old one goes alone", async () => {
    attachments = { one: { serverId: slug, publicId: "gw_mine" } };
    await project.up(program);
    attachments = { renamed: { serverId: slug, publicId: "gw_mine" } };
    await project.up(program, { target: ["**renamed"] });
    const up = await project.up(program);
    expect(up.output).toContain("(attachment_kept)");
    expect(api.store.attachments()).toMatchObject([{ gatewayId: gatewayId("support"), publicId: "gw_mine" }]);
    await changesNothing();
  });

  test.each([
    ["that it refreshes", { refresh: true }],
    ["as it is in the state", {}],
  ])("an attachment that the program has no more is detached by the update, %s", async (_, operation) => {
    attachments = { one: { serverId: slug }, two: { serverId: "orders-api" } };
    await project.up(program);
    attachments = { two: { serverId: "orders-api" } };
    const { output } = await project.up(program, operation);
    expect(output).not.toContain("attachment_kept");
    expect(attachedTo()).toEqual([["srv_orders_api", gatewayId("support")]]);
  });

  test("a rename that is applied in part loses its old entry alone also where the update refreshes", async () => {
    attachments = { one: { serverId: slug, publicId: "gw_mine" } };
    await project.up(program);
    attachments = { renamed: { serverId: slug, publicId: "gw_mine" } };
    await project.up(program, { target: ["**renamed"] });
    await project.up(program, { refresh: true });
    expect(api.store.attachments()).toMatchObject([{ gatewayId: gatewayId("support"), publicId: "gw_mine" }]);
    await changesNothing();
  });

  test("an attachment that Pulumi is told to replace is said to be, perhaps, its own, and is replaced", async () => {
    attachments = { one: { serverId: slug, publicId: "gw_mine" } };
    await project.up(program);
    const replaced = await project.up(program, { replace: ["**one"] });
    expect(replaced.output).toMatch(
      /already.*told to replace this resource \(`--replace`.*nothing to do.*\(already_attached\)/,
    );
    expect(replaced.output).not.toMatch(/Terraform|moved block/);
    expect(api.store.attachments()).toMatchObject([{ gatewayId: gatewayId("support"), publicId: "gw_mine" }]);
    await changesNothing();
  });

  test("a gateway that would be deleted before it is replaced is refused with Pulumi's way on, which works", async () => {
    attachments = { one: { serverId: slug } };
    options = { deleteBeforeReplace: true };
    await project.up(program);
    const [before, replace] = [gatewayId("support"), ["**Gateway::support"]];
    const refused = await project.up(program, { replace, mayFail: true });
    expect([refused.ok, refused.output]).toEqual([
      false,
      expect.stringMatching(/servers are attached to it: petalpal-api.*leave `deleteBeforeReplace` out/),
    ]);
    expect(refused.output).not.toMatch(/Terraform|create_before_destroy|untaint/);
    options = {};
    await project.up(program, { replace });
    expect(gatewayId("support")).not.toBe(before);
    expect(attachedTo()).toEqual([[id, gatewayId("support")]]);
    await changesNothing();
  });

  test("a public id that another server has is refused with how to swap two", async () => {
    attachments = { one: { serverId: slug, publicId: "gw_a" }, two: { serverId: "orders-api", publicId: "gw_b" } };
    await project.up(program);
    attachments = { one: { serverId: slug, publicId: "gw_b" }, two: { serverId: "orders-api", publicId: "gw_a" } };
    const { output } = await project.up(program, { mayFail: true });
    expect(output).toMatch(/public id "gw_." is that of another server.*exchange.*three applies/);
  });

  test("a destroy without a refresh leaves an attachment that changed hands, and says so", async () => {
    attachments = { one: { serverId: slug } };
    await project.up(program);
    const theirs = api.store.createGateway({ name: "Theirs" }).id;
    api.store.attach(slug, { gatewayId: theirs });
    const { output } = await project.destroy();
    expect(output).toMatch(/warning: Server petalpal-api was not detached: it is attached to gateway gtw_000003/);
    expect(attachedTo()).toEqual([[id, theirs]]);
  });
});
