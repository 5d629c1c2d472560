import { readFile } from "node:fs/promises";
import path from "node:path";
import { type LocalApi, startLocalApi, startTableIssuer, type TableIssuer } from "@mcpstack/local-api";
import { type Engine, Workspace } from "../e2e/workspace";
import { gateway, gateways, provider } from "./configuration";
import { codes, planned } from "./diagnostics";

const examples = path.resolve(__dirname, "../../examples");
let api: LocalApi;
let workspace: Workspace;
const open: (() => Promise<void>)[] = [];

beforeEach(async () => {
  api = await startLocalApi();
  open.push(() => api.close());
  workspace = await workspaceOf("terraform");
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

async function workspaceOf(engine: Engine): Promise<Workspace> {
  const made = await Workspace.create({ api, engine });
  open.push(() => made.remove());
  return made;
}

async function issuerWith(options: Parameters<typeof startTableIssuer>[0] = {}): Promise<TableIssuer> {
  const issuer = await startTableIssuer(options);
  open.push(() => issuer.close());
  return issuer;
}

/** How often each address of an issuer was asked for. */
function counts(issuer: TableIssuer): Record<string, number> {
  return Object.fromEntries(issuer.requests.map(({ path }) => [path, issuer.count(path)]));
}

describe("where a finding shows", () => {
  test("each is at the configured attribute that it is about, with what was expected, found and where", async () => {
    const issuer = await issuerWith();
    issuer.setResourceMetadata({ resource: `${issuer.resource}/` });
    await workspace.write(
      gateway("support", { authorization_server_url: `${issuer.url}/`, resource: issuer.resource, scopes: ["openid"] }),
    );
    const { diagnostics, status } = await planned(workspace);
    expect(status).toBe(2);
    expect(diagnostics).toMatchObject([
      {
        severity: "warning",
        address: "mcpstack_gateway.support",
        line: `authorization_server_url = "${issuer.url}/"`,
        detail: `Expected: ${issuer.url}/\nFound:    ${issuer.url}\nWhere:    ${issuer.url}/.well-known/oauth-authorization-server\nStandard: RFC 8414 §3.3\n\nSet authorization_server_url to "${issuer.url}". (issuer-trailing-slash)`,
      },
      {
        severity: "warning",
        address: "mcpstack_gateway.support",
        line: `resource = "${issuer.resource}"`,
        detail: expect.stringMatching(/Set resource to ".*\/api\/"\. \(resource-mismatch\)$/),
      },
    ]);
  });

  test("beside a finding about the resource stands the recent event that it explains", async () => {
    const issuer = await issuerWith();
    issuer.setResourceMetadata({ resource: `${issuer.resource}/` });
    const profile = { authorization_server_url: issuer.url, resource: issuer.resource, scopes: ["openid"] };
    const configuration = gateway("support", profile);
    await workspace.write(configuration);
    await workspace.apply();
    const { id } = api.store.gateways()[0] ?? { id: "" };
    const at = "2026-11-24T07:00:00.000Z";
    const failure = { type: "tool_call", outcome: "failure", at } as const;
    api.store.addLogEvent(id, { ...failure, message: "orders.list: invalid audience" });
    api.store.addLogEvent(id, { ...failure, message: "orders.list: the upstream API was slow" });
    api.clearRequests();

    const { diagnostics } = await planned(workspace);
    expect(diagnostics.map(({ detail }) => detail.split("\n").filter((line) => line.startsWith("Recent")))).toEqual([
      [`Recent event: ${at} orders.list: invalid audience`],
    ]);
    const logs = () => api.requests.filter(({ path }) => path.endsWith("/logs")).length;
    expect(logs()).toBe(1);

    await workspace.write(gateway("support", { ...profile, metadata_check: "off" }));
    await planned(workspace);
    expect(logs()).toBe(1);

    await workspace.write(`${configuration}
data "mcpstack_gateway_logs" "recent" {
  gateway_id = mcpstack_gateway.support.id
}
output "audience" {
  value = [for event in data.mcpstack_gateway_logs.recent.events : event.message if strcontains(event.message, "audience")]
}
`);
    await workspace.apply();
    expect(await workspace.outputs()).toEqual({ audience: ["orders.list: invalid audience"] });
  });

  test("no text of a document, an address or an event reaches the terminal in a form that it would obey", async () => {
    const issuer = await issuerWith();
    const hostile = "\u001b[2J\u202e\u0007\r\n::error::owned";
    issuer.setMetadata({
      token_endpoint: `${issuer.url}/${hostile}`,
      scopes_supported: [hostile],
      code_challenge_methods_supported: [`plain${hostile}`, "plain|`<b>"],
    });
    issuer.setResourceMetadata({
      authorization_servers: [`https://other.example.com/${hostile}`, "https://a.example/|`"],
    });
    const configuration = gateway("support", {
      authorization_server_url: `${issuer.url}/`,
      resource: issuer.resource,
      scopes: ["openid"],
      // Lists such as the resource's may be partial: only who asks for it is warned.
      findings: { "issuer-not-among-authorization-servers": "warn" },
    });
    await workspace.write(configuration);
    await workspace.apply();
    api.store.addLogEvent(api.store.gateways()[0]?.id ?? "", {
      type: "tool_call",
      outcome: "failure",
      message: `invalid audience ${hostile}`,
    });
    const { text } = await workspace.plan();
    expect(text).toContain("Recent event: ");
    expect(text).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]|^::/mu);
    const drawn = codes(await planned(workspace));
    expect(drawn).toContain("warning endpoint-missing");
    expect(drawn).toContain("warning pkce-s256-missing");
    expect(drawn).toContain("warning issuer-not-among-authorization-servers");
  });

  test("an attachment says which callback URL to register where the service names another one", async () => {
    api.setBehaviour({ attachmentAddresses: "slash" });
    const attached = (name: string) => `
resource "mcpstack_server_gateway_attachment" "petalpal" {
  server_id  = "petalpal-api"
  gateway_id = mcpstack_gateway.${name}.id
  public_id  = "gw_petalpal"
}
`;
    const configuration =
      gateway("support", { authorization_server_url: "https://auth.example.invalid", metadata_check: "off" }) +
      attached("support");
    await workspace.write(configuration);
    await workspace.apply();
    const derived = `${api.url}/api/v1/gateway/gw_petalpal/oauth/callback`;
    const result = await planned(workspace);
    expect(result).toMatchObject({
      status: 0,
      diagnostics: [
        {
          severity: "warning",
          address: "mcpstack_server_gateway_attachment.petalpal",
          line: 'public_id  = "gw_petalpal"',
          detail: expect.stringContaining(`Register "${derived}/" at the identity provider`),
        },
      ],
    });
    expect(codes(result)).toEqual(["warning callback-url-differs"]);

    await workspace.write(provider({ findings: { "callback-url-differs": "off" } }) + configuration);
    expect(codes(await planned(workspace))).toEqual([]);
  });
});

