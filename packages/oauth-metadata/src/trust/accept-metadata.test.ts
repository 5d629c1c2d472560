import type { AcceptedMetadata, GatewayProfile } from "@mcpstack/model";
import fc from "fast-check";
import { acceptMetadata, metadataFieldNames } from "./accept-metadata";
import type { LiveMetadata } from "./live-metadata";

const profile: GatewayProfile = { name: "G", providerType: "manual", authorizationServerUrl: "https://id.example" };
const accepted: AcceptedMetadata = {
  issuer: "https://id.example",
  authorizationEndpoint: "https://id.example/authorize",
  tokenEndpoint: "https://tokens.example/token",
  jwksUri: "https://id.example/keys",
  codeChallengeMethods: ["S256"],
};

interface Row {
  readonly name: string;
  readonly live: LiveMetadata | undefined;
  readonly profile?: Partial<GatewayProfile>;
  readonly trustedOrigins?: readonly string[];
  readonly moved?: readonly string[];
  readonly refused?: readonly string[];
}

const rows: readonly Row[] = [
  { name: "the same is no move", live: { ...accepted } },
  { name: "nothing live keeps what was accepted", live: undefined },
  {
    name: "a path within the origin moves",
    live: { ...accepted, jwksUri: "https://id.example/keys2" },
    moved: ["jwksUri"],
  },
  {
    name: "an origin that another accepted value has is trusted",
    live: { ...accepted, jwksUri: "https://tokens.example/keys" },
    moved: ["jwksUri"],
  },
  { name: "a value that goes away moves", live: { ...accepted, jwksUri: undefined }, moved: ["jwksUri"] },
  {
    name: "a new challenge method moves",
    live: { ...accepted, codeChallengeMethods: ["S256", "plain"] },
    moved: ["codeChallengeMethods"],
  },
  {
    name: "another resource moves wherever it is",
    live: { ...accepted, resource: "https://api.elsewhere.example" },
    moved: ["resource"],
  },
  {
    name: "one move to an unknown origin refuses all of them",
    live: { ...accepted, jwksUri: "https://id.example/keys2", tokenEndpoint: "https://evil.example/token" },
    refused: ["tokenEndpoint", "jwksUri"],
  },
  {
    name: "a registration endpoint that appears at an unknown origin is refused",
    live: { ...accepted, registrationEndpoint: "https://evil.example/register" },
    refused: ["registrationEndpoint"],
  },
  {
    name: "another port is another origin",
    live: { ...accepted, jwksUri: "https://id.example:8443/keys" },
    refused: ["jwksUri"],
  },
  { name: "http is another origin", live: { ...accepted, jwksUri: "http://id.example/keys" }, refused: ["jwksUri"] },
  {
    name: "a host that begins alike is another origin",
    live: { ...accepted, jwksUri: "https://id.example.evil.example/keys" },
    refused: ["jwksUri"],
  },
  {
    name: "a user before the host does not help",
    live: { ...accepted, jwksUri: "https://id.example@evil.example/keys" },
    refused: ["jwksUri"],
  },
  {
    name: "the provider's trusted origins count",
    live: { ...accepted, tokenEndpoint: "https://new.example/token" },
    trustedOrigins: ["https://new.example"],
    moved: ["tokenEndpoint"],
  },
  {
    name: "the gateway's trusted origins count",
    live: { ...accepted, tokenEndpoint: "https://new.example/token" },
    profile: { trustedOrigins: ["https://new.example"] },
    moved: ["tokenEndpoint"],
  },
  ...(
    ["authorizationServerUrl", "metadataUrl", "authorizationEndpoint", "tokenEndpoint", "registrationEndpoint"] as const
  ).map((field) => ({
    name: `an origin that ${field} names counts`,
    live: { ...accepted, tokenEndpoint: "https://new.example/token" },
    profile: { [field]: "https://new.example/x" },
    moved: ["tokenEndpoint"],
  })),
  { name: "what could not be read is kept", live: { ...accepted, unread: ["resource"] } },
];

test.each(rows)("$name", ({ live, profile: changes, trustedOrigins = [], moved = [], refused = [] }) => {
  const result = acceptMetadata({ accepted, live, profile: { ...profile, ...changes }, trustedOrigins });
  expect(result.moved.map(({ field }) => field)).toEqual(moved);
  expect(result.refused.map(({ field }) => field)).toEqual(refused);
  if (moved.length === 0) expect(result.metadata).toEqual(accepted);
  else expect(result.metadata).toEqual(live);
});

test("A resource that could not be read keeps the accepted one, and no list of what was unread is accepted", () => {
  const before = { ...accepted, resource: "https://api.example" };
  const result = acceptMetadata({
    accepted: before,
    live: { ...accepted, unread: ["resource"] },
    profile,
    trustedOrigins: [],
  });
  expect(result).toEqual({ metadata: before, moved: [], refused: [] });
});

test("Null in a state is nothing", () => {
  const state = { ...accepted, registrationEndpoint: null, resource: null } as unknown as AcceptedMetadata;
  expect(acceptMetadata({ accepted: state, live: accepted, profile, trustedOrigins: [] })).toMatchObject({
    moved: [],
    refused: [],
  });
});

describe("at first sight", () => {
  test("what is live is accepted, endpoints at other origins included", () => {
    expect(acceptMetadata({ live: accepted, profile, trustedOrigins: [] })).toEqual({
      metadata: accepted,
      moved: [],
      refused: [],
    });
  });

  test("an issuer at an origin that the program does not name is not", () => {
    const live = { ...accepted, issuer: "https://evil.example" };
    expect(acceptMetadata({ live, profile, trustedOrigins: [] })).toEqual({
      moved: [],
      refused: [{ field: "issuer", to: "https://evil.example", trusted: false }],
    });
  });

  test("with an exact metadata URL another issuer is what was meant", () => {
    const live = { ...accepted, issuer: "https://other.example" };
    const exact = { ...profile, metadataUrl: "https://id.example/meta" };
    expect(acceptMetadata({ live, profile: exact, trustedOrigins: [] }).metadata).toEqual(live);
  });
});

test("No number of applies accepts an origin that was not trusted at the start", () => {
  const origins = ["https://id.example", "https://tokens.example", "https://evil.example", "https://evil2.example"];
  const live = fc.record(
    Object.fromEntries(
      metadataFieldNames
        .filter((field) => field !== "codeChallengeMethods" && field !== "resource")
        .map((field) => [
          field,
          fc.tuple(fc.constantFrom(...origins), fc.constantFrom("/a", "/b")).map(([origin, path]) => origin + path),
        ]),
    ),
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.array(live, { maxLength: 8 }), (steps) => {
      let state = accepted;
      for (const step of steps)
        state = acceptMetadata({ accepted: state, live: step, profile, trustedOrigins: [] }).metadata ?? state;
      expect(JSON.stringify(state)).not.toContain("evil");
    }),
    { seed: 11, numRuns: 300 },
  );
});
