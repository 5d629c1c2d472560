// Whoever may edit a gateway at the service must not have the machine that plans or checks ask its own network.

import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:net";
import { networkInterfaces } from "node:os";
import { type LocalApi, startLocalApi, startTableIssuer, type TableIssuer } from "@mcpstack/local-api";
import { codesOf, driftReport, mcpstackIac } from "../cli/command-line";
import { Workspace } from "../e2e/workspace";

/** Something on this machine that counts who connects, and answers nobody. */
interface Neighbour {
  readonly connections: () => number;
  /** Where it can be reached from here: on the loopback, and at an address of the local network where there is one. */
  readonly urls: readonly string[];
  close(): Promise<void>;
}

async function neighbour(): Promise<Neighbour> {
  let connections = 0;
  const server: Server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  const own = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ address, family }) => family === "IPv4" && /^(10|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(address))
    .map(({ address }) => `https://${address}:${port}`);
  return {
    connections: () => connections,
    urls: [`http://127.0.0.1:${port}`, `https://127.0.0.1:${port}`, `https://localhost:${port}`, ...own],
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

let api: LocalApi;
let issuer: TableIssuer;
let near: Neighbour;
beforeEach(async () => {
  [issuer, near] = await Promise.all([startTableIssuer(), neighbour()]);
  // The API names its servers' routes at the neighbour's address, as somebody can with a custom domain.
  api = await startLocalApi({ baseUrl: near.urls[1] ?? "" });
});
afterEach(() => Promise.all([api.close(), issuer.close(), near.close()]));

/** What somebody sets at the API: every field that leads to a document. */
const edited = (url: string) => ({
  authorizationServerUrl: url,
  metadataUrl: `${url}/metadata`,
  resource: `${url}/api`,
  clientId: `${url.replace(/^http:/, "https:")}/client`,
});

function editedGateways() {
  for (const url of near.urls) {
    const { id } = api.store.createGateway({ name: url, providerType: "manual", scopes: ["openid"], ...edited(url) });
    api.store.createGateway({ name: `${url} alone`, providerType: "manual", authorizationServerUrl: url });
    if (url === near.urls[0]) api.store.attach("petalpal-api", { gatewayId: id, publicId: "gw_edited" });
  }
}

describe("What somebody set at the API gets no connection", () => {
  test("from a drift check of the organization, which says what was not read and how to allow it", async () => {
    editedGateways();
    const { code, report } = await driftReport([], { env: api.environment() });
    expect(near.connections()).toBe(0);
    expect(code).toBe(1);
    expect([report.checked.gateways, report.checked.routes]).toEqual([near.urls.length * 2, 1]);
    const refused = report.findings.filter(({ code }) => code === "private-address" || code === "public-unreachable");
    for (const { fix } of refused) expect(fix).toContain("--allow-private-addresses");
    expect(refused.map(({ leg }) => leg)).toEqual(expect.arrayContaining(["upstream", "public"]));
  });

  test("until the command is told to allow it", async () => {
    editedGateways();
    await driftReport(["--allow-private-addresses", "--time-limit", "20"], { env: api.environment() });
    expect(near.connections()).toBeGreaterThan(0);
  });

  test.each(["checklist", "import"])("from %s", async (command) => {
    editedGateways();
    const { code } = await mcpstackIac([command, near.urls[0] ?? ""], { env: api.environment() });
    expect(code).not.toBe(2);
    expect(near.connections()).toBe(0);
  });

  test("from a review of a plan that would write it", async () => {
    for (const url of near.urls) {
      const { metadataUrl, resource, clientId } = edited(url);
      const after = { authorization_server_url: url, metadata_url: metadataUrl, resource, client_id: clientId };
      const { stdout } = await mcpstackIac(["review", "-", "--format", "json"], { stdin: planOf(after) });
      expect(stdout).toContain("private-address");
    }
    expect(near.connections()).toBe(0);
  });

  test("from the person's own URL, where it is not the one that was set", async () => {
    const { report } = await driftReport([issuer.url]);
    expect(report.findings).toEqual([]);
    issuer.setMetadata({ jwks_uri: `${near.urls[0]}/keys` });
    expect(codesOf((await driftReport([issuer.url])).report)).toContain("private-address");
    expect(near.connections()).toBe(0);
  });
});

describe("Terraform", () => {
  let workspace: Workspace;
  beforeEach(async () => {
    workspace = await Workspace.create({ api });
    await workspace.write(gateway(issuer.url));
  });
  afterEach(() => workspace.remove());

  const gateway = (url: string) => `
resource "mcpstack_gateway" "support" {
  name                     = "Support"
  provider_type            = "manual"
  authorization_server_url = "${url}"
  scopes                   = ["openid"]
}
`;

  test("reads the program's own private issuer, and nothing of what was set at the API, in a refresh, a plan or an apply", async () => {
    await workspace.apply();
    const [{ id } = { id: "" }] = api.store.gateways();
    for (const url of near.urls) {
      api.store.putGateway(id, { ...api.store.gateways()[0], ...edited(url) });
      issuer.clearRequests();
      expect((await workspace.plan()).status).toBe(2);
      const refresh = await workspace.run("plan", "-refresh-only", "-input=false", "-no-color");
      expect(refresh.status).toBe(0);
      await workspace.apply();
      expect(api.store.gateways()[0]?.authorizationServerUrl).toBe(issuer.url);
    }
    expect(near.connections()).toBe(0);
    expect(issuer.requests).not.toEqual([]);
  });

  test("still reads nothing of it where a person takes it into the state without looking, until the program is applied again", async () => {
    await workspace.apply();
    const [{ id } = { id: "" }] = api.store.gateways();
    const url = near.urls[0] ?? "";
    api.store.putGateway(id, { ...api.store.gateways()[0], authorizationServerUrl: url });
    await workspace.apply("-refresh-only");
    const refresh = await workspace.run("plan", "-refresh-only", "-input=false", "-no-color");
    expect(refresh.status).toBe(0);
    expect(near.connections()).toBe(0);
    // Whoever writes it in the program names it.
    await workspace.write(gateway(url).replace("Support", "Support desk"));
    await workspace.apply();
    await workspace.plan();
    expect(near.connections()).toBeGreaterThan(0);
  });

  test("imports a gateway without a look at a private address that the API names", async () => {
    const url = near.urls[0] ?? "";
    const made = api.store.createGateway({ name: "Support", providerType: "manual", authorizationServerUrl: url });
    await workspace.write(gateway(url));
    const imported = await workspace.run("import", "-no-color", "mcpstack_gateway.support", made.id);
    expect(imported.status).toBe(0);
    const refresh = await workspace.run("plan", "-refresh-only", "-input=false", "-no-color");
    expect(refresh.status).toBe(0);
    expect(near.connections()).toBe(0);
  });

  test("writes the program of an import without a look at a private address that the API names", async () => {
    const url = near.urls[0] ?? "";
    const theirs = { name: "Support", providerType: "manual", authorizationServerUrl: url, resource: `${url}/admin` };
    const { id } = api.store.createGateway({ ...theirs, metadataUrl: `${url}/latest/meta-data` });
    await workspace.write(`import {\n  to = mcpstack_gateway.support\n  id = "${id}"\n}\n`);
    await workspace.plan("-generate-config-out=made.tf");
    expect(await workspace.read("made.tf")).toContain(`${url}/latest/meta-data`);
    expect(near.connections()).toBe(0);
  });
});

function planOf(after: Record<string, unknown>): string {
  const values = { name: "Support", provider_type: "manual", ...after };
  const address = "mcpstack_gateway.support";
  const type = { type: "mcpstack_gateway", name: "support", provider_name: "registry.terraform.io/mcpstack/mcpstack" };
  return JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: { resources: [{ address, mode: "managed", ...type, values }] } },
    resource_changes: [
      {
        address,
        mode: "managed",
        ...type,
        change: { actions: ["create"], before: null, after: values, after_unknown: {} },
      },
    ],
    configuration: { root_module: { resources: [] } },
  });
}
