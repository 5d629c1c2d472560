// What an issuer publishes changes, or its host dies, between the plan and the apply of a saved plan.
import { type LocalApi, startLocalApi, startTableIssuer, type TableIssuer } from "@mcpstack/local-api";
import { type Outcome, Workspace } from "../e2e/workspace";
import { errorCount, readText } from "./workspace";

let api: LocalApi;
let issuer: TableIssuer;
let workspace: Workspace;
beforeEach(async () => {
  api = await startLocalApi();
  issuer = await startTableIssuer();
  workspace = await Workspace.create({ api });
});
afterEach(async () => {
  await workspace.remove();
  await Promise.all([api.close(), issuer.close()]);
});

const gateway = (lines = "") => `
resource "mcpstack_gateway" "support" {
  name                     = "Support"
  provider_type            = "manual"
  authorization_server_url = "${issuer.url}"
  scopes                   = ["openid"]
${lines}
}
output "issuer" {
  value = try(mcpstack_gateway.support.metadata.issuer, null)
}
`;

interface Change {
  readonly happens: string;
  readonly make: () => void;
}
const died: Change = { happens: "the host dies", make: () => issuer.setAll({ cut: true }) };
const vanished: Change = { happens: "the documents go away", make: () => issuer.setAll({ status: 404 }) };
const page: Change = {
  happens: "a page is in their place",
  make: () => issuer.setAll({ headers: { "content-type": "text/html" }, body: "<html>" }),
};
const within: Change = {
  happens: "the key set moves within the origin",
  make: () => issuer.setMetadata({ jwks_uri: `${issuer.url}/keys2` }),
};
const elsewhere: Change = {
  happens: "everything moves to another origin",
  make: () =>
    issuer.setMetadata({
      issuer: "https://evil.example",
      token_endpoint: "https://evil.example/token",
      jwks_uri: "https://evil.example/keys",
    }),
};
const nothing: Change = { happens: "nothing more happens", make: () => {} };
const changes = [died, vanished, page, within, elsewhere];

const applySaved = () => workspace.run("apply", "-input=false", "-no-color", "planned");
const metadata = async () =>
  (await workspace.state())["mcpstack_gateway.support"]?.metadata as Record<string, unknown> | null;

function wentThrough(outcome: Outcome) {
  expect(readText(outcome)).not.toMatch(/inconsistent|bug in the provider/i);
  expect([outcome.status, errorCount(outcome)]).toEqual([0, 0]);
}

describe("a create that was planned", () => {
  test.each(changes)("is applied although $happens", async ({ make }) => {
    await workspace.write(gateway());
    await workspace.plan("-out=planned");
    make();
    wentThrough(await applySaved());
    expect(api.store.gateways()).toHaveLength(1);
    expect(JSON.stringify(await metadata())).not.toContain("evil.example");
    // What was not accepted then is not accepted by looking again.
    expect([0, 2]).toContain((await workspace.plan()).status);
    expect((await workspace.plan("-refresh-only")).status).toBe(0);
  });
});

describe("an update that was planned", () => {
  test.each(changes)("is applied although $happens, and accepts only what was planned", async ({ make }) => {
    await workspace.write(gateway());
    await workspace.apply();
    const before = await metadata();
    await workspace.write(gateway(`  client_id = "two"`));
    await workspace.plan("-out=planned");
    make();
    wentThrough(await applySaved());
    expect(api.store.gateways()[0]?.clientId).toBe("two");
    expect(await metadata()).toEqual(before);
  });

  test.each(changes)("to another issuer is applied although $happens", async ({ make }) => {
    await workspace.write(gateway().replace(issuer.url, "https://auth.example.invalid"));
    await workspace.apply();
    await workspace.write(gateway());
    await workspace.plan("-out=planned");
    make();
    wentThrough(await applySaved());
    expect(api.store.gateways()[0]?.authorizationServerUrl).toBe(issuer.url);
    expect(JSON.stringify(await metadata())).not.toContain("evil.example");
  });
});

describe("a move that was seen", () => {
  beforeEach(async () => {
    await workspace.write(gateway());
    await workspace.apply();
  });

  test.each([nothing, ...changes])(
    "within the origin is planned, and accepted as planned, also when afterwards $happens",
    async (later) => {
      within.make();
      const [change] = await workspace.changes();
      expect(change?.actions).toEqual(["update"]);
      expect({ ...change?.after, metadata: null }).toEqual({ ...change?.before, metadata: null });
      expect(change?.after?.metadata).toMatchObject({ jwks_uri: `${issuer.url}/keys2` });
      later.make();
      api.clearRequests();
      wentThrough(await applySaved());
      expect(await metadata()).toMatchObject({ issuer: issuer.url, jwks_uri: `${issuer.url}/keys2` });
      expect(api.requests.filter(({ method }) => method === "PUT")).toEqual([]);
      if (later === nothing) expect((await workspace.plan()).status).toBe(0);
    },
  );

  test("to another origin is warned about, and no apply accepts it", async () => {
    const before = await metadata();
    elsewhere.make();
    const plan = await workspace.plan();
    expect(plan.status).toBe(0);
    expect(readText(plan)).toContain("https://evil.example");
    await workspace.write(gateway(`  description = "another change"`));
    await workspace.apply();
    expect(await metadata()).toEqual(before);
    expect((await workspace.plan()).status).toBe(0);
  });

  test("to an origin that the program trusts is planned and accepted", async () => {
    await workspace.write(gateway(`  trusted_origins = ["https://evil.example"]`));
    await workspace.apply();
    elsewhere.make();
    const [change] = await workspace.changes();
    expect(change?.after?.metadata).toMatchObject({ issuer: "https://evil.example" });
    wentThrough(await applySaved());
    expect((await workspace.plan()).status).toBe(0);
  });

  test.each([died, vanished, page])("that is none, since $happens, changes nothing and is said", async ({ make }) => {
    make();
    const plan = await workspace.plan();
    expect(plan.status).toBe(0);
    expect(plan.text).toContain("Warning: ");
    expect((await workspace.plan("-refresh-only")).text).toContain("No changes.");
  });

  test("that is none, since the host is down, is no drift to a refresh either", async () => {
    died.make();
    const refresh = await workspace.plan("-refresh-only");
    expect(refresh.status).toBe(0);
    expect(refresh.text).toContain("metadata-unreachable");
  });

  test("stays silent where metadata_check is off", async () => {
    await workspace.write(gateway(`  metadata_check = "off"`));
    await workspace.apply();
    elsewhere.make();
    issuer.clearRequests();
    const plan = await workspace.plan();
    expect([plan.status, plan.text.includes("Warning: "), issuer.requests.length]).toEqual([0, false, 0]);
  });

  test("fails the plan where metadata_check is error, at the attribute", async () => {
    elsewhere.make();
    await workspace.write(gateway(`  metadata_check = "error"`));
    const outcome = await workspace.run("plan", "-input=false", "-no-color");
    expect(outcome.status).toBe(1);
    expect(outcome.text).toContain(`authorization_server_url = "${issuer.url}"`);
    expect(await metadata()).toMatchObject({ issuer: issuer.url });
  });
});
