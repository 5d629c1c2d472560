import { mcpstackIac } from "./command-line";
import { organization } from "./organization";

const plan = (before: object | null, after: object) => ({
  format_version: "1.2",
  terraform_version: "1.11.4",
  planned_values: { root_module: {} },
  resource_changes: [
    {
      address: "mcpstack_gateway.plants",
      mode: "managed",
      type: "mcpstack_gateway",
      name: "plants",
      provider_name: "registry.terraform.io/mcpstack/mcpstack",
      change: {
        actions: [before ? "update" : "create"],
        before,
        after,
        after_unknown: {},
        before_sensitive: {},
        after_sensitive: {},
      },
    },
  ],
  configuration: { root_module: {} },
});

const profile = (issuer: string, scopes: readonly string[]) => ({
  id: "gtw_000001",
  name: "Plants",
  provider_type: "manual",
  authorization_server_url: issuer,
  client_id: "mcpstack-gateway",
  scopes,
});

test("a plan is reviewed, with the reach of a changed gateway from the API where a credential is set", async () => {
  const { api, env, issuer, gatewayId } = await organization();
  for (let at = 0; at < 3; at++) api.store.addGrant(gatewayId, { subject: `user-${at}` });
  const stdin = JSON.stringify(plan(profile(issuer.url, ["openid"]), profile(issuer.url, ["openid", "plants.write"])));
  const args = ["review", "-", "--format", "json", "--fail-on", "warn", "--allow-private-addresses"];
  const seen = await mcpstackIac(args, { env, stdin });
  expect([seen.code, seen.stderr]).toEqual([1, ""]);
  expect(seen.stdout).toContain("petalpal-api");
  expect(api.requests.map(({ path }) => path).filter((path) => path.endsWith("/grants"))).toHaveLength(1);
  api.clearRequests();
  const alone = await mcpstackIac(args, { stdin });
  expect(alone.code).toBe(1);
  expect(alone.stdout).not.toContain("petalpal-api");
  expect(api.requests).toEqual([]);
});

test("what is no plan ends with 2", async () => {
  const { code, stderr, stdout } = await mcpstackIac(["review", "-"], { stdin: "{}" });
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/^mcpstack-iac review: /);
});
