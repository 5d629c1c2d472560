import {
  type LocalApi,
  pairwiseBehaviours,
  startLocalApi,
  startTableIssuer,
  type TableIssuer,
} from "@mcpstack/local-api";
import { Gateway } from "@mcpstack/pulumi";
import { type InlineProject, inlineProject } from "./inline-project";
import { writes } from "./requests";

// One stack talks to as many APIs as there are behaviours, each through a connection of its own.
describe("every pair of server behaviours", () => {
  // What a masked secret demands of an update is the reconciler's and the API client's to show; here nothing is updated.
  const behaviours = pairwiseBehaviours(["foreignOrganization", "errorBody"]);
  let apis: LocalApi[];
  let issuer: TableIssuer;
  let project: InlineProject;
  let clientId = "support-mcp";

  const program = async () => {
    for (const [at, api] of apis.entries()) {
      const connection = {
        apiUrl: api.url,
        organization: api.organization.slug,
        credentialFrom: { env: `API_${at}` },
      };
      const gateway = new Gateway(`gateway-${at}`, {
        name: "Support",
        providerType: "manual",
        authorizationServerUrl: issuer.url,
        clientId,
        // A resource of another host has no document, which is worth no warning.
        resource: "urn:petalpal:api",
        scopes: ["profile", "openid"],
        settings: { row: 1, hiddenKey: "k", rules: [{ a: 2, in: [2, 1] }, { a: 1 }] },
        connection,
      });
      gateway.attachTo("petalpal-api", { publicId: "gw_petalpal", resourceName: `attachment-${at}`, connection });
    }
  };

  beforeAll(async () => {
    issuer = await startTableIssuer({ host: "LOCALHOST" });
    apis = await Promise.all(behaviours.map((behaviour) => startLocalApi({ behaviour })));
    const credentials = Object.fromEntries(apis.map((api, at) => [`API_${at}`, api.accessToken]));
    project = await inlineProject("behaviours", credentials);
  });
  afterAll(async () => {
    await Promise.all([issuer.close(), ...apis.map((api) => api.close())]);
    project.remove();
  });

  test("up works, and the preview after it, with a refresh, is empty", async () => {
    const up = await project.up(program);
    expect(up.output).not.toContain("error:");
    expect(up.changes).toEqual({ create: behaviours.length * 2 });
    const preview = await project.preview(program, { refresh: true, diff: true });
    expect(preview.changes).toEqual({ same: behaviours.length * 2 });
  });

  test("an update writes each gateway once, and the preview after it is empty again", async () => {
    for (const api of apis) api.clearRequests();
    clientId = "support-mcp-2";
    const masked = apis.filter((api) => api.behaviour().maskedSecret !== "not-answered");
    const up = await project.up(program, { mayFail: true, continueOnError: true });
    // A masked secret that nobody spoke for stops the update, and nothing is written.
    expect(up.ok).toBe(masked.length === 0);
    const written = apis.filter((api) => writes(api).length > 0);
    expect(written).toHaveLength(apis.length - masked.length);
    for (const api of written) expect(api.store.gatewayByName("Support")?.clientId).toBe(clientId);
  });

  test("destroy leaves nothing", async () => {
    await project.destroy();
    expect(apis.flatMap((api) => api.store.gateways())).toEqual([]);
  });
});
