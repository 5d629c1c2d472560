import type { AcceptedMetadata, GatewayProfile, GatewayState } from "@mcpstack/model";
import type { Discovered } from "@mcpstack/oauth-metadata";
import { metadataAfterApply } from "./create";
import { type ChoiceName, findingsFor } from "./findings";
import { decideGateway, type GatewayDecision } from "./plan";
import type { GatewayPlanInput } from "./plan-input";

const issuer = "https://auth.example.com";
const api = "https://api.example.com";
const accepted: AcceptedMetadata = {
  issuer,
  authorizationEndpoint: `${issuer}/authorize`,
  tokenEndpoint: `${issuer}/token`,
  jwksUri: `${issuer}/jwks`,
};
const profile: GatewayProfile = {
  name: "Support",
  providerType: "manual",
  authorizationServerUrl: issuer,
  scopes: ["openid", "email"],
};
const prior: GatewayState = { ...profile, id: "gw", organizationId: "org", metadata: accepted };

/** What was found for a profile, with metadata that differs so from what was accepted. */
const found = (differs: AcceptedMetadata = {}, inputs: Partial<Discovered["inputs"]> = {}): Discovered => {
  const live = { ...accepted, ...differs };
  return {
    version: 1,
    inputs: { authorizationServerUrl: issuer, ...inputs },
    authorizationServer: {
      kind: "found",
      url: `${issuer}/.well-known/openid-configuration`,
      attempts: [],
      document: {
        issuer: live.issuer,
        authorization_endpoint: live.authorizationEndpoint,
        token_endpoint: live.tokenEndpoint,
        jwks_uri: live.jwksUri,
      },
    },
  } as Discovered;
};
const nobody = { policy: {}, trustedOrigins: [] };
const keeps = { metadata: { value: accepted, unknown: [] } };
const looks = { metadata: metadataAfterApply };

test.each<[string, GatewayPlanInput, Partial<Record<keyof GatewayDecision, unknown>>]>([
  ["nothing and nothing", {}, { change: "none" }],
  ["a new one", { desired: profile }, { change: "create", ...looks }],
  ["a new one that was looked at", { desired: profile, discovered: found() }, { change: "create", ...keeps }],
  [
    "a new one that nobody shall look at",
    { desired: { ...profile, metadataCheck: "off" } },
    { change: "create", metadata: { value: undefined, unknown: [] } },
  ],
  [
    "the successor of one that is replaced or gone, whose memory it is handed",
    { desired: profile, memory: { written: profile, filled: {}, discovered: found() } },
    { change: "create", ...looks },
  ],
  ["one that is given up", { prior }, { change: "delete" }],
  ["the same", { prior, desired: profile, discovered: found() }, { change: "none", edited: [], ...keeps }],
  ["the same, with the issuer down", { prior, desired: profile }, { change: "none", ...keeps }],
  [
    "scopes in another order",
    { prior, desired: { ...profile, scopes: ["email", "openid"] }, discovered: found() },
    { change: "none", edited: [] },
  ],
  [
    "an edit of a field that leads nowhere else",
    { prior, desired: { ...profile, description: "x" }, discovered: found() },
    { change: "update", edited: ["description"], ...keeps },
  ],
  [
    "the slash that the issuer has",
    { prior, desired: { ...profile, authorizationServerUrl: `${issuer}/` }, discovered: found() },
    { change: "update", edited: ["authorizationServerUrl"], ...keeps },
  ],
  [
    "the slash that the issuer has, beside a move within the origin",
    {
      prior,
      desired: { ...profile, authorizationServerUrl: `${issuer}/` },
      discovered: found({ jwksUri: `${issuer}/keys2` }),
    },
    {
      change: "update",
      edited: ["authorizationServerUrl"],
      metadata: { value: { ...accepted, jwksUri: `${issuer}/keys2` }, unknown: [] },
    },
  ],
  [
    "another issuer",
    { prior, desired: { ...profile, authorizationServerUrl: "https://other.example" }, discovered: found() },
    { change: "update", edited: ["authorizationServerUrl"], ...looks },
  ],
  [
    "another metadata URL",
    { prior, desired: { ...profile, metadataUrl: `${issuer}/document` }, discovered: found() },
    { change: "update", edited: ["metadataUrl"], ...looks },
  ],
  [
    "another resource, of which alone nothing is known",
    { prior, desired: { ...profile, resource: "https://api.example.com" }, discovered: found() },
    { change: "update", edited: ["resource"], metadata: { value: accepted, unknown: ["resource"] } },
  ],
  [
    "another spelling of the resource, which publishes something new",
    {
      prior: { ...prior, resource: api },
      desired: { ...profile, resource: `${api}/` },
      discovered: {
        ...found({}, { resource: api }),
        protectedResource: { kind: "found", document: { resource: `${api}/` }, attempts: [] },
      },
    },
    { change: "update", edited: ["resource"], metadata: { value: { ...accepted, resource: `${api}/` }, unknown: [] } },
  ],
  [
    "another client",
    { prior, desired: { ...profile, clientId: "https://client.example/id" }, discovered: found() },
    { change: "update", edited: ["clientId"], ...keeps },
  ],
  [
    "another issuer at the API alone, which leads nowhere",
    {
      prior: { ...prior, authorizationServerUrl: "https://evil.example" },
      memory: { written: profile },
      desired: profile,
      discovered: found({ tokenEndpoint: "https://evil.example/token" }),
    },
    { change: "update", edited: ["authorizationServerUrl"], ...keeps },
  ],
  [
    "an issuer that is not known yet",
    { prior, desired: profile, unknown: ["authorizationServerUrl"], discovered: undefined },
    { change: "update", edited: ["authorizationServerUrl"], ...looks },
  ],
  [
    "a move within the origin",
    { prior, desired: profile, discovered: found({ jwksUri: `${issuer}/keys2` }) },
    {
      change: "update",
      edited: [],
      metadata: { value: { ...accepted, jwksUri: `${issuer}/keys2` }, unknown: [] },
      moved: [{ field: "jwksUri", from: `${issuer}/jwks`, to: `${issuer}/keys2`, trusted: true }],
    },
  ],
  [
    "a move to another origin",
    { prior, desired: profile, discovered: found({ tokenEndpoint: "https://evil.example/token" }) },
    { change: "none", ...keeps, refused: [expect.objectContaining({ to: "https://evil.example/token" })] },
  ],
  [
    "a move to an origin that the gateway trusts",
    {
      prior: { ...prior, trustedOrigins: ["https://new.example"] },
      desired: { ...profile, trustedOrigins: ["https://new.example"] },
      discovered: found({ tokenEndpoint: "https://new.example/token" }),
    },
    { change: "update", moved: [expect.objectContaining({ field: "tokenEndpoint" })], refused: [] },
  ],
  [
    "a move while metadata_check is off",
    {
      prior: { ...prior, metadataCheck: "off" },
      desired: { ...profile, metadataCheck: "off" },
      discovered: found({ jwksUri: `${issuer}/keys2` }),
    },
    { change: "none", ...keeps, moved: [] },
  ],
  [
    "turning the looking off",
    { prior, desired: { ...profile, metadataCheck: "off" }, discovered: found({ jwksUri: `${issuer}/keys2` }) },
    { change: "update", edited: ["metadataCheck"], ...keeps },
  ],
  [
    "turning the looking on",
    { prior: { ...prior, metadataCheck: "off", metadata: undefined }, desired: profile },
    { change: "update", edited: ["metadataCheck"], ...looks },
  ],
  [
    "looking for the first time, since the provider turned it on",
    { prior: { ...prior, metadata: undefined }, desired: profile, discovered: found() },
    { change: "update", edited: [], ...keeps },
  ],
  [
    "a write-only value whose version changed",
    { prior, desired: { ...profile, settingsWo: { clientSecret: "s" }, settingsWoVersion: 2 }, discovered: found() },
    { change: "update", edited: ["settingsWoVersion"], ...keeps },
  ],
])("%s is decided as it must be, and again the same", (_, input, expected) => {
  const decided = decideGateway(input, nobody);
  expect(decided).toMatchObject(expected);
  expect(decideGateway(structuredClone(input), nobody)).toEqual(decided);
});

