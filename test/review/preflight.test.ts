import { Readable } from "node:stream";
import { startTableIssuer, type TableIssuer } from "@mcpstack/local-api";
import { metadataPreflight, type ReviewResult, reviewPlan } from "@mcpstack/review";
import { type Scenario, supportGateway, UNKNOWN } from "../../packages/review/src/testing/scenario";
import { terraformPlan } from "../../packages/review/src/testing/terraform-plan";

const now = new Date("2026-11-24T00:00:00Z");
const closed = { allowPrivateAddresses: false, allowInsecureMetadata: false, caFile: undefined };
const open = { ...closed, allowPrivateAddresses: true };

let issuer: TableIssuer;
beforeEach(async () => {
  issuer = await startTableIssuer();
});
afterEach(() => issuer.close());

const planned = (changed: object): Scenario => {
  const profile = {
    ...supportGateway,
    authorizationServerUrl: issuer.url,
    resource: issuer.resource,
    scopes: ["openid"],
  };
  return {
    before: { gateways: { support: { ...profile, clientId: "old" } } },
    after: { gateways: { support: { ...profile, clientId: "new", ...changed } } },
  };
};

async function review(
  scenario: Scenario,
  choices: Parameters<typeof metadataPreflight>[0],
  connect?: Parameters<typeof metadataPreflight>[1],
): Promise<ReviewResult> {
  const preflight = await metadataPreflight(choices, connect);
  try {
    const content = Readable.from([Buffer.from(JSON.stringify(terraformPlan(scenario)))]);
    return await reviewPlan({ name: "plan.json", content }, { now, preflight });
  } finally {
    await preflight.close();
  }
}

/** What the check of metadata added to what the plan alone says. */
const added = ({ findings }: ReviewResult) => findings.filter(({ title }) => title.startsWith("Published metadata"));

test("a profile that agrees with what is published raises nothing, and no request carries a credential", async () => {
  const result = await review(planned({}), open);
  expect(added(result)).toEqual([]);
  expect(result.preflight).toBe("done");
  expect(issuer.requests.length).toBeGreaterThan(2);
  for (const { headers } of issuer.requests) {
    expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(["authorization"]));
    expect(JSON.stringify(headers)).not.toMatch(/mcpstack_sk|cookie|x-api-key/i);
  }
});

test("an issuer that the server does not have fails the review before it merges", async () => {
  issuer.setMetadata({ issuer: "https://login.elsewhere.example" });
  const result = await review(planned({}), open);
  expect(added(result)).toMatchObject([
    { severity: "error", kind: "gateway", address: "mcpstack_gateway.support", fields: ["authorization_server_url"] },
  ]);
  expect(added(result)[0]?.summary).toMatch(/^Support Gateway: /);
});

test("an audience that the resource does not name is told", async () => {
  issuer.setResourceMetadata({ resource: `${issuer.origin}/other` });
  expect(added(await review(planned({}), open)).map(({ fields }) => fields)).toEqual([["resource"]]);
});

test("fields are spelled as the front end's users write them", async () => {
  issuer.setMetadata({ issuer: "https://login.elsewhere.example" });
  const [finding] = added(await review(planned({}), open));
  expect(finding?.fix).toContain('Set authorization_server_url to "https://login.elsewhere.example"');
});

test("a lowered metadata_check and a finding that this plan switches off do not silence it", async () => {
  issuer.setMetadata({ issuer: "https://login.elsewhere.example" });
  const [finding] = added(await review(planned({}), open));
  const silenced = planned({ metadataCheck: "off", findings: { [finding?.code ?? ""]: "off" } });
  expect(added(await review(silenced, open)).map(({ code, severity }) => [code, severity])).toEqual([
    [finding?.code, "error"],
  ]);
});

