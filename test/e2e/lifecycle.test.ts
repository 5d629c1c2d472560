import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import { type Engine, type Form, Workspace } from "./workspace";

let api: LocalApi;
let workspace: Workspace | undefined;

beforeEach(async () => {
  api = await startLocalApi();
});
afterEach(async () => {
  await workspace?.remove();
  await api.close();
});

const gateway = (lines: string) => `
resource "mcpstack_gateway" "support" {
  name                     = "Support"
  provider_type            = "manual"
  authorization_server_url = "https://auth.example.invalid"
  metadata_check           = "off"
${lines}
}
`;
const attached = `
resource "mcpstack_server_gateway_attachment" "petalpal" {
  server_id  = "petalpal-api"
  gateway_id = mcpstack_gateway.support.id
  public_id  = "gw_petalpal"
}
`;

describe.each<[Engine, Form]>([
  ["terraform", "script"],
  ["terraform", "executable"],
  ["opentofu", "executable"],
  ["terraform-next", "executable"],
])("with %s and the provider as %s", (engine, form) => {
  test("a gateway is created, attached, left alone, updated in place, imported and destroyed", async () => {
    const created = await Workspace.create({ engine, form, api });
    workspace = created;
    await created.write(gateway(`  client_id = "one"\n  scopes = ["openid", "email"]`) + attached);
    await created.apply();
    const [stored] = api.store.gateways();
    expect(stored).toMatchObject({ name: "Support", clientId: "one" });
    expect(api.store.attachment("petalpal-api")).toMatchObject({ gatewayId: stored?.id, publicId: "gw_petalpal" });
    expect((await created.state())["mcpstack_server_gateway_attachment.petalpal"]).toMatchObject({
      callback_url: `${api.url}/api/v1/gateway/gw_petalpal/oauth/callback`,
      organization_id: "org_petalpal",
    });

    expect((await created.plan()).status).toBe(0);
    expect((await created.plan("-refresh-only")).status).toBe(0);

    await created.write(gateway(`  client_id = "two"\n  scopes = ["email", "openid"]`) + attached);
    const changes = await created.changes();
    expect(
      changes.filter((change) => change.actions.join() !== "no-op").map(({ address, actions }) => [address, actions]),
    ).toEqual([["mcpstack_gateway.support", ["update"]]]);
    const [update] = changes;
    expect({ ...update?.after, client_id: "one" }).toEqual(update?.before);
    await created.apply("planned");
    expect(api.store.gateways()[0]).toMatchObject({ id: stored?.id, clientId: "two" });

    const other = api.store.createGateway({
      name: "Made by hand",
      providerType: "auth0",
      authorizationServerUrl: "https://tenant.example.invalid/",
      scopes: ["openid"],
    });
    const byHand = `
resource "mcpstack_gateway" "by_hand" {
  name                     = "Made by hand"
  provider_type            = "auth0"
  authorization_server_url = "https://tenant.example.invalid/"
  scopes                   = ["openid"]
}
`;
    const whole = gateway(`  client_id = "two"\n  scopes = ["email", "openid"]`) + attached + byHand;
    await created.write(whole);
    expect((await created.run("import", "-no-color", "mcpstack_gateway.by_hand", "Made by hand")).text).toContain(
      "Import successful",
    );
    expect((await created.state())["mcpstack_gateway.by_hand"]).toMatchObject({ id: other.id });
    expect((await created.plan()).status).toBe(0);

    await created.apply("-destroy");
    expect(api.store.gateways()).toEqual([]);
    expect(api.store.attachments()).toEqual([]);
    expect(await created.state()).toEqual({});
  });
});