test("the provider's choices count where the gateway makes none", () => {
  const discovered = found({ tokenEndpoint: "https://new.example/token" });
  const input = { prior, desired: profile, discovered };
  const trusting = decideGateway(input, { policy: {}, trustedOrigins: ["https://new.example"] });
  expect(trusting).toMatchObject({ change: "update", refused: [] });
  expect(decideGateway(input, { policy: { metadataCheck: "off" }, trustedOrigins: [] })).toMatchObject({
    change: "none",
    refused: [],
  });
});

describe("a provider of which a part is not known yet", () => {
  const moved = { prior, desired: profile, discovered: found({ tokenEndpoint: "https://new.example/token" }) };
  const within = { prior, desired: profile, discovered: found({ jwksUri: `${issuer}/keys2` }) };
  const unknown = (...names: ChoiceName[]) => ({ policy: {}, trustedOrigins: [], unknown: names });

  test("leaves open what that part decides, and nothing else", () => {
    expect(decideGateway(moved, unknown("trustedOrigins")).metadata.unknown).toEqual(["tokenEndpoint"]);
    expect(decideGateway(within, unknown("trustedOrigins")).metadata).toMatchObject({
      unknown: [],
      value: { jwksUri: `${issuer}/keys2` },
    });
    expect(decideGateway(within, unknown("metadataCheck")).metadata.unknown).toEqual(["jwksUri"]);
    // A gateway's own check takes the place of the provider's.
    const own = { ...within, prior: { ...prior, metadataCheck: "warn" as const } };
    const desired = { ...profile, metadataCheck: "warn" as const };
    expect(decideGateway({ ...own, desired }, unknown("metadataCheck")).metadata.unknown).toEqual([]);
    expect(decideGateway(within, unknown("findings")).metadata.unknown).toEqual([]);
  });

  test("is judged as far as that part decides nothing", () => {
    const codes = (provider: ReturnType<typeof unknown>) => findingsFor(provider, moved).map(({ code }) => code);
    expect(codes(unknown())).toContain("origin-moved");
    expect(codes(unknown("trustedOrigins"))).not.toContain("origin-moved");
    expect(codes(unknown("metadataCheck"))).toEqual([]);
    expect(codes(unknown("findings"))).toEqual([]);
  });
});

test("What is only worth knowing is no finding of a plan, unless the program makes it one", () => {
  const input = { desired: profile, discovered: found() };
  const all = { ...nobody, policy: { findings: { "pkce-not-listed": "warn" } } } as const;
  expect(findingsFor(nobody, input).filter(({ severity }) => severity === "info")).toEqual([]);
  expect(findingsFor(all, input).map(({ code }) => code)).toContain("pkce-not-listed");
});
