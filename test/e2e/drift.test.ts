// Somebody changes what a program declared: the plan says exactly that, an apply puts it right, and what is not the program's stays.
import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import { Workspace } from "./workspace";

let api: LocalApi;
let workspace: Workspace;
const configuration = `
resource "mcpstack_gateway" "support" {
  name                     = "Support"
  provider_type            = "manual"
  authorization_server_url = "https://auth.example.invalid"
  client_id                = "support"
  scopes                   = ["openid", "email"]
  settings                 = jsonencode({ identityResolution = { claim = "email" } })
  metadata_check           = "off"
}
resource "mcpstack_server_gateway_attachment" "petalpal" {
  server_id  = "petalpal-api"
  gateway_id = mcpstack_gateway.support.id
  public_id  = "gw_petalpal"
}
`;
beforeAll(async () => {
  api = await startLocalApi();
  workspace = await Workspace.create({ api });
  await workspace.write(configuration);
  await workspace.apply();
});
afterAll(async () => {
  await workspace.remove();
  await api.close();
});

const theirs = { theirs: true };
const own = () => {
  const gateway = api.store.gatewayByName("Support") ?? api.store.gateways().find(({ name }) => name !== "Other");
  if (!gateway) throw new Error("there is no gateway");
  return gateway;
};
const put = (patch: Parameters<LocalApi["store"]["putGateway"]>[1]) => api.store.putGateway(own().id, patch);
const other = () => api.store.gatewayByName("Other") ?? api.store.createGateway({ name: "Other" });

const gateway = "mcpstack_gateway.support";
const attachment = "mcpstack_server_gateway_attachment.petalpal";

test.each<[string, () => unknown, Record<string, string>]>([
  ["gives the gateway another name", () => put({ name: "Renamed" }), { [gateway]: "update" }],
  ["takes a scope away", () => put({ scopes: ["openid"] }), { [gateway]: "update" }],
  ["adds a scope", () => put({ scopes: ["openid", "email", "admin"] }), { [gateway]: "update" }],
  ["clears the client id", () => put({ clientId: undefined }), { [gateway]: "update" }],
  [
    "adds the slash that the program does not have, to a path",
    () => put({ authorizationServerUrl: "https://auth.example.invalid/x/" }),
    { [gateway]: "update" },
  ],
  [
    "changes a setting of the program's",
    () => put({ unknown: { ...own().unknown, identityResolution: { claim: "sub", more: 1 } } }),
    { [gateway]: "update" },
  ],
  ["takes a setting away", () => put({ unknown: { ...theirs } }), { [gateway]: "update" }],
  ["adds a field that no argument stands for", () => put({ unknown: { ...own().unknown, ...theirs } }), {}],
  ["sets a resource that the program leaves unset", () => put({ resource: "urn:x" }), { [gateway]: "update" }],
  [
    "sets an endpoint that the program leaves unset",
    () => put({ tokenEndpoint: "https://evil.example.net/token" }),
    { [gateway]: "update" },
  ],
  ["describes the gateway, which the program does not", () => put({ description: "theirs" }), { [gateway]: "update" }],
  ["writes the URL in its normal form", () => put({ authorizationServerUrl: "https://auth.example.invalid/" }), {}],
  ["detaches the server", () => api.store.detach("petalpal-api"), { [attachment]: "create" }],
  [
    "attaches the server to another gateway",
    () => api.store.attach("petalpal-api", { gatewayId: other().id }),
    { [attachment]: "update" },
  ],
  [
    "gives the route another public id",
    () => api.store.attach("petalpal-api", { gatewayId: own().id, publicId: "gw_other" }),
    { [attachment]: "update" },
  ],
  [
    "deletes the gateway and its attachment",
    () => [api.store.detach("petalpal-api"), api.store.deleteGateway(own().id)],
    { [gateway]: "create", [attachment]: "create" },
  ],
  [
    "deletes the gateway and leaves the attachment pointing nowhere",
    () => api.store.deleteGateway(own().id),
    { [gateway]: "create", [attachment]: "update" },
  ],
])("somebody %s", async (_, change, expected) => {
  change();
  const changes = await workspace.changes();
  const planned = changes.flatMap(({ address, actions }) =>
    actions[0] === "no-op" ? [] : [[address, actions.join()]],
  );
  expect(Object.fromEntries(planned)).toEqual(expected);
  await workspace.apply("planned");
  expect(own()).toMatchObject({
    name: "Support",
    clientId: "support",
    unknown: { identityResolution: { claim: "email" } },
  });
  expect([own().resource, own().tokenEndpoint, own().description]).toEqual([undefined, undefined, undefined]);
  expect([...(own().scopes ?? [])].sort()).toEqual(["email", "openid"]);
  expect(api.store.attachment("petalpal-api")).toMatchObject({ gatewayId: own().id, publicId: "gw_petalpal" });
  expect((await workspace.plan()).status).toBe(0);
});

test("what others set in fields that no argument stands for was never taken away", async () => {
  put({ unknown: { ...own().unknown, ...theirs } });
  await workspace.write(configuration.replace(`"support"\n  scopes`, `"changed"\n  scopes`));
  await workspace.apply();
  expect(own()).toMatchObject({ clientId: "changed", unknown: theirs });
});
