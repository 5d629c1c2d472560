// Modules pass empty values through for what their callers leave out: these are as if nothing were given.
import { type LocalApi, type ServerBehaviour, startLocalApi } from "@mcpstack/local-api";
import { closing } from "../cli/command-line";
import { type Engine, succeeded, Workspace } from "./workspace";

const given = `
  description              = ""
  metadata_url             = ""
  authorization_endpoint   = ""
  token_endpoint           = ""
  registration_endpoint    = ""
  client_id                = ""
  resource                 = ""
  scopes                   = []
  trusted_origins          = []
  findings                 = {}
  settings                 = ""
  settings_wo              = "{}"
`;
const program = (empty: string, publicId = `public_id  = ""`) => `
provider "mcpstack" {
  api_url         = ""
  organization    = ""
  access_token    = ""
  api_key         = ""
  ca_file         = ""
  trusted_origins = []
  findings        = {}
  metadata_check  = "off"
}
resource "mcpstack_gateway" "g" {
  name                     = "Support"
  provider_type            = "manual"
  authorization_server_url = "https://auth.example.com"
  metadata_check           = ""
  ${empty}
}
resource "mcpstack_server_gateway_attachment" "a" {
  server_id  = "petalpal-api"
  gateway_id = mcpstack_gateway.g.id
  ${publicId}
}
output "callback_url" {
  value = mcpstack_server_gateway_attachment.a.callback_url
}
`;

const services: [Engine, Partial<ServerBehaviour>][] = [
  ["terraform", { fills: "derived" }],
  ["opentofu", { unsetFields: "empty", putLeftOut: "cleared" }],
  ["terraform-next", { unsetFields: "null" }],
];

describe.each(services)("with %s", (engine, behaviour) => {
  const start = async (): Promise<[LocalApi, Workspace]> => {
    const api = closing(await startLocalApi({ behaviour }));
    const workspace = await Workspace.create({ api, engine });
    closing({ close: () => workspace.remove() });
    return [api, workspace];
  };
  const writes = (api: LocalApi) => api.requests.filter(({ method }) => method !== "GET");
  const expectNothingToDo = async (workspace: Workspace) => {
    const plan = await workspace.plan();
    expect([plan.status, plan.text]).toEqual([0, expect.stringContaining("No changes.")]);
    expect((await workspace.plan("-refresh-only")).status).toBe(0);
  };

  test("nothing of them is sent, states keep them as typed, and nothing is left to do", async () => {
    const [api, workspace] = await start();
    await workspace.write(program(given));
    await workspace.apply();
    const [stored] = api.store.gateways();
    expect(stored).toMatchObject({ name: "Support" });
    for (const name of ["description", "metadataUrl", "tokenEndpoint", "clientId", "resource", "scopes"])
      expect([name, stored?.[name as keyof typeof stored]]).toEqual([name, undefined]);
    const state = await workspace.state();
    expect(state["mcpstack_gateway.g"]).toMatchObject({ description: "", scopes: [], findings: {}, settings: "" });
    const route = api.store.attachment("petalpal-api")?.publicId;
    expect(await workspace.outputs()).toEqual({ callback_url: expect.stringContaining(`/${route}/`) });
    await expectNothingToDo(workspace);
    // Leaving them out is the same, and changes nothing at the service.
    api.clearRequests();
    await workspace.write(program("", ""));
    await workspace.apply();
    expect(writes(api).filter(({ path }) => !path.endsWith("/gateway"))).toEqual([]);
    expect(api.store.attachment("petalpal-api")?.publicId).toBe(route);
    await expectNothingToDo(workspace);
    // And back.
    await workspace.write(program(given));
    await workspace.apply();
    await expectNothingToDo(workspace);
    expect(api.store.attachment("petalpal-api")?.publicId).toBe(route);
  });

  test("what somebody sets at the service is drift, and is undone", async () => {
    const [api, workspace] = await start();
    await workspace.write(program(given));
    await workspace.apply();
    const id = api.store.gateways()[0]?.id ?? "";
    api.store.putGateway(id, { clientId: "somebodys", scopes: ["admin"] });
    const change = (await workspace.changes()).find(({ type }) => type === "mcpstack_gateway");
    expect(change?.before).toMatchObject({ client_id: "somebodys", scopes: ["admin"] });
    expect(change?.after).toMatchObject({ client_id: "", scopes: [] });
    await workspace.apply("planned");
    expect(api.store.gateway(id)?.clientId).toBeUndefined();
    expect(api.store.gateway(id)?.scopes).toBeUndefined();
    await expectNothingToDo(workspace);
  });

  test("a gateway is imported by a program that has them, and nothing is written", async () => {
    const [api, workspace] = await start();
    const { id } = api.store.createGateway({ name: "Support", authorizationServerUrl: "https://auth.example.com" });
    api.store.attach("petalpal-api", { gatewayId: id, publicId: "gw_registered" });
    await workspace.write(program(given));
    succeeded(await workspace.run("import", "-no-color", "mcpstack_gateway.g", id));
    succeeded(await workspace.run("import", "-no-color", "mcpstack_server_gateway_attachment.a", "petalpal-api"));
    await workspace.apply();
    expect(writes(api).filter(({ path }) => !path.endsWith("/gateway"))).toEqual([]);
    expect(api.store.attachment("petalpal-api")).toMatchObject({ gatewayId: id, publicId: "gw_registered" });
    await expectNothingToDo(workspace);
  });
});
