import { readFileSync } from "node:fs";
import path from "node:path";
import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import { Gateway, type GatewayArgs } from "@mcpstack/pulumi";
import * as pulumi from "@pulumi/pulumi";
import { type InlineProject, inlineProject } from "./inline-project";

describe("configuration and secrets", () => {
  let api: LocalApi;
  let other: LocalApi;
  let project: InlineProject;
  let organization = "other";
  const clientId = "a-client-id-that-is-a-secret";
  const clientSecret = "a-client-secret-that-no-output-may-hold";
  const profile: GatewayArgs = {
    name: "Support",
    providerType: "manual",
    authorizationServerUrl: "https://auth.example.com",
    metadataCheck: "off",
  };
  const program = async () => {
    const gateway = new Gateway("support", {
      ...profile,
      clientId: pulumi.secret(clientId),
      settingsWo: { clientSecret },
      settingsWoVersion: 1,
    });
    const elsewhere = new Gateway("elsewhere", {
      ...profile,
      connection: { apiUrl: other.url, organization, credentialFrom: { config: "mcpstack:otherToken" } },
    });
    return { clientId: gateway.clientId, elsewhere: elsewhere.organizationId };
  };
  const ours = async () => (await project.resources()).filter(({ type }) => type.includes("mcpstack"));
  const stateFile = () => readFileSync(path.join(project.folder, "state/.pulumi/stacks/secrets/test.json"), "utf8");

  beforeAll(async () => {
    api = await startLocalApi();
    other = await startLocalApi({ seed: { organization: { id: "org_other", slug: "other" } } });
    project = await inlineProject("secrets", {});
    await project.stack.setAllConfig({
      "mcpstack:apiUrl": { value: api.url },
      "mcpstack:organization": { value: "petalpal" },
      "mcpstack:accessToken": { value: api.accessToken, secret: true },
      "mcpstack:otherToken": { value: other.apiKey, secret: true },
    });
  });
  afterAll(async () => {
    await Promise.all([api.close(), other.close()]);
    project.remove();
  });

  test("configuration is enough, and one program can work on two organizations", async () => {
    const up = await project.up(program);
    expect(up.outputs.elsewhere).toBe("org_other");
    expect(api.store.gatewayByName("Support")).toMatchObject({ clientId, secrets: { clientSecret } });
    expect(other.store.gatewayByName("Support")).toBeDefined();
  });

  test("a secret input is a secret output, before and after a refresh", async () => {
    await project.refresh();
    const outputs = await project.stack.outputs();
    expect(outputs.clientId).toEqual({ value: clientId, secret: true });
    expect(stateFile()).not.toContain(clientId);
  });

  test("write-only settings are encrypted in the inputs and in no output", async () => {
    expect(stateFile()).not.toContain(clientSecret);
    for (const { outputs } of await ours()) expect(JSON.stringify(outputs)).not.toContain(clientSecret);
  });

  test("no gateway and no serialized provider holds a credential; only Pulumi's copy of the configuration does", async () => {
    const all = await project.resources();
    const credentials = [api.accessToken, other.apiKey];
    for (const credential of credentials) {
      expect(JSON.stringify(await ours())).not.toContain(credential);
      expect(stateFile()).not.toContain(credential);
    }
    const holders = all.filter((resource) => credentials.some((one) => JSON.stringify(resource).includes(one)));
    expect(holders.map(({ type }) => type)).toEqual(["pulumi:providers:pulumi-nodejs"]);
  });

  test("the environment comes before the configuration, and says so where they differ", async () => {
    const env = { ...api.environment(), MCPSTACK_ORG_ID: "org_petalpal" };
    const preview = await project.preview(program, { env });
    expect(preview.changes).toEqual({ same: 2 });
    expect(preview.output).toContain(
      "MCPSTACK_ORG_ID (org_petalpal) takes the place of mcpstack:organization (petalpal)",
    );
  });

  test("a key that was rotated in the configuration is stale in refresh, until the next up", async () => {
    const rotated = api.store.addCredential({ label: "rotated", secret: "a-rotated-token" });
    await project.stack.setConfig("mcpstack:accessToken", { value: rotated.secret, secret: true });
    api.store.expireToken(api.accessToken);
    const refresh = await project.refresh({ mayFail: true });
    expect(refresh.ok).toBe(false);
    expect(refresh.output).toContain("401");
    await project.up(program);
    expect((await project.refresh()).changes).toEqual({ same: 2 });
  });

  test("another organization in a resource's own connection means another gateway: one is made there, the old one goes", async () => {
    other.store.addOrganization({ id: "org_third", slug: "third", name: "Third" });
    organization = "third";
    const preview = await project.preview(program);
    expect(preview.changes).toEqual({ replace: 1, same: 1 });
    await project.up(program);
    expect(other.store.gateways().map(({ organizationId }) => organizationId)).toEqual(["org_third"]);
  });

  test("a refused value is not printed, whatever it is", async () => {
    const secret = " a secret with spaces around ";
    const preview = await project.preview(
      async () => {
        new Gateway("support", { ...profile, clientId: pulumi.secret(secret), scopes: ["openid", "a b"] });
      },
      { mayFail: true },
    );
    expect(preview.output).toContain('Gateway "Support": clientId must not begin or end with white space.');
    expect(preview.output).toContain('Gateway "Support": scopes[1] must be one scope token');
    expect(preview.output).not.toContain(secret.trim());
  });

  test("what JavaScript lets through is refused by name: an unknown argument, a credential in the place of its name", async () => {
    const wrong = { ...profile, scope: ["openid"], connection: { credentialFrom: "a-token" } } as unknown;
    const preview = await project.preview(async () => void new Gateway("support", wrong as GatewayArgs), {
      mayFail: true,
    });
    expect(preview.output).toContain("scope is not an argument of a gateway");
    expect(preview.output).toContain("connection.credentialFrom must be");
    expect(preview.output).not.toContain("a-token");
  });

  test("a place that holds no credential is named", async () => {
    const program = async () =>
      void new Gateway("support", { ...profile, connection: { credentialFrom: { env: "NOT_SET_ANYWHERE" } } });
    const preview = await project.preview(program, { mayFail: true });
    expect(preview.output).toContain('environment variable "NOT_SET_ANYWHERE"');
  });
});
