// The examples as a user runs them: the plain command line on their folders.
import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { type Issuer, type LocalApi, startIssuer, startLocalApi } from "@mcpstack/local-api";
import { type CliProject, cliProject } from "./cli-project";

const root = path.resolve(__dirname, "../..");
const example = (name: string) => path.join(root, "examples", name);

describe("pulumi-environments", () => {
  let apis: Record<"staging" | "production", LocalApi>;
  let project: CliProject;

  beforeAll(async () => {
    const organization = (slug: string) => startLocalApi({ seed: { organization: { slug } } });
    const [staging, production] = await Promise.all([organization("petalpal-staging"), organization("petalpal")]);
    apis = { staging, production };
    project = cliProject(example("pulumi-environments"), {});
  });
  afterAll(async () => {
    await Promise.all([apis.staging.close(), apis.production.close()]);
    rmSync(project.folder, { recursive: true, force: true });
  });

  test("each stack has a gateway of its own, in the organization that its configuration names", async () => {
    const up = async (stack: "staging" | "production") => {
      const env = { MCPSTACK_API_URL: apis[stack].url, MCPSTACK_ACCESS_TOKEN: apis[stack].accessToken };
      await project.pulumi(["stack", "init", stack]);
      // The issuers of the example do not exist, and production would refuse them.
      await project.pulumi(["config", "set", "mcpstack:metadataCheck", "off"]);
      await project.pulumi(["up", "--yes", "--skip-preview"], { env });
      return project.outputs();
    };
    const staging = await up("staging");
    expect(staging.callbackUrl).toBe(`${apis.staging.url}/api/v1/gateway/gw_support-staging/oauth/callback`);
    const [there] = apis.staging.store.gateways();
    expect(there).toMatchObject({ clientId: "support-mcp-staging", resource: "https://api.staging.example.com" });
    expect(there?.scopes).toContain("tickets.write");
    await up("production");
    const [here] = apis.production.store.gateways();
    expect(here).toMatchObject({ clientId: "support-mcp-production", resource: "https://api.example.com" });
    expect(here?.scopes).not.toContain("tickets.write");
  });
});

describe("pulumi-callback", () => {
  let api: LocalApi;
  let issuer: Issuer;
  let project: CliProject;

  beforeAll(async () => {
    [api, issuer] = await Promise.all([startLocalApi(), startIssuer()]);
    project = cliProject(example("pulumi-callback"), api.environment());
  });
  afterAll(async () => {
    await Promise.all([api.close(), issuer.close()]);
    rmSync(project.folder, { recursive: true, force: true });
  });

  test("the client gets the callback URL and the gateway gets the client's id, without a cycle", async () => {
    await project.pulumi(["stack", "init", "test"]);
    await project.pulumi(["config", "set", "issuer", issuer.url]);
    const up = await project.pulumi(["up", "--yes", "--skip-preview"]);
    expect(up.output).not.toMatch(/warning: (?!using pulumi-language)/);
    const outputs = await project.outputs();
    expect(outputs.registeredCallbackUrl).toBe(`${api.url}/api/v1/gateway/gw_petalpal-api/oauth/callback`);
    expect(outputs.confirmedCallbackUrl).toBe(outputs.registeredCallbackUrl);
    expect(api.store.gatewayByName("PetalPal")?.clientId).toBe(outputs.clientId);
    expect((await project.pulumi(["preview", "--expect-no-changes"])).status).toBe(0);
  });

  test("the identity provider takes that callback URL for that client", async () => {
    const { clientId, registeredCallbackUrl } = (await project.outputs()) as Record<string, string>;
    const query = new URLSearchParams({
      client_id: String(clientId),
      redirect_uri: String(registeredCallbackUrl),
      response_type: "code",
      scope: "openid",
      code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
      code_challenge_method: "S256",
    });
    const metadata = (await (await fetch(`${issuer.url}/.well-known/openid-configuration`)).json()) as Record<
      string,
      string
    >;
    const answer = await fetch(`${metadata.authorization_endpoint}?${query}`, { redirect: "manual" });
    // A client or an address that is not registered is told so at once, instead of being sent to sign in.
    expect([302, 303]).toContain(answer.status);
    expect(answer.headers.get("location")).not.toContain("error=");
  });

  test("destroy leaves neither", async () => {
    await project.pulumi(["destroy", "--yes", "--skip-preview"]);
    expect(api.store.gateways()).toEqual([]);
  });
});

test("pulumi-unit-test passes its own tests, without an engine", async () => {
  const jest = path.join(root, "node_modules/jest/bin/jest.js");
  const { stderr } = await promisify(execFile)(process.execPath, [jest, "--rootDir", example("pulumi-unit-test")], {
    cwd: example("pulumi-unit-test"),
  });
  expect(stderr).toContain("2 passed, 2 total");
});

test.each(["pulumi-environments", "pulumi-callback", "pulumi-unit-test"])("%s type-checks", async (name) => {
  const tsc = path.join(root, "node_modules/typescript/bin/tsc");
  const { stdout } = await promisify(execFile)(process.execPath, [tsc, "-p", example(name)]);
  expect(stdout).toBe("");
});
