// An API that is changed by somebody else, refuses most of what it is asked, lags behind its writes, or does not take the credential: real
// engines come through it, or say what is wrong before anything is written.
import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import { Workspace } from "../e2e/workspace";
import { attachedGateway, readText, requested } from "./workspace";

let api: LocalApi;
let workspace: Workspace;
beforeEach(async () => {
  api = await startLocalApi();
});
afterEach(async () => {
  await workspace?.remove();
  await api.close();
});

const gateways = (count: number, provider = "") => `
provider "mcpstack" {
${provider}
}
resource "mcpstack_gateway" "many" {
  count                    = ${count}
  name                     = "Gateway \${count.index}"
  provider_type            = "manual"
  authorization_server_url = "https://auth.example.invalid"
  metadata_check           = "off"
}
`;

describe("somebody else writes at the same time", () => {
  /** The first read of the gateway after this is followed by a change that somebody else makes. */
  function changedAfterNextRead(id: string, change: object): void {
    const look = api.store.gatewayBefore.bind(api.store);
    api.store.gatewayBefore = (asked, ms) => {
      const found = structuredClone(look(asked, ms));
      api.store.gatewayBefore = look;
      if (asked === id) api.store.putGateway(id, change);
      return found;
    };
  }

  test("what they change beside the program's fields survives, and a field of the program's is not overwritten", async () => {
    api.setBehaviour({ versions: "etag", versionDemanded: "yes" });
    workspace = await Workspace.create({ api });
    await workspace.write(attachedGateway());
    await workspace.apply();
    const [{ id } = { id: "" }] = api.store.gateways();

    await workspace.write(attachedGateway(`  client_id = "two"`));
    await workspace.plan("-out=planned");
    changedAfterNextRead(id, { unknown: { note: "by hand" } });
    await workspace.apply("planned");
    expect(api.store.gateway(id)).toMatchObject({ clientId: "two", unknown: { note: "by hand" } });
    expect((await workspace.plan()).status).toBe(0);

    await workspace.write(attachedGateway(`  client_id = "three"`));
    await workspace.plan("-out=planned");
    changedAfterNextRead(id, { clientId: "theirs" });
    const refused = await workspace.run("apply", "-no-color", "planned");
    expect(readText(refused)).toMatch(/clientId|client_id from "two" to "theirs".*\(changed_meanwhile\)/);
    expect(api.store.gateway(id)).toMatchObject({ clientId: "theirs" });

    await workspace.apply();
    expect(api.store.gateway(id)).toMatchObject({ clientId: "three" });
    await workspace.run("destroy", "-auto-approve", "-no-color");
    expect(api.store.gateways()).toEqual([]);
  });

  test("two attachments that exchange their public ids are told the way on", async () => {
    api.store.addServer({ slug: "second" });
    const exchanged = (first: string, second: string) => `${attachedGateway()}
resource "mcpstack_server_gateway_attachment" "one" {
  server_id  = "${first}"
  gateway_id = mcpstack_gateway.support.id
  public_id  = "gw_${second}"
}`;
    const program = (one: string, other: string) =>
      exchanged("second", one).replace(
        `server_id  = "petalpal-api"\n`,
        `server_id  = "petalpal-api"\n  public_id = "gw_${other}"\n`,
      );
    workspace = await Workspace.create({ api });
    await workspace.write(program("a", "b"));
    await workspace.apply();
    await workspace.write(program("b", "a"));
    const refused = await workspace.run("apply", "-auto-approve", "-no-color");
    expect(readText(refused)).toMatch(/give one of them a third public id first.*\(public_id_taken\)/);
    await workspace.write(program("third", "a"));
    await workspace.apply();
    await workspace.write(program("b", "a"));
    await workspace.apply();
    expect(
      api.store
        .attachments()
        .map(({ publicId }) => publicId)
        .sort(),
    ).toEqual(["gw_a", "gw_b"]);
  });
});

