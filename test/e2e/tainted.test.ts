// A resource that is tainted is replaced by the next apply: whoever may keep it is told how.
import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import { closing } from "../cli/command-line";
import { errorCount, readText } from "../faults/workspace";
import { type Engine, succeeded, Workspace } from "./workspace";

const program = (more = "") => `
provider "mcpstack" {
  metadata_check = "off"
}
resource "mcpstack_gateway" "g" {
  name                     = "Support"
  provider_type            = "manual"
  authorization_server_url = "https://auth.example.com"
}
${more}`;
const attachment = `
resource "mcpstack_server_gateway_attachment" "a" {
  server_id  = "petalpal-api"
  gateway_id = mcpstack_gateway.g.id
  public_id  = "gw_wanted"
}
`;

describe.each<[Engine, string]>([
  ["terraform", "terraform untaint"],
  ["opentofu", "tofu untaint"],
])("with %s", (engine, untaint) => {
  let api: LocalApi;
  let workspace: Workspace;
  beforeEach(async () => {
    api = closing(await startLocalApi());
    workspace = await Workspace.create({ api, engine });
    closing({ close: () => workspace.remove() });
  });

  test("a create that failed half-way says so, and untainted it is finished in place", async () => {
    await workspace.write(program());
    await workspace.apply();
    const [gateway] = api.store.gateways();
    api.faults.add({
      match: { method: "PUT", path: "/petalpal-api/gateway" },
      times: 1,
      performed: true,
      action: {
        status: 200,
        body: { serverId: "srv_petalpal_api", gatewayId: gateway?.id ?? "", publicId: "gw_given" },
      },
    });
    await workspace.write(program(attachment));
    const failed = await workspace.run("apply", "-auto-approve", "-input=false", "-no-color");
    expect([failed.status, errorCount(failed)]).toEqual([1, 1]);
    expect(readText(failed)).toMatch(/\(public_id_not_taken\)/);
    expect(readText(failed)).toMatch(new RegExp(`To keep it, run .*${untaint} ADDRESS`));
    succeeded(await workspace.run("untaint", "mcpstack_server_gateway_attachment.a"));
    api.clearRequests();
    await workspace.apply();
    expect(api.requests.filter(({ method }) => method === "DELETE")).toEqual([]);
    expect(api.store.attachment("petalpal-api")).toMatchObject({ publicId: "gw_wanted" });
    expect((await workspace.plan()).status).toBe(0);
  });

  test("a gateway that is tainted and has servers is not destroyed, and it is said how it is kept", async () => {
    api.setBehaviour({ deleteAttached: "conflict" });
    await workspace.write(program());
    await workspace.apply();
    const [gateway] = api.store.gateways();
    api.store.attach("petalpal-api", { gatewayId: gateway?.id ?? "" });
    succeeded(await workspace.run("taint", "mcpstack_gateway.g"));
    const failed = await workspace.run("apply", "-auto-approve", "-input=false", "-no-color");
    expect([failed.status, errorCount(failed)]).toEqual([1, 1]);
    expect(readText(failed)).toMatch(/\(gateway_has_servers\)/);
    expect(readText(failed)).toMatch(new RegExp(`only because it is tainted.*${untaint} ADDRESS.* keeps it as it is`));
    succeeded(await workspace.run("untaint", "mcpstack_gateway.g"));
    expect((await workspace.plan()).status).toBe(0);
  });
});
