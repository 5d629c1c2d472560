import { ExactNumber, type GatewayProfile, type JsonObject, storedFields } from "@mcpstack/model";
import fc from "fast-check";
import { isApiError } from "../errors/api-error";
import { encodeGateway } from "./encode-gateway";
import { decodeGateway } from "./gateway";

const profile: GatewayProfile = {
  name: "Support Gateway",
  providerType: "manual",
  authorizationServerUrl: "https://auth.example.com",
};
const from = { method: "GET", path: "/x" };

test("a create sends what the program says, under every name that a field may have", () => {
  const body = encodeGateway({
    ...profile,
    metadataUrl: "https://auth.example.com/meta",
    scopes: ["openid", "email"],
    trustedOrigins: ["https://login.example.com"],
    metadataCheck: "off",
    settings: { audienceMode: "strict" },
    settingsWo: { clientSecret: "s3cret" },
    settingsWoVersion: 3,
  });
  expect(body).toEqual({
    name: "Support Gateway",
    providerType: "manual",
    provider: "manual",
    authorizationServerUrl: "https://auth.example.com",
    metadataUrl: "https://auth.example.com/meta",
    authorizationServerMetadataUrl: "https://auth.example.com/meta",
    scopes: ["openid", "email"],
    audienceMode: "strict",
    clientSecret: "s3cret",
  });
});

const updates: [string, Partial<GatewayProfile>, JsonObject, Parameters<typeof encodeGateway>[2], JsonObject][] = [
  [
    "fields that nobody here knows",
    {},
    { identityResolution: { mode: "claim" }, createdOn: "2026" },
    {},
    { identityResolution: { mode: "claim" }, createdOn: "2026" },
  ],
  [
    "the id, the organization and the status",
    {},
    { id: "gw", organizationId: "org", status: "active" },
    {},
    { id: "gw", organizationId: "org", status: "active" },
  ],
  [
    "a field that the program leaves unset",
    {},
    { resource: "https://api.example.com" },
    {},
    { resource: "https://api.example.com" },
  ],
  [
    "scopes of somebody else in the form in which they came",
    {},
    { scopes: "openid email" },
    {},
    { scopes: "openid email" },
  ],
  [
    "settings merged into what is there, at every depth",
    { settings: { policy: { b: { d: 3 } } } },
    { policy: { a: 1, b: { c: 2 } } },
    {},
    { policy: { a: 1, b: { c: 2, d: 3 } } },
  ],
  ["a list in settings in the place of the old one", { settings: { list: [3] } }, { list: [1, 2] }, {}, { list: [3] }],
  ["what a setting of null says nothing about", { settings: { old: null } }, { old: 1 }, {}, { old: 1 }],
  [
    "a list in the order that the program gave it anew",
    { settings: { list: [2, 1] } },
    { list: [1, 2] },
    { settingsBefore: { list: [1, 2] } },
    { list: [2, 1] },
  ],
  [
    "a list that the program has not touched as the service holds it",
    { settings: { list: [{ a: 1 }, { a: 2 }] } },
    {
      list: [
        { a: 2, id: "y" },
        { a: 1, id: "x" },
      ],
    },
    { settingsBefore: { list: [{ a: 1 }, { a: 2 }] } },
    {
      list: [
        { a: 2, id: "y" },
        { a: 1, id: "x" },
      ],
    },
  ],
  [
    "a secret in such a list that the service shows masked",
    { settings: { list: [{ a: 1, key: "k" }] } },
    { list: [{ key: "****", a: 1, id: "x" }] },
    { settingsBefore: { list: [{ a: 1, key: "k" }] } },
    { list: [{ key: "k", a: 1, id: "x" }] },
  ],
  [
    "what is beside a setting that the program names no more",
    { settings: { a: { x: 1 } } },
    { a: { x: 1, y: 2, theirs: 3 }, b: { z: 1, theirs: 4 } },
    { settingsBefore: { a: { x: 1, y: 2 }, b: { z: 1 } } },
    { a: { x: 1, theirs: 3 }, b: { theirs: 4 } },
  ],
  [
    "null where leaving a setting out was not enough",
    {},
    { a: { x: 1, theirs: 2 }, b: 3 },
    { nulled: [["a", "x"], ["b"]] },
    { a: { x: null, theirs: 2 }, b: null },
  ],
  [
    "a number that no double holds, in a field that nobody here knows",
    {},
    { quota: new ExactNumber("12345678901234567890"), list: [{ n: new ExactNumber("0.12345678901234567890") }] },
    {},
    { quota: new ExactNumber("12345678901234567890"), list: [{ n: new ExactNumber("0.12345678901234567890") }] },
  ],
  [
    "a text with asterisks, which is no mask",
    {},
    { note: "*** do not touch ***", notes: [{ text: "rated *****" }], visibility: "hidden" },
    {},
    { note: "*** do not touch ***", notes: [{ text: "rated *****" }], visibility: "hidden" },
  ],
  [
    "an endpoint that a person set",
    {},
    { tokenEndpoint: "https://a/t", manualOverrides: ["token_endpoint"] },
    {},
    { tokenEndpoint: "https://a/t", manualOverrides: ["token_endpoint"] },
  ],
  [
    "an endpoint of the same authorization server",
    { authorizationServerUrl: "https://auth.example.com" },
    { authorizationServerUrl: "https://auth.example.com/", tokenEndpoint: "https://a/t" },
    {},
    { tokenEndpoint: "https://a/t" },
  ],
];