describe("an API that limits how often it is asked, without saying for how long", () => {
  test("40 gateways are made although the first 60 writes are refused", async () => {
    workspace = await Workspace.create({ api });
    await workspace.write(gateways(40));
    const planted = api.faults.add({ match: { method: "POST" }, times: 60, action: { rateLimit: {} } });
    await workspace.apply();
    expect(planted.struck).toBe(60);
    expect(api.store.gateways()).toHaveLength(40);
    expect((await workspace.plan()).status).toBe(0);
  });

  test("so are they where it answers 503", async () => {
    workspace = await Workspace.create({ api });
    await workspace.write(gateways(10));
    api.faults.add({ match: { method: "POST" }, times: 15, action: { status: 503 } });
    await workspace.apply();
    expect(api.store.gateways()).toHaveLength(10);
  });

  test.each([
    ["the program", "  retry_timeout = 1", {}],
    ["the environment", "", { MCPSTACK_RETRY_TIMEOUT: "1" }],
  ])("%s says for how long to be patient", async (_, provider, env) => {
    workspace = await Workspace.create({ api, env: env as Record<string, string> });
    await workspace.write(gateways(12, provider));
    api.faults.add({ match: { method: "POST" }, action: { rateLimit: {} } });
    const refused = await workspace.run("apply", "-auto-approve", "-no-color");
    expect(refused.status).toBe(1);
    expect(readText(refused)).toMatch(/retry_timeout.*\(rate_limited\)/);
    expect(api.store.gateways()).toEqual([]);
  });
});

describe("an API that knows a write only some time after it", () => {
  const lags = { readLag: 1_500, listLag: 1_500, attachLag: 1_500 };

  test.each(["404", "422"] as const)(
    "what was made is attached, and planned empty at once (%s)",
    async (newGateway) => {
      api.setBehaviour({ ...lags, newGateway, putAnswer: "204", attachAnswer: "204" });
      workspace = await Workspace.create({ api });
      await workspace.write(attachedGateway());
      await workspace.apply();
      expect((await workspace.plan()).status).toBe(0);
      await workspace.write(attachedGateway(`  client_id = "two"`));
      await workspace.apply();
      expect((await workspace.plan()).status).toBe(0);
      expect(api.store.gateways()).toHaveLength(1);
    },
  );
});

describe("a credential that does not work", () => {
  const wrong = { MCPSTACK_ACCESS_TOKEN: "wrong-token-0123456789" };

  test("is said by a plan that has nothing to read yet, once, and not by validate", async () => {
    workspace = (await Workspace.create({ api })).with(wrong);
    await workspace.write(attachedGateway());
    expect((await workspace.run("validate", "-no-color")).status).toBe(0);
    expect(requested(api)).toEqual([]);
    const planned = await workspace.run("plan", "-no-color");
    expect(planned.status).toBe(1);
    expect(readText(planned).match(/\(credential_refused\)/g)).toHaveLength(1);
    expect(readText(planned)).toMatch(/MCPSTACK_ACCESS_TOKEN/);
    expect(planned.text).not.toContain(wrong.MCPSTACK_ACCESS_TOKEN);
  });

  test("is no plan's affair while the provider's configuration is not known", async () => {
    workspace = (await Workspace.create({ api })).with(wrong);
    await workspace.write(`${attachedGateway("", "  access_token = terraform_data.token.output")}
resource "terraform_data" "token" {
  input = "later"
}`);
    expect((await workspace.plan()).status).toBe(2);
  });
});

test("a gateway whose create was not confirmed is named by the next plan, and the import that it names takes it over", async () => {
  workspace = await Workspace.create({ api });
  await workspace.write(attachedGateway());
  api.faults.add({ match: { method: "POST", path: "/gateways" }, times: 1, action: { cut: "after" } });
  api.faults.add({ match: { method: "GET", path: "/gateways" }, after: 2, times: 4, action: { status: 500 } });
  const lost = await workspace.run("apply", "-auto-approve", "-no-color");
  expect(readText(lost)).toMatch(/\(create_unconfirmed\)/);
  const [{ id } = { id: "" }] = api.store.gateways();
  api.faults.clear();
  const planned = await workspace.plan();
  expect(readText(planned)).toMatch(new RegExp(`${id}.*terraform import ADDRESS ID.*\\(gateway_exists\\)`));
  await workspace.run("import", "-no-color", "mcpstack_gateway.support", id);
  await workspace.apply();
  expect(api.store.gateways()).toHaveLength(1);
  expect((await workspace.plan()).status).toBe(0);
});

test("a gateway that the service still shows as deleted is made anew", async () => {
  api.setBehaviour({ deletedGateway: "shown" });
  workspace = await Workspace.create({ api });
  await workspace.write(gateways(1));
  await workspace.apply();
  const [{ id } = { id: "" }] = api.store.gateways();
  api.store.deleteGateway(id);
  const changes = await workspace.changes();
  expect(changes.map(({ actions }) => actions)).toEqual([["create"]]);
});
