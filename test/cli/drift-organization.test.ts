import { codesOf, driftReport, mcpstackIac } from "./command-line";
import { type Organization, onLoopback, organization } from "./organization";

test("an organization in order has no finding, and the exit code is 0", async () => {
  const { env } = await organization();
  const { code, report } = await driftReport(onLoopback, { env });
  expect(report.findings).toEqual([]);
  expect(report.checked).toEqual({ gateways: 1, routes: 1, agents: 1 });
  expect(code).toBe(0);
});

interface Planted {
  readonly symptom: string;
  readonly plant: (of: Organization) => void;
  readonly args?: readonly string[];
  readonly finds: string;
  /** What the text has to name for the symptom to be solved. */
  readonly solution: (of: Organization) => string;
}

/** The help page's table, "What goes wrong in practice". */
const symptoms: readonly Planted[] = [
  {
    symptom: "OAuth callback fails",
    plant: ({ api }) => api.setBehaviour({ attachmentAddresses: "slash" }),
    finds: "callback-url-differs",
    solution: ({ api }) => `Register "${api.url}/api/v1/gateway/gw_plants/oauth/callback/" at the identity provider`,
  },
  {
    symptom: "invalid audience",
    plant: ({ api, issuer, gatewayId }) => {
      api.store.putGateway(gatewayId, { resource: issuer.resource });
      issuer.setResourceMetadata({ resource: `${issuer.resource}/v2` });
    },
    finds: "resource-mismatch",
    solution: ({ issuer }) => `Set resource to "${issuer.resource}/v2".`,
  },
  {
    symptom: "missing scopes",
    plant: ({ api, gatewayId }) => api.store.putGateway(gatewayId, { scopes: ["openid", "profile", "plants.read"] }),
    finds: "tool-scope-not-allowed",
    solution: () => 'Add "plants.write" to scopes',
  },
  {
    symptom: "metadata 404",
    plant: ({ api, gatewayId, issuer }) =>
      api.store.putGateway(gatewayId, { authorizationServerUrl: `${issuer.url}/realms/gone` }),
    finds: "metadata-not-found",
    solution: () => "Correct authorizationServerUrl",
  },
  {
    symptom: "embedded exchange fails: no link to the server",
    plant: ({ api }) => {
      api.store.addAgent({ id: "agt_shop", name: "Shop", serverIds: [], allowedOrigins: ["https://shop.example.com"] });
    },
    args: ["--use", "agt_shop=petalpal-api"],
    finds: "agent-not-linked",
    solution: () => 'Link the agent "Shop" to "Petalpal API".',
  },
  {
    symptom: "embedded exchange fails: origin not allowed",
    plant: () => {},
    args: ["--use", "agt_0001=srv_petalpal_api,https://new.example.com"],
    finds: "agent-origin-not-allowed",
    solution: () => `Add "https://new.example.com" to the agent's allowed origins.`,
  },
  {
    symptom: "embedded exchange fails: the issuer is another one",
    plant: ({ issuer }) => issuer.setMetadata({ issuer: "https://login.example.com" }),
    finds: "issuer-mismatch",
    solution: () => 'Set authorizationServerUrl to "https://login.example.com"',
  },
];

test.each(symptoms)("$symptom: found, with the text that solves it", async ({ plant, args, finds, solution }) => {
  const of = await organization();
  plant(of);
  const { code, report } = await driftReport([...onLoopback, ...(args ?? [])], { env: of.env });
  const found = report.findings.find((finding) => finding.code === finds);
  expect(codesOf(report)).toContain(finds);
  expect(found?.fix).toContain(solution(of));
  expect(code).toBe(1);
});

test("an origin that is missing is found for an agent that is found by its id", async () => {
  const { env } = await organization();
  const { report } = await driftReport([...onLoopback, "--use", "agt_0001=https://new.example.com"], { env });
  expect(codesOf(report)).toEqual(["agent-origin-not-allowed"]);
});

test("the public route of an attached server is checked, and named by its server", async () => {
  const { api, env } = await organization();
  api.publicLeg.plant("wrong-issuer", "gw_plants");
  const { report } = await driftReport(onLoopback, { env });
  expect(report.findings.map(({ code, leg, subjects }) => [code, leg, subjects[0]?.address])).toEqual([
    ["public-issuer-mismatch", "public", "srv_petalpal_api"],
  ]);
  expect((await driftReport([...onLoopback, "--no-public-leg"], { env })).code).toBe(0);
});

