import ts from "typescript";
import { mcpstackIac } from "./command-line";
import { allowed, organization } from "./organization";

test("Terraform: import blocks and resources, aligned as terraform fmt does", async () => {
  const { env, issuer } = await organization();
  const { code, stdout } = await mcpstackIac(["import", allowed], { env });
  expect(code).toBe(0);
  expect(stdout).toContain(`import {
  to = mcpstack_gateway.plants
  id = "gtw_000001"
}

resource "mcpstack_gateway" "plants" {
  name                     = "Plants"
  provider_type            = "manual"
  authorization_server_url = "${issuer.url}"
  client_id                = "mcpstack-gateway"
  resource                 = "${issuer.resource}"
  scopes                   = ["openid", "plants.read", "plants.write", "profile"]
}`);
  expect(stdout).toContain(`resource "mcpstack_server_gateway_attachment" "petalpal_api" {
  server_id  = "srv_petalpal_api"
  gateway_id = mcpstack_gateway.plants.id
  public_id  = "gw_plants"
}`);
});

test("what the service filled in is left out", async () => {
  const { api, env } = await organization();
  api.setBehaviour({ fills: "derived" });
  const { stdout } = await mcpstackIac(["import", allowed], { env });
  expect(stdout).not.toMatch(/metadata_url|token_endpoint/);
});

test("one gateway is taken over with its own attachments alone, and one that is not there is said", async () => {
  const { api, env } = await organization();
  api.store.createGateway({ name: "Orders", providerType: "manual", authorizationServerUrl: "http://127.0.0.1:9" });
  const { stdout } = await mcpstackIac(["import", "Orders", "--no-metadata"], { env });
  expect(stdout).toContain("mcpstack_gateway.orders");
  expect(stdout).not.toMatch(/plants|petalpal_api/);
  const missing = await mcpstackIac(["import", "Nobody"], { env });
  expect([missing.code, missing.stdout]).toEqual([2, ""]);
  expect(missing.stderr).toContain("[gateway_not_found]");
});

const names = [
  "Support API",
  "support-api",
  "Support_API",
  "class",
  "",
  "日本",
  "42",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a name that looks like one
  "${x}\n*/ `",
  'a"; process.exit(1); "',
];

test.each(["cdktf", "pulumi"])(
  "%s: the program parses, its names are valid and unique, and its texts mean what they say",
  async (to) => {
    const { api, env, issuer } = await organization();
    for (const name of names) {
      const shown = name === "" ? " " : name;
      api.store.createGateway({
        name: shown,
        providerType: "manual",
        authorizationServerUrl: issuer.url,
        clientId: name || "x",
      });
    }
    const { code, stdout } = await mcpstackIac(["import", allowed, "--to", to], { env });
    expect(code).toBe(0);
    const parsed = ts.transpileModule(stdout, { reportDiagnostics: true });
    expect(parsed.diagnostics).toEqual([]);
    const variables = [...stdout.matchAll(/const (\w+) = new Gateway\(/g)].map(([, name]) => name);
    expect(variables).toHaveLength(names.length + 1);
    expect(new Set(variables).size).toBe(variables.length);
    const literals = [...stdout.matchAll(/^ +clientId: (".*"),$/gm)].map(
      ([, text]) => JSON.parse(text ?? "") as string,
    );
    const expected = names.map((name) => (to === "cdktf" ? name.replaceAll("${", () => "$${") : name) || "x");
    expect(literals.slice(1)).toEqual(expected);
    expect(stdout).toMatch(to === "cdktf" ? /\.importFrom\("gtw_000001"\)/ : /adopt: "gtw_000001"/);
  },
);
