// Taking over what exists: by command, by block, by identity, by moved block. After it there is nothing left to do.
import {
  type LocalApi,
  type ServerBehaviour,
  startLocalApi,
  startTableIssuer,
  type TableIssuer,
} from "@mcpstack/local-api";
import { errorCount, readText } from "../faults/workspace";
import { succeeded, Workspace, type WorkspaceOptions } from "./workspace";

let api: LocalApi;
let issuer: TableIssuer;
const workspaces: Workspace[] = [];
beforeEach(async () => {
  [api, issuer] = await Promise.all([startLocalApi(), startTableIssuer({ path: "/realms/x" })]);
});
afterEach(async () => {
  await Promise.all(workspaces.splice(0).map((workspace) => workspace.remove()));
  await Promise.all([api.close(), issuer.close()]);
});

async function workspaceWith(configuration: string, options: Partial<WorkspaceOptions> = {}): Promise<Workspace> {
  const workspace = await Workspace.create({ api, ...options });
  workspaces.push(workspace);
  return workspace.write(trusting(configuration));
}

/** What an import reads out of the API names no private host; the program does, by trusting the origin. */
const trusting = (configuration: string) =>
  `provider "mcpstack" {\n  trusted_origins = ["${issuer.origin}"]\n}\n${configuration}`;

/** A gateway that somebody made by hand, and a server that they attached to it. */
function madeByHand(name = "By hand") {
  const gateway = api.store.createGateway({
    name,
    providerType: "auth0",
    authorizationServerUrl: issuer.url,
    resource: issuer.resource,
    clientId: "abc",
    scopes: ["openid", "email"],
    unknown: { identityResolution: { claim: "sub" } },
    // What a service that discovers has found out by itself.
    discovery: {
      issuer: issuer.url,
      metadataUrl: `${issuer.url}/.well-known/openid-configuration`,
      authorizationEndpoint: `${issuer.url}/authorize`,
      tokenEndpoint: `${issuer.url}/token`,
      registrationEndpoint: `${issuer.url}/register`,
    },
  });
  return gateway;
}

const gateway = (name = "By hand") => `
resource "mcpstack_gateway" "taken" {
  name                     = "${name}"
  provider_type            = "auth0"
  authorization_server_url = "${issuer.url}"
  resource                 = "${issuer.resource}"
  client_id                = "abc"
  scopes                   = ["email", "openid"]
}
`;
const attachment = (server: string, gatewayId = "mcpstack_gateway.taken.id") => `
resource "mcpstack_server_gateway_attachment" "taken" {
  server_id  = "${server}"
  gateway_id = ${gatewayId}
}
`;

async function expectNothingToDo(workspace: Workspace) {
  const plan = await workspace.plan();
  expect([plan.status, plan.text]).toEqual([0, expect.stringContaining("No changes.")]);
  expect((await workspace.plan("-refresh-only")).status).toBe(0);
}

const services: [string, Partial<ServerBehaviour>][] = [
  ["fills nothing", {}],
  ["fills fields by deriving them", { fills: "derived", unknownFields: "present" }],
  ["fills fields by discovering them", { fills: "discovered", urls: "whatwg", scopesForm: "shuffled" }],
  ["answers empty for unset fields and names no organization", { unsetFields: "empty", organizationId: "absent" }],
  ["cuts lists to four fields in pages", { listItems: "four-fields", listEnvelope: "items", listPaging: "pages" }],
];

