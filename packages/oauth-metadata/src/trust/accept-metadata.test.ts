import type { AcceptedMetadata, GatewayProfile } from "@mcpstack/model";
import fc from "fast-check";
import { acceptMetadata } from "./accept-metadata";
import { type LiveMetadata, metadataFieldNames, nothingRead } from "./live-metadata";

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
  readonly live: LiveMetadata;
  readonly profile?: Partial<GatewayProfile>;
  readonly trustedOrigins?: readonly string[];
  readonly moved?: readonly string[];
  readonly refused?: readonly string[];
}

const rows: readonly Row[] = [
  { name: "the same is no move", live: { ...accepted } },
  { name: "nothing live keeps what was accepted", live: nothingRead },
  {
    name: "a path within the origin moves",
    live: { ...accepted, jwksUri: "https://id.example/keys2" },
    moved: ["jwksUri"],
  },
  {
    name: "an origin that was accepted in another role is not trusted in this one",
    live: { ...accepted, jwksUri: "https://tokens.example/keys" },
    refused: ["jwksUri"],
  },
  {
    name: "an origin that was accepted in the same role is",
    live: { ...accepted, tokenEndpoint: "https://tokens.example/v2/token" },
    moved: ["tokenEndpoint"],
  },
  {
    name: "the issuer's own origin is, in every role",
    live: { ...accepted, tokenEndpoint: "https://id.example/token" },
    moved: ["tokenEndpoint"],
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
  {
    name: "user information before a foreign host does not make its move an absence",
    live: {
      ...accepted,
      tokenEndpoint: undefined,
      unusable: { tokenEndpoint: "https://evil.example/token" },
      jwksUri: "https://id.example/keys2",
    },
    refused: ["tokenEndpoint", "jwksUri"],
  },
  {
    name: "a field that is there and cannot be taken keeps all that was accepted",
    live: {
      ...accepted,
      tokenEndpoint: undefined,
      unusable: { tokenEndpoint: null },
      jwksUri: "https://id.example/keys2",
    },
  },
  {
    name: "so does one that would lead to where it led",
    live: { ...accepted, jwksUri: undefined, unusable: { jwksUri: "https://id.example/keys" } },
  },
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
  expect(result).toMatchObject({ metadata: before, moved: [], refused: [], unasked: [] });
});

test("A field that cannot be taken counts as absent where nothing was accepted in it", () => {
  const live = { ...accepted, jwksUri: "https://id.example/keys2", unusable: { registrationEndpoint: null } };
  const { moved, metadata, doubted } = acceptMetadata({ accepted, live, profile, trustedOrigins: [] });
  expect([moved.map(({ field }) => field), doubted]).toEqual([["jwksUri"], undefined]);
  expect(metadata).toEqual({ ...accepted, jwksUri: "https://id.example/keys2" });
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
    expect(acceptMetadata({ live: accepted, profile, trustedOrigins: [] })).toMatchObject({
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
      unasked: [],
    });
  });

  test("with an exact metadata URL another issuer is what was meant", () => {
    const live = { ...accepted, issuer: "https://other.example" };
    const exact = { ...profile, metadataUrl: "https://id.example/meta" };
    expect(acceptMetadata({ live, profile: exact, trustedOrigins: [] }).metadata).toEqual(live);
  });
});

