// A gateway that is replaced, or that somebody deleted, is a new one: nothing of the old one's memory is its own.
import { type LocalApi, startLocalApi, startTableIssuer, type TableIssuer } from "@mcpstack/local-api";
import { type Engine, Workspace } from "../e2e/workspace";

let api: LocalApi;
let issuer: TableIssuer;
let workspace: Workspace;
beforeEach(async () => {
  [api, issuer] = await Promise.all([startLocalApi(), startTableIssuer()]);
});
afterEach(async () => {
  await workspace.remove();
  await Promise.all([api.close(), issuer.close()]);
});

const program = () => `
resource "mcpstack_gateway" "support" {
  name                     = "Support"
  provider_type            = "manual"
  authorization_server_url = "${issuer.url}"
  resource                 = "${issuer.resource}"
}
`;
const id = () => api.store.gateways()[0]?.id;

async function endsQuietly(before: string | undefined) {
  expect(api.store.gateways()).toHaveLength(1);
  expect(id()).not.toBe(before);
  const { metadata } = (await workspace.state())["mcpstack_gateway.support"] ?? {};
  expect(metadata).toMatchObject({ issuer: issuer.url, resource: issuer.resource });
  expect((await workspace.plan()).status).toBe(0);
}

describe.each<Engine>(["terraform", "terraform-next", "opentofu"])("with %s", (engine) => {
  test("a gateway whose issuer is looked at is replaced, and made again after somebody deleted it", async () => {
    workspace = await Workspace.create({ api, engine });
    await workspace.write(program());
    await workspace.apply();
    const first = id();

    await workspace.apply("-replace=mcpstack_gateway.support");
    await endsQuietly(first);

    const second = id();
    api.store.deleteGateway(String(second));
    await workspace.apply();
    await endsQuietly(second);
  });
});

test("a saved plan to replace one is applied although the issuer moves in between", async () => {
  workspace = await Workspace.create({ api });
  await workspace.write(program());
  await workspace.apply();
  await workspace.plan("-replace=mcpstack_gateway.support", "-out=planned");
  issuer.setMetadata({ jwks_uri: `${issuer.url}/keys2` });
  await workspace.apply("planned");
  await endsQuietly(undefined);
});