test("a finding that was switched off before stays off", async () => {
  issuer.setMetadata({ issuer: "https://login.elsewhere.example" });
  const [finding] = added(await review(planned({}), open));
  const findings = { [finding?.code ?? ""]: "off" };
  const scenario = planned({ findings });
  const before = { gateways: { support: { ...scenario.before?.gateways?.support, findings } } };
  expect(added(await review({ ...scenario, before }, open))).toEqual([]);
});

test("a gateway whose discovery does not change is not asked about", async () => {
  const unchanged = planned({ clientId: "old", description: "x" });
  await review(unchanged, open);
  expect(issuer.requests).toEqual([]);
});

describe("private addresses, which the author of a pull request can name", () => {
  test.each<[string, (port: string) => string]>([
    ["the loopback address", (port) => `http://127.0.0.1:${port}`],
    ["the loopback name", (port) => `http://localhost:${port}`],
    ["IPv6 loopback", (port) => `http://[::1]:${port}`],
    ["a loopback address in disguise", (port) => `https://2130706433:${port}`],
    ["an IPv4 address mapped to IPv6", (port) => `https://[::ffff:127.0.0.1]:${port}`],
    ["a private address", () => "https://10.0.0.1"],
    ["the cloud's metadata service", () => "https://169.254.169.254"],
    ["carrier-grade NAT", () => "https://100.64.0.1"],
    ["a unique local address", () => "https://[fd00::1]"],
  ])("%s is not contacted, and that is said", async (_, url) => {
    const address = url(new URL(issuer.origin).port);
    const result = await review(planned({ authorizationServerUrl: address, resource: "urn:x" }), closed);
    expect(issuer.requests).toEqual([]);
    const refused = url("0").includes("169.254.") ? "metadata-unreachable" : "private-address";
    expect(added(result).map(({ code }) => code)).toEqual([refused]);
  });

  test.each([
    ["10.1.2.3"],
    ["127.0.0.1"],
    ["169.254.169.254"],
    ["::1"],
    ["fe80::1"],
    ["::ffff:10.0.0.1"],
    ["64:ff9b::a00:1"],
  ])("a name that resolves to %s is not contacted", async (address) => {
    const routed: string[] = [];
    const connect = { resolve: async () => [address], route: (host: string) => void routed.push(host) };
    const result = await review(
      planned({ authorizationServerUrl: "https://login.petalpal.example", resource: "urn:x" }),
      closed,
      connect,
    );
    expect(routed).toEqual([]);
    expect(added(result).map(({ severity }) => severity)).toEqual(["warn"]);
  });

  test("naming it in the plan allows nothing, and what to do is told in the review's words", async () => {
    const result = await review(planned({ trustedOrigins: [issuer.origin] }), closed);
    expect(issuer.requests).toEqual([]);
    expect(
      added(result).map(({ code, fix }) => [code, /--allow-private-addresses where whoever can open/.test(fix)]),
    ).toEqual([
      ["private-address", true],
      ["private-address", true],
    ]);
  });

  test("a public address is contacted", async () => {
    const routed: string[] = [];
    const port = Number(new URL(issuer.origin).port);
    const connect = {
      resolve: async () => ["93.184.216.34", "10.0.0.1"],
      route: (host: string) => {
        routed.push(host);
        return { host: "127.0.0.1", port };
      },
    };
    await review(
      planned({ authorizationServerUrl: "https://login.petalpal.example", resource: "urn:x" }),
      closed,
      connect,
    );
    expect(routed.length).toBeGreaterThan(0);
  });
});

test("what is not known before the apply, and what the engines refuse, is not sent anywhere", async () => {
  await review(planned({ authorizationServerUrl: UNKNOWN }), open);
  await review(planned({ authorizationServerUrl: `${issuer.url}?q=1` }), open);
  expect(issuer.requests).toEqual([]);
});

test("a file of authorities that cannot be read is an error of the option", async () => {
  await expect(metadataPreflight({ ...open, caFile: "/no/such/file.pem" })).rejects.toMatchObject({
    code: "option-invalid",
  });
});
