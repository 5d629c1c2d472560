import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import { Gateway, ServerGatewayAttachment } from "@mcpstack/pulumi";
import { type InlineProject, inlineProject } from "./inline-project";

describe("failures", () => {
  let api: LocalApi;
  let project: InlineProject;

  beforeAll(async () => {
    api = await startLocalApi();
    project = await inlineProject("failures", api.environment());
  });
  afterAll(async () => {
    await api.close();
    project.remove();
  });

  const gateway = (name: string) =>
    new Gateway(name, {
      name,
      providerType: "manual",
      authorizationServerUrl: "https://auth.example.com",
      metadataCheck: "off",
    });
  const three = async () => void ["one", "two", "three"].map(gateway);
  const ours = async () => (await project.resources()).filter(({ type }) => type.includes("mcpstack"));

  test("a failure in the middle of up loses nothing, and the next up makes only what is missing", async () => {
    api.faults.add({
      match: { method: "POST", path: "/gateways" },
      after: 1,
      action: { status: 422, body: { message: "the quota is used up" } },
    });
    const failed = await project.up(three, { mayFail: true, continueOnError: true });
    expect(failed.output).toContain("the quota is used up");
    expect(api.store.gateways()).toHaveLength(1);
    expect(await ours()).toHaveLength(1);
    api.faults.clear();
    expect((await project.up(three)).changes).toEqual({ create: 2, same: 1 });
    expect(
      api.store
        .gateways()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["one", "three", "two"]);
  });

  test("a create whose answer is lost is not repeated: the gateway that it made is found and kept", async () => {
    api.faults.add({ match: { method: "POST", path: "/gateways" }, times: 1, action: { cut: "after" } });
    const program = async () => {
      await three();
      gateway("four");
    };
    expect((await project.up(program)).changes).toEqual({ create: 1, same: 3 });
    expect(api.store.gateways().filter(({ name }) => name === "four")).toHaveLength(1);
    expect((await project.refresh()).changes).toEqual({ same: 4 });
  });

  describe("an attachment that the service made otherwise than it was told", () => {
    const program = async () => {
      await three();
      const { id } = gateway("four");
      new ServerGatewayAttachment("attached", { serverId: "petalpal-api", gatewayId: id, publicId: "gw_wanted" });
    };

    test("is a partial failure that keeps the id", async () => {
      const answer = { serverId: "srv_petalpal_api", gatewayId: "gtw_000004", publicId: "gw_given" };
      api.faults.add({
        match: { method: "PUT", path: "/petalpal-api/gateway" },
        times: 1,
        performed: true,
        action: { status: 200, body: answer },
      });
      const failed = await project.up(program, { mayFail: true });
      expect(failed.output).toContain('the public id "gw_given" instead of "gw_wanted"');
      const [attached] = (await ours()).filter(({ type }) => type.endsWith("Attachment"));
      expect(attached).toMatchObject({ id: "petalpal-api", outputs: { publicId: "gw_given" } });
      expect(attached?.initErrors).toHaveLength(1);
    });

    test("can be refreshed, and resumed by the next up", async () => {
      expect((await project.refresh()).ok).toBe(true);
      await project.up(program);
      expect(api.store.attachment("petalpal-api")?.publicId).toBe("gw_wanted");
      expect((await project.preview(program)).changes).toEqual({ same: 5 });
    });
  });

  describe("a credential or an organization that is not the state's", () => {
    const count = 5;

    test("another organization's: refresh, update and delete fail and say so, and nothing is taken for gone", async () => {
      const other = api.store.addOrganization({ id: "org_other", slug: "other", name: "Other" });
      const env = { MCPSTACK_ORG_ID: other.id };
      const refresh = await project.refresh({ env, mayFail: true });
      expect(refresh.ok).toBe(false);
      expect(refresh.output).toContain("belongs to organization org_petalpal, but the provider works on org_other");
      const destroy = await project.destroy({ env, mayFail: true });
      expect(destroy.ok).toBe(false);
      expect(await ours()).toHaveLength(count);
      expect(api.store.gateways()).toHaveLength(4);
    });

    test("an expired token: refresh fails and says so, and nothing is taken for gone", async () => {
      const expired = api.store.addCredential({ label: "expired", secret: "an-expired-token", expired: true });
      const refresh = await project.refresh({ env: { MCPSTACK_ACCESS_TOKEN: expired.secret }, mayFail: true });
      expect(refresh.ok).toBe(false);
      expect(refresh.output).toContain("401");
      expect(refresh.output).not.toContain(expired.secret);
      // What a person reads is not a stack of calls.
      expect(refresh.output).not.toMatch(/^\s+at .*provider\.js/m);
      expect(await ours()).toHaveLength(count);
    });

    test("an organization that is not set is the first that the credential sees", async () => {
      const refresh = await project.refresh({ env: { MCPSTACK_ORG_ID: "" } });
      expect(refresh.changes).toEqual({ same: count });
    });

    test("no credential at all: the text says where one is looked for", async () => {
      const refresh = await project.refresh({ env: { MCPSTACK_ACCESS_TOKEN: "" }, mayFail: true });
      expect(refresh.output).toContain("Set the environment variable MCPSTACK_ACCESS_TOKEN");
      expect(refresh.output).toContain("pulumi config set --secret mcpstack:apiKey");
    });
  });
});