test("a fault that many gateways share is said once, with all of them", async () => {
  const { api, env, issuer } = await organization();
  for (const name of ["Two", "Three"]) {
    const profile = { providerType: "manual", authorizationServerUrl: `${issuer.url}/`, clientId: "x" };
    api.store.createGateway({ name, ...profile });
  }
  const { report } = await driftReport(onLoopback, { env });
  expect(report.findings.map(({ code, subjects }) => [code, subjects.length])).toEqual([["issuer-trailing-slash", 2]]);
  expect(issuer.count("/jwks")).toBe(1);
});

test("an event of the log stands beside the finding that explains it, and other events do not", async () => {
  const { api, env, gatewayId } = await organization();
  api.store.putGateway(gatewayId, { scopes: ["openid", "plants.read"] });
  api.store.addLogEvent(gatewayId, { type: "tool_call", outcome: "failure", message: "insufficient_scope" });
  api.store.addLogEvent(gatewayId, { type: "token", outcome: "failure", message: "invalid audience" });
  api.store.addLogEvent(gatewayId, { type: "tool_call", outcome: "success", message: "scope granted" });
  const { report } = await driftReport(onLoopback, { env });
  expect(report.findings[0]?.events?.map(({ message }) => message)).toEqual(["insufficient_scope"]);
  const without = await driftReport([...onLoopback, "--no-logs"], { env });
  expect(without.report.findings[0]?.events).toBeUndefined();
});

test.each([
  ["insufficient_scope for Bearer 8xLOxBtZp8Q-mZ.2", "insufficient_scope for Bearer [token]"],
  ["insufficient_scope at /cb?code=SplxlOBe&state=af0", "insufficient_scope at /cb?code=[token]&state=af0"],
  ['insufficient_scope: {"refresh_token":"8xLOxBtZp8"}', 'insufficient_scope: {"refresh_token":"[token]"}'],
  ["insufficient_scope (eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln)", "insufficient_scope ([token])"],
])("an event is told without the tokens that somebody put into the log: %s", async (message, told) => {
  const { api, env, gatewayId } = await organization();
  api.store.putGateway(gatewayId, { scopes: ["openid", "plants.read"] });
  api.store.addLogEvent(gatewayId, { type: "tool_call", outcome: "failure", message });
  const { report } = await driftReport(onLoopback, { env });
  expect(report.findings[0]?.events?.map((event) => event.message)).toEqual([told]);
});

test("one gateway is checked by its id or its name, with its own servers alone", async () => {
  const { api, env, gatewayId } = await organization();
  api.store.createGateway({ name: "Broken", providerType: "manual", authorizationServerUrl: "http://127.0.0.1:9" });
  for (const target of [gatewayId, "Plants"]) {
    const { report } = await driftReport([...onLoopback, target], { env });
    expect(report.checked).toEqual({ gateways: 1, routes: 1, agents: 1 });
    expect(report.findings).toEqual([]);
  }
  const unknown = await mcpstackIac(["drift", "Nobody"], { env });
  expect(unknown.stderr).toContain('no gateway with the id or name "Nobody"');
  expect(unknown.code).toBe(2);
});

test("what the service filled in and says so is not taken for the profile's own", async () => {
  const { api, env, issuer } = await organization();
  api.setBehaviour({ fills: "derived" });
  issuer.setMetadata({ token_endpoint: `${issuer.url}/other-token` });
  expect((await driftReport(onLoopback, { env })).report.findings).toEqual([]);
});

test.each([
  { listItems: "four-fields" as const },
  { listEnvelope: "data" as const, listPaging: "pages" as const, pageSize: 2 },
  { attachmentAddresses: "absent" as const },
  { agentFields: "origins+mcpServers" as const },
  { attachmentGateway: "embedded" as const, organizationId: "absent" as const },
  { unsetFields: "empty" as const, scopesForm: "comma-string" as const },
])("an organization in order stays so when the API answers in another form: %j", async (behaviour) => {
  const { api, env } = await organization();
  api.setBehaviour(behaviour);
  const { report, code } = await driftReport(onLoopback, { env });
  expect([report.findings, report.unchecked, code]).toEqual([[], [], 0]);
  expect(report.checked).toEqual({ gateways: 1, routes: 1, agents: 1 });
});

test("the credential goes to the API alone", async () => {
  const { api, env, issuer } = await organization();
  await driftReport(onLoopback, { env });
  const sent = issuer.requests.map(({ headers }) => JSON.stringify(headers));
  expect(sent.length).toBeGreaterThan(0);
  expect(sent.join()).not.toContain(api.accessToken);
  expect(sent.join()).not.toContain("authorization");
});
