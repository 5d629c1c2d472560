// The API credential and write-only settings appear nowhere: not in state, plan files, logs, output or errors.
import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import { Workspace } from "../e2e/workspace";
import { expectNowhere, places } from "../secrets/places";
import { errorCount } from "./workspace";

const secret = "vP7-kQz-93xw-Lm4t";
const configuration = (lines = "") => `
variable "secret" {
  type      = string
  sensitive = true
  ephemeral = true
}
resource "mcpstack_gateway" "support" {
  name                     = "Support"
  provider_type            = "manual"
  authorization_server_url = "https://auth.example.invalid"
  metadata_check           = "off"
  settings_wo              = jsonencode({ clientSecret = var.secret })
  settings_wo_version      = 1
${lines}
}
resource "mcpstack_server_gateway_attachment" "petalpal" {
  server_id  = "petalpal-api"
  gateway_id = mcpstack_gateway.support.id
}
data "mcpstack_gateways" "all" {
  depends_on = [mcpstack_gateway.support]
}
`;

let api: LocalApi;
let workspace: Workspace;
beforeEach(async () => {
  api = await startLocalApi({ behaviour: { unknownFields: "present", maskedSecret: "****" } });
});
afterEach(async () => {
  await workspace.remove();
  await api.close();
});

describe.each([
  ["an access token", () => ({})],
  ["an API key", () => ({ MCPSTACK_ACCESS_TOKEN: "", MCPSTACK_API_KEY: api.apiKey })],
] as const)("with %s", (_, env) => {
  test.each(["script", "executable"] as const)(
    "a whole life under TF_LOG=TRACE with the %s leaves it nowhere",
    async (form) => {
      const log = { TF_LOG: "TRACE", TF_LOG_PROVIDER: "TRACE", TF_VAR_secret: secret, ...env() };
      workspace = await Workspace.create({ api, form, env: log });
      const printed: string[] = [];
      const keep = async (outcome: Promise<{ text: string; status: number }>) => {
        const { text, status } = await outcome;
        expect(status).not.toBe(1);
        printed.push(text);
      };
      await workspace.write(configuration());
      await keep(workspace.plan("-out=first.tfplan"));
      await keep(workspace.run("show", "-json", "first.tfplan"));
      await keep(workspace.apply("first.tfplan"));
      expect(api.store.gateways()[0]?.secrets).toEqual({ clientSecret: secret });
      await workspace.write(configuration(`  client_id = "two"`));
      await keep(workspace.plan("-out=second.tfplan"));
      await keep(workspace.apply("second.tfplan"));
      await keep(workspace.run("show", "-json"));
      expect(printed.join("")).toContain("[TRACE]");
      const all = await places(workspace.folder, printed);
      expect(all.map(([where]) => where)).toEqual(
        expect.arrayContaining(["first.tfplan/tfplan", "first.tfplan/tfstate", "terraform.tfstate"]),
      );
      expectNowhere(all, api.accessToken, api.apiKey, secret);
      await workspace.apply("-destroy");
    },
  );
});

describe("a server that echoes the credential in its answer", () => {
  test.each([
    ["an error's text", (token: string) => ({ status: 422, body: { error: `bad request: Bearer ${token}` } })],
    ["a text body", (token: string) => ({ status: 500, body: `authorization: ${token}` })],
    ["a Base64 text", (token: string) => ({ status: 403, body: { message: Buffer.from(token).toString("base64") } })],
    [
      "a redirect's address",
      (token: string) => ({ status: 302, headers: { location: `https://x.example/?t=${token}` } }),
    ],
    [
      "a content type",
      (token: string) => ({ status: 200, body: "no json", headers: { "content-type": `text/${token}` } }),
    ],
  ])("in %s does not get it shown", async (_, action) => {
    workspace = await Workspace.create({ api, env: { TF_LOG: "TRACE", TF_VAR_secret: secret } });
    await workspace.write(configuration());
    api.faults.add({ match: { method: "POST", path: "/gateways" }, action: action(api.accessToken) });
    const outcome = await workspace.run("apply", "-auto-approve", "-input=false", "-no-color");
    expect([outcome.status, errorCount(outcome)]).toEqual([1, 1]);
    expectNowhere(await places(workspace.folder, [outcome.text]), api.accessToken, secret);
  });
});

test("a server that repeats a write-only value that it refuses does not get it shown", async () => {
  workspace = await Workspace.create({ api, env: { TF_LOG: "TRACE", TF_VAR_secret: secret } });
  await workspace.write(configuration());
  const action = { status: 422, body: { error: `clientSecret: ${secret} is too short` } };
  api.faults.add({ match: { method: "POST", path: "/gateways" }, action });
  const outcome = await workspace.run("apply", "-auto-approve", "-input=false", "-no-color");
  expect(outcome.text).toMatch(/clientSecret: \[secret\]\s+(│\s+)?is too short/);
  expectNowhere(await places(workspace.folder, [outcome.text]), secret);
});

test("a credential in the provider's configuration is in no state and no error either", async () => {
  workspace = await Workspace.create({ api, env: { TF_VAR_secret: secret, MCPSTACK_ACCESS_TOKEN: "" } });
  await workspace.write(`provider "mcpstack" {\n  api_key = "${api.apiKey}"\n}\n${configuration()}`);
  const applied = await workspace.apply();
  api.store.expireToken("api-key");
  const refused = await workspace.run("plan", "-no-color", "-input=false");
  expect(refused.text).toContain("(unauthenticated)");
  expectNowhere(await places(workspace.folder, [applied.text, refused.text]), api.apiKey);
});
