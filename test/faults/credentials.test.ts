// A wrong, missing, foreign or not yet known credential: what is said, and that nothing leaves the state.
import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import type { Workspace } from "../e2e/workspace";
import { appliedWorkspace, attachedGateway, errorCount, failsWithoutLoss, readText, requested } from "./workspace";

let api: LocalApi;
let workspace: Workspace;
beforeAll(async () => {
  api = await startLocalApi();
  workspace = await appliedWorkspace({ api });
});
afterAll(async () => {
  await workspace.remove();
  await api.close();
});
beforeEach(() => workspace.write(attachedGateway()));
afterEach(() => api.clearRequests());

const provider = (lines: string) => workspace.write(attachedGateway("", lines));
const writes = () => requested(api).filter((request) => !request.startsWith("GET"));

describe("a wrong token says which place to check", () => {
  test.each<[string, Record<string, string>]>([
    ["MCPSTACK_ACCESS_TOKEN", { MCPSTACK_ACCESS_TOKEN: "wrong-token" }],
    ["MCPSTACK_API_KEY", { MCPSTACK_ACCESS_TOKEN: "", MCPSTACK_API_KEY: "wrong-token" }],
    ["AGENETIX_ACCESS_TOKEN", { MCPSTACK_ACCESS_TOKEN: "", AGENETIX_ACCESS_TOKEN: "wrong-token" }],
  ])("the variable %s", async (source, env) => {
    const wrong = workspace.with({ AGENETIX_API_URL: api.url, ...env });
    await failsWithoutLoss(wrong, ["(unauthenticated)", `Check the credential in ${source}`]);
  });

  test.each(["access_token", "api_key"])("the argument %s", async (argument) => {
    await provider(`${argument} = "wrong-token"`);
    await failsWithoutLoss(workspace, ["(unauthenticated)", `Check the credential in ${argument} argument`]);
  });

  test("and one that no header can carry is not sent", async () => {
    await failsWithoutLoss(workspace.with({ MCPSTACK_ACCESS_TOKEN: "two words" }), [
      "(credential_invalid)",
      "MCPSTACK_ACCESS_TOKEN",
    ]);
    expect(api.requests).toEqual([]);
  });
});

describe("a credential given as an argument", () => {
  const none = { MCPSTACK_API_URL: "", MCPSTACK_ORG_ID: "", MCPSTACK_ACCESS_TOKEN: "" };

  test.each(["access_token", "api_key"])("as %s goes where the renamed client's variables say", async (argument) => {
    await provider(`${argument} = "${argument === "api_key" ? api.apiKey : api.accessToken}"`);
    const renamed = workspace.with({ ...none, AGENETIX_API_URL: api.url, AGENETIX_ORG_ID: "org_petalpal" });
    expect((await renamed.plan()).status).toBe(0);
    expect(requested(api)).toContain("GET org_petalpal/gateways/gtw_000001");
  });

  test("goes nowhere where the two sets of variables name two addresses", async () => {
    await provider(`access_token = "${api.accessToken}"`);
    const two = workspace.with({ AGENETIX_API_URL: "http://127.0.0.1:9", MCPSTACK_ACCESS_TOKEN: "" });
    await failsWithoutLoss(two, [
      "(connection_ambiguous)",
      `MCPSTACK_API_URL names ${api.url}`,
      "AGENETIX_API_URL names",
    ]);
    expect(api.requests).toEqual([]);
  });

  test("that is one of a set of variables does not go to the other set's address", async () => {
    await provider(`access_token = "${api.accessToken}"`);
    const elsewhere = workspace.with({ AGENETIX_API_URL: "http://127.0.0.1:9", AGENETIX_ORG_ID: "org_other" });
    expect((await elsewhere.plan()).status).toBe(0);
  });
});

test("without any credential the error names every way to give one, and nothing is sent", async () => {
  await failsWithoutLoss(workspace.with({ MCPSTACK_ACCESS_TOKEN: "" }), [
    "(credential_missing)",
    "MCPSTACK_ACCESS_TOKEN or MCPSTACK_API_KEY, or the access_token or api_key argument",
  ]);
  expect(api.requests).toEqual([]);
});

