import path from "node:path";
import { type LocalApi, startLocalApi, startTableIssuer, type TableIssuer } from "@mcpstack/local-api";
import { Gateway, type GatewayArgs } from "@mcpstack/pulumi";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import { type InlineProject, inlineProject } from "./inline-project";
import { writes } from "./requests";

// What the authorization server publishes, beside what was accepted: one stack, each test continues where the one before stopped.
describe("metadata", () => {
  let api: LocalApi;
  let issuer: TableIssuer;
  let elsewhere: TableIssuer;
  let project: InlineProject;
  let args: GatewayArgs;
  let opts: CustomResourceOptions = {};

  const program = async () => {
    const gateway = new Gateway("support", args, opts);
    return { metadata: gateway.metadata };
  };
  const moved = (endpoint: string) => `${issuer.url}${endpoint}`;

  beforeAll(async () => {
    api = await startLocalApi();
    issuer = await startTableIssuer();
    elsewhere = await startTableIssuer();
    project = await inlineProject("metadata", api.environment());
    args = { name: "Support", providerType: "manual", authorizationServerUrl: issuer.url, clientId: "support-mcp" };
  });
  afterAll(async () => {
    await Promise.all([api.close(), issuer.close(), elsewhere.close()]);
    project.remove();
  });

  test("a finding is a warning of the engine that names the gateway, in the preview and again in the update", async () => {
    args = { ...args, authorizationServerUrl: `${issuer.url}/` };
    for (const ran of [await project.preview(program), await project.up(program)]) {
      expect(ran.output).toMatch(/warning: Gateway "Support": authorizationServerUrl: /);
      expect(ran.output).toContain("issuer-trailing-slash");
    }
  });

  test("under metadataCheck error it fails the check, in words and without a value of another property", async () => {
    issuer.setMetadata({ issuer: "https://somebody.example.com" });
    args = { ...args, metadataCheck: "error", authorizationServerUrl: issuer.url };
    const preview = await project.preview(program, { mayFail: true });
    issuer.setMetadata({ issuer: issuer.url });
    expect(preview.ok).toBe(false);
    expect(preview.output).toMatch(/error: .*has a problem: Gateway "Support": authorizationServerUrl: /);
    expect(preview.output).toContain("https://somebody.example.com");
  });

  test("off asks nobody", async () => {
    issuer.clearRequests();
    args = { ...args, metadataCheck: "off" };
    await project.preview(program);
    expect(issuer.requests).toEqual([]);
    args = { ...args, metadataCheck: "warn" };
    await project.up(program);
  });

  test("a move within the origin is a change that preview --diff shows, and that outlives a refresh", async () => {
    issuer.setMetadata({ token_endpoint: moved("/oauth2/v2/token") });
    await project.refresh();
    const preview = await project.preview(program, { diff: true });
    expect(preview.changes).toEqual({ update: 1 });
    expect(preview.output).toMatch(
      new RegExp(`~ tokenEndpoint\\s*: "${moved("/token")}" => "${moved("/oauth2/v2/token")}"`),
    );
    expect(preview.output).not.toMatch(/~ (clientId|authorizationEndpoint|issuer)/);
  });

  test("ignoreChanges of metadata silences it", async () => {
    opts = { ignoreChanges: ["metadata"] };
    expect((await project.preview(program)).changes).toEqual({ same: 1 });
    opts = {};
  });

  test("a saved plan is not carried out when the metadata has moved since", async () => {
    const plan = path.join(project.folder, "plan.json");
    await project.preview(program, { plan });
    issuer.setMetadata({ token_endpoint: moved("/oauth2/v3/token") });
    const unseen = await project.up(program, { plan, mayFail: true });
    expect(unseen.ok).toBe(false);
    expect(unseen.output).toContain("violates plan");
    issuer.setMetadata({ token_endpoint: moved("/oauth2/v2/token") });
  });

  test("up accepts it, and writes nothing to the API", async () => {
    api.clearRequests();
    const up = await project.up(program);
    expect(up.outputs.metadata).toMatchObject({ issuer: issuer.url, tokenEndpoint: moved("/oauth2/v2/token") });
    expect(writes(api)).toEqual([]);
    expect((await project.preview(program)).changes).toEqual({ same: 1 });
  });

  test("a move to another origin is never accepted by up, and said until the program trusts it", async () => {
    issuer.setMetadata({ token_endpoint: `${elsewhere.url}/token` });
    const up = await project.up(program);
    expect(up.changes).toEqual({ same: 1 });
    expect(up.output).toMatch(/warning: Gateway "Support": /);
    expect(up.output).toContain(`${elsewhere.url}/token`);
    args = { ...args, trustedOrigins: [elsewhere.origin] };
    const trusted = await project.up(program);
    expect(trusted.outputs.metadata).toMatchObject({ tokenEndpoint: `${elsewhere.url}/token` });
  });

  test("ignoreChanges of metadata keeps what was accepted of one issuer for no other", async () => {
    opts = { ignoreChanges: ["metadata"] };
    const chosen = args;
    args = { ...args, authorizationServerUrl: elsewhere.url };
    expect((await project.up(program)).outputs.metadata).toMatchObject({ issuer: elsewhere.url });
    args = chosen;
    expect((await project.up(program)).outputs.metadata).toMatchObject({ issuer: issuer.url });
    opts = {};
    expect((await project.preview(program)).changes).toEqual({ same: 1 });
  });

  test("a host that is down leaves what was accepted", async () => {
    issuer.setAll({ cut: true });
    const preview = await project.preview(program);
    issuer.setAll(undefined);
    expect(preview.changes).toEqual({ same: 1 });
    expect(preview.output).toMatch(/warning: Gateway "Support": /);
  });

  test("hosts that hang share one time budget: not every one is waited for, and the preview still ends", async () => {
    const hanging = await Promise.all(Array.from({ length: 6 }, () => startTableIssuer()));
    for (const host of hanging) host.setAll({ hang: true });
    const many = async () => {
      for (const [at, host] of hanging.entries()) {
        for (const copy of ["a", "b"]) {
          new Gateway(`hanging-${at}-${copy}`, {
            name: `Hanging ${at} ${copy}`,
            providerType: "manual",
            authorizationServerUrl: host.url,
          });
        }
      }
      return program();
    };
    const preview = await project.preview(many);
    const asked = hanging.filter(({ requests }) => requests.length > 0);
    await Promise.all(hanging.map((host) => host.close()));
    expect(preview.changes).toEqual({ create: 12, same: 1 });
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.length).toBeLessThan(6);
  });
});