describe("acceptance belongs to the issuer that the program chose", () => {
  const choice = { authorizationServerUrl: "https://id.example", resource: "https://api.example" };
  const before = { ...accepted, resource: "https://api.example" };
  const chosen = { ...profile, ...choice };
  const elsewhere = { ...before, tokenEndpoint: "https://evil.example/token", jwksUri: "https://evil.example/keys" };
  const input = { accepted: before, choice, live: elsewhere, trustedOrigins: [] };

  test.each<[string, Partial<GatewayProfile>]>([
    ["nothing else", {}],
    ["the resource", { resource: "https://other.example" }],
    ["the client", { clientId: "https://client.example/id" }],
    ["a slash at the issuer's end", { authorizationServerUrl: "https://id.example/" }],
    ["the case of the issuer's host", { authorizationServerUrl: "https://ID.example" }],
    ["an endpoint", { tokenEndpoint: "https://id.example/other" }],
    [
      "the address of the document that discovery finds",
      { metadataUrl: "https://id.example/.well-known/openid-configuration" },
    ],
    [
      "that address in the place of the issuer",
      { authorizationServerUrl: "https://id.example/.well-known/oauth-authorization-server" },
    ],
  ])("a refused move stays refused when the program edits %s", (_, edit) => {
    const { metadata, refused } = acceptMetadata({ ...input, profile: { ...chosen, ...edit } });
    expect(refused.map(({ field }) => field)).toEqual(["tokenEndpoint", "jwksUri"]);
    expect(JSON.stringify(metadata)).not.toContain("evil");
  });

  test.each<[string, Partial<GatewayProfile>]>([
    ["another issuer", { authorizationServerUrl: "https://other.example" }],
    ["another issuer of the same origin", { authorizationServerUrl: "https://id.example/other" }],
  ])("it is given anew when the program chooses %s, and another issuer is there", (_, edit) => {
    const live = { ...elsewhere, issuer: edit.authorizationServerUrl };
    const { metadata, earlier } = acceptMetadata({ ...input, live, profile: { ...chosen, ...edit } });
    expect(earlier).toBeUndefined();
    expect(metadata).toMatchObject({ tokenEndpoint: "https://evil.example/token" });
  });

  test.each(["https://id.example/other", "https://evil.example", "acme", undefined])(
    "a document at an address that the program chooses, whose issuer is %s, lets in nobody whom the program does not name",
    (issuer) => {
      for (const metadataUrl of [
        "https://id.example/document",
        "https://id.example/other/.well-known/openid-configuration",
      ]) {
        const edited = { ...input, live: { ...elsewhere, issuer }, profile: { ...chosen, metadataUrl } };
        const { metadata, refused } = acceptMetadata(edited);
        expect(refused.map(({ field }) => field)).toEqual(expect.arrayContaining(["tokenEndpoint", "jwksUri"]));
        expect(metadata).toMatchObject(accepted);
        // Nor does the issuer vouch for its endpoints, as it would have once it was accepted.
        const alone = acceptMetadata({ ...edited, live: { ...accepted, issuer: "https://evil.example" } });
        expect(alone.refused.map(({ field }) => field)).toContain("issuer");
      }
    },
  );

  test.each<[string, string, AcceptedMetadata["issuer"], Partial<GatewayProfile>]>([
    [
      "the document's address for the issuer",
      "https://id.example/.well-known/openid-configuration",
      "https://id.example",
      { authorizationServerUrl: "https://id.example" },
    ],
    [
      "the issuer for the document's address",
      "https://id.example",
      "https://id.example",
      { authorizationServerUrl: "https://id.example/.well-known/oauth-authorization-server" },
    ],
    [
      "the name that it gave itself",
      "https://id.example",
      "https://id.example/v2",
      { authorizationServerUrl: "https://id.example/v2" },
    ],
    ["another slash", "https://id.example", "https://id.example", { authorizationServerUrl: "https://id.example//" }],
  ])(
    "edits that let nobody in each by itself do not together: %s, and another address of a document",
    (_, named, issuer, edit) => {
      const memory = {
        accepted: { ...accepted, issuer },
        choice: { authorizationServerUrl: named },
        trustedOrigins: [],
      };
      for (const metadataUrl of [
        undefined,
        "https://id.example/custom",
        `${edit.authorizationServerUrl}/.well-known/openid-configuration`,
      ]) {
        for (const called of ["acme", "https://id.example/v3", "https://evil.example"]) {
          const live = { ...elsewhere, issuer: called };
          const { refused, metadata } = acceptMetadata({
            ...memory,
            live,
            profile: { ...profile, ...edit, metadataUrl },
          });
          expect(refused.map(({ field }) => field)).toEqual(expect.arrayContaining(["tokenEndpoint", "jwksUri"]));
          expect(JSON.stringify(metadata)).not.toContain("evil");
        }
      }
      // Nor where such an address is left out.
      const choice = { authorizationServerUrl: named, metadataUrl: "https://id.example/custom" };
      const live = { ...elsewhere, issuer: "https://id.example/v3" };
      const { metadata } = acceptMetadata({ ...memory, choice, live, profile: { ...profile, ...edit } });
      expect(JSON.stringify(metadata)).not.toContain("evil");
    },
  );

  test("the address of another issuer's own document chooses that issuer", () => {
    const google = {
      issuer: "https://accounts.google.example",
      tokenEndpoint: "https://googleapis.example/token",
      jwksUri: "https://googleapis.example/keys",
    };
    const metadataUrl = "https://accounts.google.example/.well-known/openid-configuration";
    const chosenByDocument = { ...input, live: google, profile: { ...chosen, metadataUrl } };
    expect(acceptMetadata(chosenByDocument)).toMatchObject({ metadata: google, refused: [] });
    // Only an issuer at that very origin is chosen by it.
    const live = { ...google, issuer: "https://evil.example" };
    const { refused } = acceptMetadata({ ...chosenByDocument, live });
    expect(refused.map(({ field }) => field)).toEqual(expect.arrayContaining(["issuer", "tokenEndpoint", "jwksUri"]));
  });

  test("an issuer that is no address leads nowhere: the program may read its document, which vouches for no origin", () => {
    const named = { ...chosen, metadataUrl: "https://id.example/document" };
    const renamed = acceptMetadata({ ...input, live: { ...before, issuer: "acme" }, profile: named });
    expect(renamed).toMatchObject({ metadata: { issuer: "acme" }, refused: [] });
    const next = { accepted: renamed.metadata, choice: named, profile: named, trustedOrigins: [] };
    const moved = { ...before, issuer: "https://evil.example", jwksUri: "https://evil.example/keys" };
    expect(acceptMetadata({ ...next, live: moved }).refused.map(({ field }) => field)).toEqual(["issuer", "jwksUri"]);
    // Where discovery finds the document, its issuer is the one that was asked for.
    const found = acceptMetadata({ ...input, live: { ...before, issuer: "acme" }, profile: chosen });
    expect(found.refused.map(({ field }) => field)).toEqual(["issuer"]);
  });

  test.each<[string, Partial<GatewayProfile>]>([
    ["a metadata URL", { metadataUrl: "https://id.example/document" }],
    ["two slashes at the issuer's end", { authorizationServerUrl: "https://id.example//" }],
    ["a path of the issuer", { authorizationServerUrl: "https://id.example/other" }],
  ])("another way to the same issuer, %s, does not launder its move", (_, edit) => {
    const { metadata, refused } = acceptMetadata({ ...input, profile: { ...chosen, ...edit } });
    expect(refused.map(({ field }) => field)).toEqual(["tokenEndpoint", "jwksUri"]);
    expect(JSON.stringify(metadata)).not.toContain("evil");
  });

  test.each<[string, LiveMetadata["issuer"]]>([
    ["the same issuer", "https://id.example"],
    ["the same issuer with a slash", "https://id.example/"],
  ])("a detour over another issuer is no first sight of the old one: %s", (_, issuer) => {
    const formerly = [{ choice, metadata: before }];
    const other = { choice: { authorizationServerUrl: "https://other.example" }, formerly, trustedOrigins: [] };
    const live = { ...elsewhere, issuer };
    for (const now of [undefined, { issuer: "https://other.example" }]) {
      const { metadata, refused } = acceptMetadata({ ...other, accepted: now, live, profile: chosen });
      expect(refused.map(({ field }) => field)).toEqual(expect.arrayContaining(["tokenEndpoint", "jwksUri"]));
      expect(metadata).toMatchObject(accepted);
    }
  });

  test("what was accepted when the program named the same issuer counts before what calls itself by its name", () => {
    const pretended = {
      ...accepted,
      tokenEndpoint: "https://other.example/token",
      jwksUri: "https://other.example/keys",
    };
    const back = {
      accepted: pretended,
      choice: { authorizationServerUrl: "https://other.example" },
      formerly: [{ choice, metadata: before }],
      profile: chosen,
      trustedOrigins: [],
    };
    const { metadata, refused } = acceptMetadata({ ...back, live: pretended });
    expect(refused.map(({ field }) => field)).toEqual(expect.arrayContaining(["tokenEndpoint", "jwksUri"]));
    expect(metadata).toMatchObject(accepted);
    // Nor is it a first sight where the issuer calls itself otherwise by then.
    const tenant = { ...elsewhere, issuer: "https://id.example/tenant" };
    expect(acceptMetadata({ ...back, live: tenant }).metadata).toMatchObject(accepted);
  });

  test("what was accepted without any document is of the issuer that was named, in whatever way to its document", () => {
    const endpoints = { authorizationEndpoint: "https://id.example/a", tokenEndpoint: "https://id.example/t" };
    const explicit = { ...chosen, ...endpoints };
    const live = { ...endpoints, issuer: "https://id.example", jwksUri: "https://evil.example/keys" };
    for (const edit of [
      {},
      { metadataUrl: "https://id.example/.well-known/openid-configuration" },
      { authorizationServerUrl: "https://id.example/.well-known/openid-configuration" },
    ]) {
      const input = {
        accepted: endpoints,
        choice: explicit,
        live,
        profile: { ...explicit, ...edit },
        trustedOrigins: [],
      };
      expect(acceptMetadata(input)).toMatchObject({ metadata: endpoints, refused: expect.anything() });
      expect(acceptMetadata(input).refused.map(({ field }) => field)).toContain("jwksUri");
    }
    // Nor after a detour.
    const back = {
      choice: { authorizationServerUrl: "https://other.example" },
      formerly: [{ choice: explicit, metadata: endpoints }],
    };
    expect(acceptMetadata({ ...back, live, profile: explicit, trustedOrigins: [] }).metadata).toEqual(endpoints);
  });

  test("a pretender's memory is not the old issuer's, in whatever way to a document of that name", () => {
    const pretended = {
      ...accepted,
      tokenEndpoint: "https://other.example/token",
      jwksUri: "https://other.example/keys",
    };
    const now = {
      accepted: pretended,
      choice: { authorizationServerUrl: "https://other.example" },
      formerly: [{ choice, metadata: before }],
      live: { ...pretended },
      trustedOrigins: [],
    };
    for (const edit of [
      { metadataUrl: "https://id.example/custom" },
      { authorizationServerUrl: "https://third.example" },
    ]) {
      const { refused, metadata } = acceptMetadata({ ...now, profile: { ...chosen, ...edit } });
      expect(refused.map(({ field }) => field)).toEqual(expect.arrayContaining(["tokenEndpoint", "jwksUri"]));
      expect(JSON.stringify(metadata)).not.toContain("other.example");
    }
  });

  test("an issuer that was renamed within its origin is still the one that the program named", () => {
    const renamed = { ...before, issuer: "https://id.example/t2" };
    const named = { ...chosen, authorizationServerUrl: "https://id.example/t" };
    const live = { ...elsewhere, issuer: "https://id.example/t" };
    const profile = { ...named, metadataUrl: "https://id.example/custom" };
    const { refused, metadata } = acceptMetadata({
      accepted: renamed,
      choice: named,
      live,
      profile,
      trustedOrigins: [],
    });
    expect(refused.map(({ field }) => field)).toEqual(expect.arrayContaining(["tokenEndpoint", "jwksUri"]));
    expect(JSON.stringify(metadata)).not.toContain("evil");
  });

  test("taking over the name that an issuer has given itself is no first sight of what is published there", () => {
    const renamed = { ...before, issuer: "https://id.example/x" };
    const named = { ...chosen, authorizationServerUrl: "https://id.example/x" };
    const live = { ...elsewhere, issuer: "https://id.example/y" };
    const { metadata, refused } = acceptMetadata({ ...input, accepted: renamed, live, profile: named });
    expect(refused.map(({ field }) => field)).toContain("tokenEndpoint");
    expect(JSON.stringify(metadata)).not.toContain("evil");
  });

  test("another resource is asked for apart, and what the old one published is forgotten", () => {
    const other = { ...chosen, resource: "https://other.example" };
    const { resource: _, ...server } = before;
    const unasked = { ...server, unasked: ["resource"] as const };
    expect(acceptMetadata({ ...input, live: unasked, profile: other })).toMatchObject({
      metadata: server,
      unasked: ["resource"],
    });
    const unread = { ...server, unread: ["resource"] as const };
    expect(acceptMetadata({ ...input, live: unread, profile: other }).metadata).toEqual(server);
    const read = { ...server, resource: "https://other.example" };
    expect(acceptMetadata({ ...input, live: read, profile: other })).toMatchObject({ metadata: read, moved: [] });
  });

  test("what nobody looked for keeps what was accepted, and is open where nothing was", () => {
    const unasked = { unasked: metadataFieldNames };
    expect(acceptMetadata({ ...input, live: unasked, profile: chosen })).toMatchObject({
      metadata: before,
      unasked: [],
    });
    expect(acceptMetadata({ live: unasked, profile: chosen, trustedOrigins: [] }).unasked).toEqual(metadataFieldNames);
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

describe("where the program gives the endpoints", () => {
  const endpoints = { authorizationEndpoint: "https://id.example/a", tokenEndpoint: "https://id.example/t" };
  const explicit = { ...profile, ...endpoints };
  const without = { accepted, profile: explicit, trustedOrigins: [] };

  test("a document that is not there leaves what it said as it was accepted, and its return is no move", () => {
    const gone = acceptMetadata({ ...without, live: { ...endpoints, instead: null } });
    expect(gone).toMatchObject({ metadata: accepted, moved: [], refused: [] });
    const back = acceptMetadata({ ...without, accepted: gone.metadata, live: accepted });
    expect(back).toMatchObject({ metadata: accepted, moved: [], refused: [] });
  });

  test("another issuer's document in its place is refused as it would be without them", () => {
    const instead = { ...accepted, issuer: "https://evil.example" };
    expect(acceptMetadata({ ...without, live: { ...endpoints, instead } })).toMatchObject({
      metadata: accepted,
      moved: [],
      refused: [{ field: "issuer", to: "https://evil.example" }],
    });
  });

  test("and is never accepted, also where the program names its origin", () => {
    const instead = { ...accepted, issuer: "https://id.example/other" };
    expect(acceptMetadata({ ...without, live: { ...endpoints, instead } })).toMatchObject({
      metadata: accepted,
      moved: [],
      refused: [],
    });
  });

  test("they are accepted while no document ever said anything", () => {
    for (const accepted of [undefined, endpoints]) {
      const instead = { issuer: "https://evil.example" };
      const { metadata, refused } = acceptMetadata({ ...without, accepted, live: { ...endpoints, instead } });
      expect([metadata, refused]).toEqual([endpoints, []]);
    }
  });
});