describe("another organization", () => {
  let secret: string;
  beforeAll(() => {
    const other = api.store.addOrganization({ slug: "other" });
    ({ secret } = api.store.addCredential({ label: "other", organizations: [other.id] }));
  });

  const commands = [
    ["plan", "-input=false", "-no-color"],
    ["plan", "-refresh-only", "-input=false", "-no-color"],
    ["apply", "-auto-approve", "-input=false", "-no-color"],
    ["apply", "-destroy", "-auto-approve", "-input=false", "-no-color"],
  ];

  test.each(commands)("by its token, with the organization named: %s %s", async (...command) => {
    const foreign = workspace.with({ MCPSTACK_ACCESS_TOKEN: secret });
    await failsWithoutLoss(foreign, ["(organization_not_found)", "org_other", "MCPSTACK_ACCESS_TOKEN"], ...command);
    expect(writes()).toEqual([]);
  });

  test.each(commands)("by its token, with no organization named: %s %s", async (...command) => {
    const foreign = workspace.with({ MCPSTACK_ACCESS_TOKEN: secret, MCPSTACK_ORG_ID: "" });
    const said = ["(organization_mismatch)", "belongs to organization org_petalpal", "works on org_other"];
    await failsWithoutLoss(foreign, said, ...command);
    expect(writes()).toEqual([]);
  });

  test("by its name in the provider's configuration", async () => {
    await provider(`organization = "other"`);
    await failsWithoutLoss(workspace, ["(organization_mismatch)", "MCPSTACK_ORG_ID"]);
  });

  test.each(commands)("by a list of organizations in another order: %s %s", async (...command) => {
    api.store.reorderOrganizations(["org_other", "org_petalpal"]);
    await failsWithoutLoss(workspace.with({ MCPSTACK_ORG_ID: "" }), ["(organization_mismatch)"], ...command);
    expect(writes()).toEqual([]);
    api.store.reorderOrganizations(["org_petalpal", "org_other"]);
  });

  test("is not needed where the organization is named by its slug, whatever the order", async () => {
    api.store.reorderOrganizations(["org_other", "org_petalpal"]);
    expect((await workspace.with({ MCPSTACK_ORG_ID: "petalpal" }).plan()).status).toBe(0);
  });

  test("with -refresh=false cannot change what is not its own", async () => {
    await workspace.write(attachedGateway(`  client_id = "changed"`));
    const outcome = await workspace
      .with({ MCPSTACK_ACCESS_TOKEN: secret, MCPSTACK_ORG_ID: "" })
      .run("apply", "-refresh=false", "-auto-approve", "-input=false", "-no-color");
    expect([outcome.status, errorCount(outcome)]).toEqual([1, 1]);
    expect(readText(outcome)).toContain("(organization_mismatch)");
    expect(writes()).toEqual([]);
  });
});

test("a credential that may only read plans, and its writes are refused with what is missing", async () => {
  const { secret } = api.store.addCredential({ label: "reader", access: "read" });
  const reader = workspace.with({ MCPSTACK_ACCESS_TOKEN: secret });
  expect((await reader.plan()).status).toBe(0);
  await workspace.write(attachedGateway(`  client_id = "changed"`));
  const outcome = await reader.run("apply", "-auto-approve", "-input=false", "-no-color");
  expect(errorCount(outcome)).toBe(1);
  expect(readText(outcome)).toMatch(/\(forbidden\)/);
  expect(readText(outcome)).toContain("MCPSTACK_ACCESS_TOKEN is known, but lacks the grant");
});

describe("a token that another resource makes", () => {
  const withMadeToken = (seed: string) =>
    `${attachedGateway("", "access_token = terraform_data.token.output")}
resource "terraform_data" "token" {
  input = "${api.accessToken}"
  triggers_replace = "${seed}"
}
`;

  test("plans without a request to the API, and applies", async () => {
    const fresh = await appliedWorkspace({ api, env: { MCPSTACK_ACCESS_TOKEN: "" } }, "");
    try {
      const configuration = withMadeToken("one").replaceAll("petalpal", "orders");
      await fresh.write(configuration);
      expect((await fresh.plan("-out=planned")).status).toBe(2);
      expect(api.requests).toEqual([]);
      await fresh.apply("planned");
      expect(api.store.attachment("orders-api")).toBeDefined();
      expect((await fresh.plan()).status).toBe(0);

      // Known to the state, not known to the plan: nothing is read, and nothing is lost.
      api.clearRequests();
      await fresh.write(withMadeToken("two").replaceAll("petalpal", "orders"));
      const planned = await fresh.changes();
      expect(api.requests).toEqual([]);
      expect(planned.filter(({ type }) => type.startsWith("mcpstack_")).map(({ actions }) => actions)).toEqual([
        ["no-op"],
        ["no-op"],
      ]);
      await fresh.apply("planned");
      expect((await fresh.plan()).status).toBe(0);
      await fresh.apply("-destroy", "-target=mcpstack_gateway.support");
    } finally {
      await fresh.remove();
    }
  });
});