describe("what a program says about findings", () => {
  test("metadata_check caps: error fails the plan, warn warns, off asks nobody, and a gateway's choice wins", async () => {
    const issuer = await issuerWith({ metadata: { issuer: "https://other.example.com" } });
    const one = (args = {}) => gateway("support", { authorization_server_url: issuer.url, ...args });
    await workspace.write(one());
    expect(await planned(workspace).then(codes)).toEqual(["warning issuer-mismatch"]);

    await workspace.write(provider({ metadata_check: "error" }) + one());
    const failed = await planned(workspace);
    expect(failed.status).toBe(1);
    expect(codes(failed)).toEqual(["error issuer-mismatch"]);

    await workspace.write(provider({ metadata_check: "error" }) + one({ metadata_check: "warn" }));
    expect(await planned(workspace).then(codes)).toEqual(["warning issuer-mismatch"]);

    issuer.clearRequests();
    await workspace.write(provider({ metadata_check: "error" }) + one({ metadata_check: "off" }));
    expect(await planned(workspace)).toMatchObject({ status: 2, diagnostics: [] });
    await workspace.apply();
    expect(await planned(workspace)).toMatchObject({ status: 0, diagnostics: [] });
    expect(issuer.requests).toEqual([]);
  });

  test("off silences a planned change of metadata too", async () => {
    const issuer = await issuerWith();
    const one = (args = {}) => gateway("support", { authorization_server_url: issuer.url, ...args });
    await workspace.write(one());
    await workspace.apply();
    issuer.setMetadata({ token_endpoint: `${issuer.url}/oauth2/token` });
    expect(await planned(workspace)).toMatchObject({ status: 2 });

    await workspace.write(one({ metadata_check: "off" }));
    await workspace.apply();
    issuer.clearRequests();
    expect(await planned(workspace)).toMatchObject({ status: 0, diagnostics: [] });
    expect(issuer.requests).toEqual([]);
    expect((await workspace.state())["mcpstack_gateway.support"]?.metadata).toMatchObject({
      token_endpoint: `${issuer.url}/token`,
    });
  });

  test("single codes are weighed at the provider and at one gateway, and the gateway's choice wins", async () => {
    const issuer = await issuerWith();
    const other = await issuerWith();
    const slash = (url: string) => ({ authorization_server_url: `${url}/` });
    await workspace.write(
      provider({ metadata_check: "error", findings: { "issuer-trailing-slash": "off" } }) +
        gateway("quiet", slash(issuer.url)) +
        gateway("loud", { ...slash(other.url), findings: { "issuer-trailing-slash": "error" } }),
    );
    expect(await planned(workspace)).toMatchObject({
      status: 1,
      diagnostics: [{ severity: "error", address: "mcpstack_gateway.loud" }],
    });

    await workspace.write(
      provider({ findings: { "issuer-trailing-slash": "warn" } }) +
        gateway("quiet", { ...slash(issuer.url), findings: { "issuer-trailing-slash": "off" } }) +
        gateway("loud", slash(other.url)),
    );
    expect(await planned(workspace)).toMatchObject({
      status: 2,
      diagnostics: [{ severity: "warning", address: "mcpstack_gateway.loud" }],
    });
  });

  test("what one gateway makes nothing of does not hide it at another one of the same issuer", async () => {
    const issuer = await issuerWith();
    const at = (severity: string, index: number) =>
      gateway(`${severity}${index}`, {
        authorization_server_url: `${issuer.url}/`,
        findings: { "issuer-trailing-slash": severity },
      });
    const all = [0, 1, 2].flatMap((index) => ["info", "warn", "error"].map((severity) => at(severity, index)));
    await workspace.write(provider({ metadata_check: "error" }) + all.join(""));
    expect((await planned(workspace).then(codes)).sort()).toEqual([
      "error issuer-trailing-slash",
      "warning issuer-trailing-slash",
    ]);
  });
});

