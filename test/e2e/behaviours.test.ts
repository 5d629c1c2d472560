// Every pair of the API's open behaviours, with a real Terraform: what was applied stays as it is.
import {
  type LocalApi,
  pairwiseBehaviours,
  type ServerBehaviour,
  startLocalApi,
  startTableIssuer,
  type TableIssuer,
} from "@mcpstack/local-api";
import { Workspace } from "./workspace";

let api: LocalApi;
let issuer: TableIssuer;
let workspace: Workspace;

beforeAll(async () => {
  api = await startLocalApi();
  issuer = await startTableIssuer({ path: "/realms/x" });
  workspace = await Workspace.create({ api });
});
afterAll(async () => {
  await workspace.remove();
  await Promise.all([api.close(), issuer.close()]);
});

/** What the service shows masked must be said by the program. */
function secret(n: number, { maskedSecret, maskedSecretPlace }: Partial<ServerBehaviour>): string {
  if (maskedSecret === "not-answered") return "";
  const written =
    maskedSecretPlace === "top" ? `{ clientSecret = "s${n}" }` : `{ clientCredentials = { secret = "s${n}" } }`;
  return `settings_wo = jsonencode(${written})\n  settings_wo_version = ${n + 1}`;
}

/** One gateway that each row updates, one that each row creates while it deletes the one before, and an attachment of each. */
function configuration(n: number, row: Partial<ServerBehaviour>): string {
  const [fresh, server] = n % 2 === 0 ? ["even", "orders-api"] : ["odd", "support-api"];
  return `
resource "mcpstack_gateway" "kept" {
  name                     = "Kept"
  provider_type            = "manual"
  authorization_server_url = "${issuer.url}"
  resource                 = "${issuer.resource}"
  client_id                = "row-${n}"
  scopes                   = ["openid", "profile", "email"]
  settings                 = jsonencode({ row${n} = 1, hiddenKey = "h${n}", rules = [{ a = 2, in = [9, ${n}] }, { a = 1 }] })
  ${secret(n, row)}
}
resource "mcpstack_server_gateway_attachment" "kept" {
  server_id  = "petalpal-api"
  gateway_id = mcpstack_gateway.kept.id
  public_id  = "gw_${fresh}"
}
resource "mcpstack_gateway" "${fresh}" {
  name                     = "Fresh ${n}"
  description              = "made in row ${n}"
  provider_type            = "auth0"
  authorization_server_url = "${issuer.origin.replace("127.0.0.1", "LocalHost")}"
  scopes                   = ["openid", "email"]
  settings                 = jsonencode({ identityResolution = { claim = "email" }, row = ${n}, list = [1, { b = 2 }], password = "p" })
}
resource "mcpstack_server_gateway_attachment" "${fresh}" {
  server_id  = "${server}"
  gateway_id = mcpstack_gateway.${fresh}.id
}
`;
}

describe("after an apply nothing is left to do, nor after scopes are reordered and URLs normalised", () => {
  test.each(pairwiseBehaviours().map((row, n) => [n, row] as const))("row %i, %j", async (n, row) => {
    api.setBehaviour(row);
    await workspace.write(configuration(n, row));
    await workspace.apply();
    // What an attachment carries beside its gateway and its route stays through every write of it.
    const carried = { resource: "https://api.example.com", scopes: ["tickets.read"] };
    const { gatewayId = "" } = api.store.attachment("petalpal-api") ?? {};
    if (n === 0) api.store.attach("petalpal-api", { gatewayId, unknown: carried });
    expect(api.store.attachment("petalpal-api")).toMatchObject({
      publicId: `gw_${n % 2 === 0 ? "even" : "odd"}`,
      unknown: carried,
    });
    // In the first row both are created, at the same time.
    expect(api.store.gateways().sort((a, b) => a.name.localeCompare(b.name))).toEqual([
      expect.objectContaining({ name: `Fresh ${n}`, unknown: expect.objectContaining({ row: n }) }),
      expect.objectContaining({ name: "Kept", clientId: `row-${n}`, destroyedSecrets: [] }),
    ]);
    // What the row before named in settings is gone, unless the service keeps whatever it is told to drop.
    const { [`row${n}`]: own, [`row${n - 1}`]: before = null } = api.store.gatewayByName("Kept")?.unknown ?? {};
    expect([own, before]).toEqual([1, n > 0 && row.unknownNull === "kept" && row.putLeftOut !== "cleared" ? 1 : null]);
    expect(api.store.attachments()).toHaveLength(2);
    expect((await workspace.plan()).text).toContain("No changes.");

    for (const { id, scopes } of api.store.gateways()) api.store.putGateway(id, { scopes: scopes?.reverse() });
    api.setBehaviour({ urls: row.urls === "whatwg" ? "as-written" : "whatwg" });
    expect((await workspace.plan("-refresh-only")).text).toContain("No changes.");
  });

  test("and a destroy leaves nothing", async () => {
    await workspace.apply("-destroy");
    expect([api.store.gateways(), api.store.attachments()]).toEqual([[], []]);
  });
});

describe.each(["as-written", "whatwg"] as const)("where URLs come back %s", (urls) => {
  const gateway = (url: string) => `
resource "mcpstack_gateway" "slash" {
  name                     = "Slash"
  provider_type            = "manual"
  authorization_server_url = "${url}"
}
`;

  test("adding the slash that the issuer has, and taking it away, are changes that arrive", async () => {
    api.setBehaviour({ urls });
    const written = () => api.store.gatewayByName("Slash")?.authorizationServerUrl;
    for (const url of [issuer.origin, `${issuer.origin}/`, issuer.origin]) {
      await workspace.write(gateway(url));
      await workspace.apply();
      expect(written()).toBe(url);
      expect((await workspace.plan()).status).toBe(0);
    }
  });
});
