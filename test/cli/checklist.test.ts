import { driftReport, mcpstackIac } from "./command-line";
import { allowed, organization } from "./organization";

interface Item {
  readonly title: string;
  readonly entries: readonly { readonly value?: string; readonly standing: string; readonly note?: string }[];
}

async function checklist(env: Readonly<Record<string, string>>, ...args: string[]) {
  const { code, stdout } = await mcpstackIac(["checklist", "Plants", allowed, "--format", "json", ...args], { env });
  const { items } = JSON.parse(stdout) as { items: Item[] };
  const entries = (title: string) => items.find((item) => item.title === title)?.entries ?? [];
  return {
    code,
    items,
    of: (title: string) => entries(title).map(({ value, standing }) => [value, standing]),
    entries,
  };
}

test("has every row of the help page's provider checklist", async () => {
  const { env } = await organization();
  expect((await checklist(env)).items.map(({ title }) => title)).toEqual([
    "Authorization server",
    "Application type",
    "Client id",
    "Allowed callback URLs",
    "Allowed logout URL",
    "Allowed origin",
    "Scopes",
    "Audience (resource)",
  ]);
});

test("names every callback URL of the gateway's servers as the service names it, and their origin", async () => {
  const { api, env, gatewayId } = await organization();
  api.store.attach("srv_orders_api", { gatewayId, publicId: "gw_orders" });
  api.setBehaviour({ attachmentAddresses: "slash" });
  const { of } = await checklist(env);
  expect(of("Allowed callback URLs")).toEqual([
    [`${api.url}/api/v1/gateway/gw_plants/oauth/callback/`, "open"],
    [`${api.url}/api/v1/gateway/gw_orders/oauth/callback/`, "open"],
  ]);
  expect(of("Allowed origin")).toEqual([[api.url, "open"]]);
});

test("ticks what published metadata confirms, and marks what it contradicts", async () => {
  const { env, issuer } = await organization();
  issuer.setMetadata({ scopes_supported: ["openid", "plants.read"] });
  const confirmed = await checklist(env);
  expect(confirmed.code).toBe(0);
  expect(confirmed.of("Authorization server")).toEqual([[issuer.url, "confirmed"]]);
  expect(confirmed.of("Audience (resource)")).toEqual([[issuer.resource, "confirmed"]]);
  expect(Object.fromEntries(confirmed.of("Scopes"))).toEqual({
    openid: "confirmed",
    "plants.read": "confirmed",
    "plants.write": "open",
    profile: "open",
  });
  expect(confirmed.entries("Scopes").find(({ value }) => value === "plants.write")?.note).toContain("water_plant");
  issuer.setMetadata({ issuer: `${issuer.url}/`, code_challenge_methods_supported: ["plain"] });
  const contradicted = await checklist(env);
  expect(contradicted.code).toBe(1);
  expect(contradicted.of("Authorization server")).toEqual([[`${issuer.url}/`, "contradicted"]]);
  expect(contradicted.of("Application type")).toContainEqual(["PKCE with S256", "contradicted"]);
});

test("without metadata nothing is ticked and nothing is read", async () => {
  const { env, issuer } = await organization();
  const { items } = await checklist(env, "--no-metadata");
  expect(new Set(items.flatMap(({ entries }) => entries.map(({ standing }) => standing)))).toEqual(new Set(["open"]));
  expect(issuer.requests).toEqual([]);
});

test("text and Markdown hold the same values, with a box each", async () => {
  const { api, env, issuer } = await organization();
  const text = await mcpstackIac(["checklist", "gtw_000001", allowed], { env });
  expect(text.stdout).toContain(`[x] ${issuer.url}\n`);
  expect(text.stdout).toContain(`[ ] ${api.url}/api/v1/gateway/gw_plants/oauth/callback\n`);
  const markdown = await mcpstackIac(["checklist", "gtw_000001", allowed, "--format", "markdown"], { env });
  expect(markdown.stdout).toContain(`- [x] \`${issuer.url}\``);
  expect(markdown.stdout).toContain(`- [ ] \`${api.url}/api/v1/gateway/gw_plants/oauth/callback\``);
});

test("hostile names stay text", async () => {
  const { api, env, gatewayId } = await organization();
  api.store.putGateway(gatewayId, { name: "\u001b[31m<img src=x> @all `", clientId: "](https://evil.example)" });
  for (const format of ["text", "markdown"]) {
    const { stdout } = await mcpstackIac(["checklist", gatewayId, allowed, "--format", format], { env });
    expect(stdout).not.toContain("\u001b");
    if (format === "markdown") expect(stdout.replace(/`[^`\n]*`/g, "")).not.toMatch(/<img|\]\(https/);
  }
});

test.each([
  ["Nobody", /no gateway with the id or name "Nobody"/],
  ["Twice", /2 gateways have the name "Twice": gtw_000002, gtw_000003/],
])("a gateway that cannot be told ends with 2: %s", async (name, message) => {
  const { api, env, issuer } = await organization();
  for (let at = 0; at < 2; at++)
    api.store.createGateway({ name: "Twice", providerType: "manual", authorizationServerUrl: issuer.url });
  const { code, stderr } = await mcpstackIac(["checklist", name], { env });
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
  expect((await driftReport(["Twice"], { env })).report.checked.gateways).toBe(2);
});