describe("what a run costs and repeats", () => {
  test("twenty gateways with one wrong issuer are one warning", async () => {
    const issuer = await issuerWith();
    await workspace.write(gateways(20, () => ({ authorization_server_url: `${issuer.url}/` })));
    expect(await planned(workspace).then(codes)).toEqual(["warning issuer-trailing-slash"]);
    await workspace.apply();
    expect(await planned(workspace).then(codes)).toEqual(["warning issuer-trailing-slash"]);
  });

  test("fifty gateways over two issuers fetch each document once", async () => {
    const both = [await issuerWith(), await issuerWith({ path: "/realms/support" })];
    await workspace.write(
      gateways(50, (index) => {
        const issuer = both[index % 2] as TableIssuer;
        return { authorization_server_url: issuer.url, resource: issuer.resource, scopes: ["openid"] };
      }),
    );
    await workspace.apply();
    for (const issuer of both) issuer.clearRequests();
    expect(await planned(workspace)).toEqual({ status: 0, diagnostics: [] });
    for (const issuer of both) {
      const { pathname } = new URL(issuer.url);
      const path = pathname === "/" ? "" : pathname;
      expect(counts(issuer)).toEqual({
        [`/.well-known/oauth-authorization-server${path}`]: 1,
        [`${path}/jwks`]: 1,
        "/api": 1,
        "/.well-known/oauth-protected-resource/api": 1,
      });
    }
  });

  test("a host that hangs is asked no more than four times for the documents of twenty gateways", async () => {
    const issuer = await issuerWith();
    issuer.setAll({ hang: true });
    await workspace.write(gateways(20, (index) => ({ authorization_server_url: `${issuer.origin}/realms/${index}` })));
    const result = await planned(workspace);
    expect(new Set(codes(result))).toEqual(new Set(["warning metadata-unreachable"]));
    expect(issuer.requests.length).toBeLessThanOrEqual(4);
  });
});

