import { type LocalApi, startLocalApi, startTableIssuer, type TableIssuer } from "@mcpstack/local-api";
import { Gateway } from "@mcpstack/pulumi";
import { type InlineProject, inlineProject } from "./inline-project";
import { requestsOf } from "./requests";

describe("200 resources, sixteen at once", () => {
  const half = 100;
  let api: LocalApi;
  let issuer: TableIssuer;
  let project: InlineProject;
  const program = async () => {
    for (let at = 0; at < half; at += 1) {
      const gateway = new Gateway(`gateway-${at}`, {
        name: `Gateway ${at}`,
        providerType: "manual",
        authorizationServerUrl: issuer.url,
        clientId: "support-mcp",
      });
      gateway.attachTo(`server-${String(at + 1).padStart(4, "0")}`, { publicId: `gw_${at}` });
    }
  };
  /** How often each kind of request came. */
  const tally = () => {
    const counts: Record<string, number> = {};
    for (const line of requestsOf(api)) {
      const kind = line.replace(/gtw_\d+/, "ID").replace(/server-\d+/, "SERVER");
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
    return counts;
  };

  beforeAll(async () => {
    api = await startLocalApi({ seed: { servers: half } });
    issuer = await startTableIssuer();
    project = await inlineProject("scale", api.environment());
  });
  afterAll(async () => {
    await Promise.all([api.close(), issuer.close()]);
    project.remove();
  });

  test("up costs one write a resource, one look at each server, one list of each kind, and one look at the issuer", async () => {
    const up = await project.up(program, { parallel: 16 });
    expect(up.changes).toEqual({ create: 2 * half });
    expect(tally()).toEqual({
      "GET organizations": 1,
      "GET gateways": 1,
      "GET mcp-servers": 1,
      "POST gateways": half,
      "GET mcp-servers/SERVER/gateway": half,
      "PUT mcp-servers/SERVER/gateway": half,
    });
    expect(issuer.count("/.well-known/oauth-authorization-server")).toBe(1);
  });

  test("an empty preview asks only whether the credential works, and a refresh no more than one read a resource", async () => {
    api.clearRequests();
    expect((await project.preview(program, { parallel: 16 })).changes).toEqual({ same: 2 * half });
    expect(tally()).toEqual({ "GET organizations": 1 });
    api.clearRequests();
    expect((await project.refresh()).changes).toEqual({ same: 2 * half });
    const { "GET organizations": organizations, "GET mcp-servers/SERVER/gateway": attachments, ...gateways } = tally();
    expect([organizations, attachments]).toEqual([1, half]);
    const reads = Object.values(gateways).reduce((sum, count) => sum + count, 0);
    expect(reads).toBeLessThanOrEqual(half + 2);
  });

  test("destroy leaves nothing", async () => {
    expect((await project.destroy()).changes).toEqual({ delete: 2 * half });
    expect(api.store.gateways()).toEqual([]);
  });
});