test.each(updates)("an update keeps or writes %s", (_, change, base, options, expected) => {
  expect(encodeGateway({ ...profile, ...change }, base, options)).toMatchObject(expected);
});

const dropped: [string, JsonObject, string][] = [
  ["an empty value", { resource: "", scopes: [] }, "resource"],
  ["a null of an uncertain name", { authorizationServerMetadataUrl: null }, "authorizationServerMetadataUrl"],
  [
    "an endpoint that the service found, as it says itself",
    { tokenEndpoint: "https://a/t", manualOverrides: [] },
    "tokenEndpoint",
  ],
  [
    "an endpoint of the old authorization server",
    { authorizationServerUrl: "https://old.example.com", tokenEndpoint: "https://old.example.com/t" },
    "tokenEndpoint",
  ],
];

test.each(dropped)("an update leaves out %s", (_, base, name) => {
  expect(encodeGateway(profile, base)).not.toHaveProperty(name);
});

test("a cleared field is sent as null under every name", () => {
  const body = encodeGateway(
    profile,
    { metadataUrl: "https://a/m", resource: "r" },
    { cleared: ["metadataUrl", "resource"] },
  );
  expect(body).toMatchObject({ metadataUrl: null, authorizationServerMetadataUrl: null, resource: null });
});

test.each<[string, JsonObject, JsonObject, string]>([
  ["at the top", { a: 1, b: 2 }, { a: 1 }, "b"],
  ["with its object, where nothing else is in it", { a: 1, b: { c: { d: 1 } } }, { a: 1 }, "b"],
  ["where settings say null", { a: 1, b: 2 }, { a: 1, b: null }, "b"],
  ["where it is shown masked", { a: 1, b: "s" }, { a: 1 }, "b"],
])("a setting that the program names no more is left out %s", (_, settingsBefore, settings, name) => {
  const base = { ...settingsBefore, ...(settingsBefore.b === "s" && { b: "****" }) };
  const body = encodeGateway({ ...profile, settings }, base, { settingsBefore });
  expect(body).not.toHaveProperty(name);
  expect(body).toMatchObject({ a: 1 });
});

test("a setting that goes over to the write-only ones is written, not left out", () => {
  const moved = { ...profile, settingsWo: { key: "s" } };
  expect(encodeGateway(moved, { key: "old" }, { settingsBefore: { key: "old" } })).toMatchObject({ key: "s" });
});

test("no setting takes the place of a field that has an argument", () => {
  const body = encodeGateway({ ...profile, settings: { name: "Other" } });
  expect(body).toMatchObject({ name: profile.name });
});