describe("metadata that moves", () => {
  const one = (issuer: TableIssuer, args = {}) => gateway("support", { authorization_server_url: issuer.url, ...args });
  const metadata = async () => (await workspace.state())["mcpstack_gateway.support"]?.metadata;

  test.each<Engine>(["terraform", "opentofu"])(
    "within its origin is planned by %s, accepted by applying, and then nothing is left",
    async (engine) => {
      await workspace.remove();
      workspace = await Workspace.create({ api, engine });
      const issuer = await issuerWith();
      await workspace.write(one(issuer));
      await workspace.apply();
      const moved = { token_endpoint: `${issuer.url}/v2/token`, jwks_uri: `${issuer.url}/v2/jwks` };
      issuer.setMetadata(moved);
      issuer.set("/v2/jwks", { body: { keys: [{ kty: "EC", kid: "1" }] } });

      const result = await planned(workspace, "-out=planned");
      expect(codes(result)).toEqual(["warning metadata-moved"]);
      expect(result.diagnostics[0]?.summary).toContain(`token_endpoint from "${issuer.url}/token" to "`);
      const [change] = await workspace.plannedChanges("planned");
      expect(change?.actions).toEqual(["update"]);
      expect(change?.after).toEqual({
        ...change?.before,
        metadata: { ...(change?.before?.metadata as object), ...moved },
      });

      const writes = () => api.requests.filter(({ method }) => method === "PUT").length;
      await workspace.apply("planned");
      expect(writes()).toBe(0);
      expect(await metadata()).toMatchObject(moved);
      expect(await planned(workspace)).toEqual({ status: 0, diagnostics: [] });
    },
  );

  test("of which the issuer itself is a part is planned and accepted within the origin, and the difference stays said", async () => {
    const issuer = await issuerWith();
    await workspace.write(one(issuer));
    await workspace.apply();
    issuer.setMetadata({ issuer: `${issuer.url}/renamed` });
    const result = await planned(workspace);
    expect(result.status).toBe(2);
    expect(codes(result)).toEqual(["warning issuer-mismatch"]);
    await workspace.apply();
    expect(await metadata()).toMatchObject({ issuer: `${issuer.url}/renamed` });
    const next = await planned(workspace);
    expect(next.status).toBe(0);
    expect(codes(next)).toEqual(["warning issuer-mismatch"]);

    // What the finding says to do ends it.
    issuer.set("/.well-known/oauth-authorization-server/renamed", { body: issuer.metadata() });
    await workspace.write(gateway("support", { authorization_server_url: `${issuer.url}/renamed` }));
    await workspace.apply();
    expect(await planned(workspace)).toEqual({ status: 0, diagnostics: [] });
  });

  test("to another origin is accepted by no apply, until the program names the origin at the gateway or the provider", async () => {
    const issuer = await issuerWith();
    const elsewhere = await issuerWith();
    await workspace.write(one(issuer));
    await workspace.apply();
    const before = await metadata();
    issuer.setMetadata({ token_endpoint: `${elsewhere.origin}/token` });
    const refused = `Trust would move to "${elsewhere.origin}"`;
    for (const time of [1, 2, 3]) {
      const { text } = await workspace.apply();
      expect([time, text.match(/Trust would move to ".*?"/)?.[0]]).toEqual([time, refused]);
      expect(text).toContain("0 added, 0 changed, 0 destroyed");
      expect(await metadata()).toEqual(before);
    }
    expect(await planned(workspace)).toMatchObject({
      status: 0,
      diagnostics: [{ detail: expect.stringContaining(`add "${elsewhere.origin}" to trusted_origins`) }],
    });

    // Saying so is an edit of the gateway as well as what lets the move in.
    for (const configuration of [
      one(issuer, { trusted_origins: [elsewhere.origin] }),
      provider({ trusted_origins: [elsewhere.origin] }) + one(issuer),
    ]) {
      await workspace.write(configuration);
      const [change] = await workspace.changes();
      expect(change?.after?.metadata).toMatchObject({ token_endpoint: `${elsewhere.origin}/token` });
    }
    await workspace.apply("planned");
    expect(await planned(workspace)).toEqual({ status: 0, diagnostics: [] });
  });

  test("between a plan and the apply of that plan changes nothing that was not planned, and the next plan says so", async () => {
    const issuer = await issuerWith();
    await workspace.write(one(issuer));
    await workspace.apply();
    const before = await metadata();
    await workspace.write(one(issuer, { description: "planned" }));
    await workspace.plan("-out=planned");
    issuer.setMetadata({ token_endpoint: `${issuer.url}/v2/token` });
    await workspace.apply("planned");
    expect(await metadata()).toEqual(before);
    expect(api.store.gateways()).toMatchObject([{ description: "planned" }]);
    const next = await planned(workspace);
    expect(next.status).toBe(2);
    expect(codes(next)).toEqual(["warning metadata-moved"]);
  });
});

describe("the data source", () => {
  test("of the check block's example warns of a wrong issuer, blocks nothing, and is silent for a right one", async () => {
    const issuer = await issuerWith();
    const example = await readFile(path.join(examples, "data-sources/mcpstack_oauth_metadata/data-source.tf"), "utf8");
    const configuration = (url: string) =>
      example.replace("https://auth.example.com", url).replace("https://api.example.com", issuer.resource);
    await workspace.write(`${configuration(issuer.url)}
output "issuer" {
  value = data.mcpstack_oauth_metadata.plain.metadata.issuer
}
data "mcpstack_oauth_metadata" "plain" {
  authorization_server_url = ${JSON.stringify(issuer.url)}
}
`);
    const { diagnostics } = await planned(workspace);
    expect(diagnostics).toEqual([]);
    await workspace.apply();
    expect(await workspace.outputs()).toEqual({ issuer: issuer.url });

    await workspace.write(configuration(`${issuer.url}/`));
    expect((await planned(workspace)).diagnostics).toMatchObject([
      {
        severity: "warning",
        summary: "Check block assertion failed",
        detail: expect.stringContaining("The issuer differs by a slash at its end"),
      },
    ]);
    expect((await workspace.apply()).status).toBe(0);
  });
});