describe.each(services)("with a service that %s", (_, behaviour) => {
  beforeEach(() => api.setBehaviour(behaviour));

  test("a gateway by its name and its attachment by the server's slug are imported, and nothing is left to do", async () => {
    const made = madeByHand();
    api.store.attach("petalpal-api", { gatewayId: made.id, publicId: "gw_by_hand" });
    const workspace = await workspaceWith(gateway() + attachment("petalpal-api"));
    succeeded(await workspace.run("import", "-no-color", "mcpstack_gateway.taken", "By hand"));
    const address = "mcpstack_server_gateway_attachment.taken";
    succeeded(await workspace.run("import", "-no-color", address, "petalpal-api"));
    expect((await workspace.plan()).status).toBe(0);
    // The command records no dependency of one resource on the other; an apply without changes does.
    expect((await workspace.apply()).text).toContain("0 added, 0 changed, 0 destroyed");
    expect(api.requests.filter(({ method }) => method !== "GET")).toEqual([]);
    await expectNothingToDo(workspace);
    const state = await workspace.state();
    expect(state[address]).toMatchObject({ public_id: "gw_by_hand", gateway_id: made.id });
    expect(state["mcpstack_gateway.taken"]).toMatchObject({ id: made.id, metadata: { issuer: issuer.url } });
  });

  test("import blocks with generated configuration, by id, leave nothing to do, and the configuration says what was set", async () => {
    const made = madeByHand();
    api.store.attach("petalpal-api", { gatewayId: made.id });
    const workspace = await workspaceWith(`
import {
  to = mcpstack_gateway.taken
  id = "${made.id}"
}
import {
  to = mcpstack_server_gateway_attachment.taken
  id = "srv_petalpal_api"
}
`);
    const plan = await workspace.plan("-generate-config-out=generated.tf", "-out=planned");
    expect(readText(plan)).toMatch(/Plan: 2 to import, 0 to add, 0 to change, 0 to destroy/);
    await workspace.apply("planned");
    await expectNothingToDo(workspace);
    const generated = await workspace.read("generated.tf");
    expect(generated).toMatch(/name\s+= "By hand"/);
    expect(generated).not.toMatch(/(token|authorization|registration)_endpoint\s+= "/);
    expect(api.requests.filter(({ method }) => method !== "GET")).toEqual([]);
  });
});

describe("an import by name", () => {
  const importing = (workspace: Workspace, id: string) =>
    workspace.run("import", "-no-color", "mcpstack_gateway.taken", id);

  test.each([
    [
      "that none has",
      [],
      /no gateway with the id or name "By hand" in organization org_petalpal.*\(gateway_not_found\)/,
    ],
    [
      "that two have",
      ["By hand", "By hand"],
      /2 gateways have the name "By hand": gtw_000001, gtw_000002. Give the id of one. \(gateway_name_ambiguous\)/,
    ],
  ])("%s is refused with one error that says what to do", async (_, names, says) => {
    for (const name of names) madeByHand(name);
    const workspace = await workspaceWith(gateway());
    const outcome = await importing(workspace, "By hand");
    expect([outcome.status, errorCount(outcome)]).toEqual([1, 1]);
    expect(readText(outcome)).toMatch(says);
  });

  test("of a server without a gateway is refused", async () => {
    const workspace = await workspaceWith(attachment("orders-api", `"gtw_1"`));
    const outcome = await workspace.run(
      "import",
      "-no-color",
      "mcpstack_server_gateway_attachment.taken",
      "orders-api",
    );
    expect([outcome.status, errorCount(outcome)]).toEqual([1, 1]);
    expect(readText(outcome)).toMatch(/"orders-api" has no gateway.*\(not_attached\)/);
  });

  test("with a wrong token is no gateway that is missing", async () => {
    madeByHand();
    const workspace = await workspaceWith(gateway(), { env: { MCPSTACK_ACCESS_TOKEN: "wrong" } });
    const outcome = await importing(workspace, "By hand");
    expect(errorCount(outcome)).toBe(1);
    expect(readText(outcome)).toContain("(unauthenticated)");
  });

  test("shows what the program says otherwise as the change that it is", async () => {
    madeByHand();
    const workspace = await workspaceWith(gateway().replace(`"abc"`, `"other"`));
    succeeded(await importing(workspace, "By hand"));
    const [change] = await workspace.changes();
    expect(change?.actions).toEqual(["update"]);
    expect({ ...change?.after, client_id: "abc" }).toEqual(change?.before);
    await workspace.apply("planned");
    expect(api.store.gateways()[0]).toMatchObject({
      clientId: "other",
      unknown: { identityResolution: { claim: "sub" } },
    });
    await expectNothingToDo(workspace);
  });
});

describe("an import by identity, with a Terraform that has it", () => {
  test.each([
    ["id alone", (id: string) => `id = "${id}"`],
    ["id and organization", (id: string) => `id = "${id}"\n    organization_id = "org_petalpal"`],
  ])("by %s leaves nothing to do", async (_, identity) => {
    const made = madeByHand();
    api.store.attach("petalpal-api", { gatewayId: made.id });
    const blocks = `
import {
  to = mcpstack_gateway.taken
  identity = {
    ${identity(made.id)}
  }
}
import {
  to = mcpstack_server_gateway_attachment.taken
  identity = {
    server_id = "petalpal-api"
  }
}
`;
    const workspace = await workspaceWith(gateway() + attachment("petalpal-api") + blocks, {
      engine: "terraform-next",
    });
    await workspace.apply();
    expect(api.requests.filter(({ method }) => method !== "GET")).toEqual([]);
    await workspace.write(trusting(gateway() + attachment("petalpal-api")));
    await expectNothingToDo(workspace);
  });

  test("of another organization is refused", async () => {
    const made = madeByHand();
    const workspace = await workspaceWith(
      `${gateway()}
import {
  to = mcpstack_gateway.taken
  identity = {
    id = "${made.id}"
    organization_id = "org_other"
  }
}
`,
      { engine: "terraform-next" },
    );
    const outcome = await workspace.run("plan", "-no-color", "-input=false");
    expect([outcome.status, errorCount(outcome)]).toEqual([1, 1]);
    expect(readText(outcome)).toContain("(organization_mismatch)");
  });
});

describe("a resource that is renamed in the program", () => {
  const renamed = (text: string) => text.replaceAll(`"taken"`, `"renamed"`).replaceAll(".taken", ".renamed");
  const whole = () => gateway() + attachment("petalpal-api");

  test("with moved blocks is moved in state, and nothing is sent", async () => {
    const workspace = await workspaceWith(whole());
    await workspace.apply();
    api.clearRequests();
    const moved = ["mcpstack_gateway", "mcpstack_server_gateway_attachment"].map(
      (type) => `moved {\n  from = ${type}.taken\n  to   = ${type}.renamed\n}\n`,
    );
    await workspace.write(renamed(whole()) + moved.join(""));
    await workspace.apply();
    expect(api.requests.filter(({ method }) => method !== "GET")).toEqual([]);
    expect(Object.keys(await workspace.state()).every((address) => address.endsWith(".renamed"))).toBe(true);
    await expectNothingToDo(workspace);
  });

  test("without them keeps its server's route, in one apply", async () => {
    const workspace = await workspaceWith(whole());
    await workspace.apply();
    const before = api.store.attachments().map(({ gatewayId, publicId }) => ({ gatewayId, publicId }));
    await workspace.write(whole().replace(`_attachment" "taken"`, `_attachment" "renamed"`));
    await workspace.apply();
    expect(api.store.attachments()).toMatchObject(before);
    await expectNothingToDo(workspace);
  });
});