const masked: [string, JsonObject, string][] = [
  ["at the top", { clientSecret: "****" }, "clientSecret"],
  ["in an object", { credentials: { id: "x", secret: "[redacted]" } }, "credentials.secret"],
  ["in a list", { keys: [{ value: "ok" }, { value: "••••••" }] }, "keys[1].value"],
  ["whose end is shown", { apiKey: "********abcd" }, "apiKey"],
];

test.each(masked)("a masked secret %s stops the update and is named", (_, base, field) => {
  try {
    encodeGateway(profile, base);
  } catch (error) {
    expect(isApiError(error, "masked_field")).toBe(true);
    expect(error).toMatchObject({ field, message: expect.stringMatching(/settings_wo.*settings/) });
    expect((error as Error).message).toContain(field);
    return;
  }
  throw new Error("it was written");
});

test.each<[string, JsonObject, Partial<GatewayProfile>, JsonObject]>([
  ["settings_wo", { clientSecret: "****" }, { settingsWo: { clientSecret: "new" } }, { clientSecret: "new" }],
  ["settings", { clientSecret: "****" }, { settings: { clientSecret: "new" } }, { clientSecret: "new" }],
  [
    "settings_wo at its depth",
    { c: { id: "x", secret: "****" } },
    { settingsWo: { c: { secret: "new" } } },
    { c: { id: "x", secret: "new" } },
  ],
  ["settings_wo in place of the whole", { c: { secret: "****" } }, { settingsWo: { c: null } }, { c: null }],
])("a masked secret that %s supplies is written", (_, base, supplied, expected) => {
  expect(encodeGateway({ ...profile, ...supplied }, base)).toMatchObject(expected);
});

test("a masked secret beside the one that is supplied still stops the update", () => {
  const base = { c: { secret: "****", other: "****" } };
  expect(() => encodeGateway({ ...profile, settingsWo: { c: { secret: "new" } } }, base)).toThrow(/c\.other/);
});

test("so does one that the service has put into an object of a list that the program gives", () => {
  const settings = { keys: [{ id: 1 }] };
  const base = { keys: [{ id: 1, secret: "****" }] };
  const update = () => encodeGateway({ ...profile, settings }, base, { settingsBefore: settings });
  expect(update).toThrow(/keys\[0\]\.secret/);
});

test("a field of the profile that looks masked is a person's text, not a mask", () => {
  expect(encodeGateway(profile, { description: "*** new ***" })).toMatchObject({ description: "*** new ***" });
});

test("what is encoded is decoded to the same profile and the same unknown fields", () => {
  const url = fc.webUrl();
  const text = fc.string({ minLength: 1 }).filter((one) => one.trim() !== "");
  const scope = fc.stringMatching(/^[a-z][a-z.:]{0,8}$/);
  const optional = { withDeletedKeys: false, requiredKeys: [] as never[] };
  const profiles = fc
    .tuple(
      fc.record({ name: text, providerType: fc.constantFrom("manual", "auth0"), authorizationServerUrl: url }),
      fc.record(
        {
          description: text,
          metadataUrl: url,
          tokenEndpoint: url,
          clientId: text,
          resource: text,
          scopes: fc.uniqueArray(scope, { minLength: 1 }),
        },
        optional,
      ),
    )
    .map(([required, rest]) => ({ ...required, ...rest }));
  const own = new Set([
    "id",
    "organizationId",
    "status",
    "manualOverrides",
    "provider",
    "authorizationServerMetadataUrl",
    ...storedFields,
  ]);
  const unknown = fc.dictionary(
    fc.string().filter((key) => !own.has(key)),
    fc.jsonValue({ maxDepth: 2 }),
  );
  fc.assert(
    fc.property(profiles, unknown, (written, others) => {
      const clean = JSON.parse(
        JSON.stringify(others).replace(/[*•●∙⬤█■xX]{2,}|redacted|masked|hidden|filtered/gi, ""),
      ) as JsonObject;
      const stored = encodeGateway(written, { id: "gw_1", ...clean });
      const { observed, unknownFields } = decodeGateway(JSON.parse(JSON.stringify(stored)), from);
      expect(observed).toEqual(written);
      expect(unknownFields).toEqual(JSON.parse(JSON.stringify(clean)));
    }),
    { numRuns: 200 },
  );
});
