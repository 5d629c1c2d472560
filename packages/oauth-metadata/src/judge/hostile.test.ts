import type { GatewayProfile } from "@mcpstack/model";
import { discover } from "../discover";
import { decodeObject } from "../fetch/decode";
import { mapReader } from "../testing/map-reader";
import { randomOf } from "../testing/random";
import { acceptMetadata } from "../trust/accept-metadata";
import { liveMetadata } from "../trust/live-metadata";
import { judge } from "./judge";

const issuer = "https://id.example";
const profile: GatewayProfile = {
  name: "G",
  providerType: "manual",
  authorizationServerUrl: issuer,
  clientId: "https://app.example/client.json",
  resource: "https://api.example/orders",
  scopes: ["openid", "orders.read"],
  tokenEndpoint: `${issuer}/token`,
  registrationEndpoint: `${issuer}/register`,
};

const fields = [
  "issuer",
  "authorization_endpoint",
  "token_endpoint",
  "registration_endpoint",
  "jwks_uri",
  "scopes_supported",
  "response_types_supported",
  "grant_types_supported",
  "code_challenge_methods_supported",
  "token_endpoint_auth_methods_supported",
  "protected_resources",
  "authorization_servers",
  "resource",
  "keys",
  "client_id",
  "redirect_uris",
  "require_pushed_authorization_requests",
  "authorization_response_iss_parameter_supported",
  "dpop_bound_access_tokens_required",
  "__proto__",
  "constructor",
  "toString",
];

const texts = [
  "",
  issuer,
  `${issuer}/`,
  "HTTPS://ID.EXAMPLE",
  "https://id.example:443",
  "https://id.example@evil.example/",
  "https://evil.example/token",
  "javascript:alert(1)",
  "\u202ehttps://id.example",
  "\u001b]0;owned\u0007",
  "\u001b[2J\u001b[H",
  "::error::owned",
  "| a | b |\n|---|---|",
  "```\n# owned",
  "<script>alert(1)</script>",
  "[click](javascript:alert(1))",
  "a\r\nSet-Cookie: x=y",
  "\ud800",
  "x".repeat(5000),
  `https://id.example/${"a".repeat(3000)}`,
  "https://\u0455d.example",
  "S256",
  "code",
  "openid",
  "\u0000",
  "\u200b",
];

type Value = unknown;

function hostileValue(random: ReturnType<typeof randomOf>, depth: number): Value {
  switch (random.below(depth > 2 ? 6 : 9)) {
    case 0:
      return null;
    case 1:
      return random.below(2) === 0;
    case 2:
      return random.pick([0, -1, 1e308, 0.1, Number.MAX_SAFE_INTEGER]);
    case 3:
    case 4:
    case 5:
      return random.pick(texts) + (random.below(3) === 0 ? random.pick(texts) : "");
    case 6:
    case 7:
      return Array.from({ length: random.below(random.below(20) === 0 ? 1200 : 5) }, () =>
        hostileValue(random, depth + 1),
      );
    default:
      return hostileObject(random, depth + 1);
  }
}

function hostileObject(random: ReturnType<typeof randomOf>, depth = 0): Record<string, Value> {
  const object: Record<string, Value> = {};
  for (let left = random.below(depth === 0 ? 12 : 3); left > 0; left--) {
    // As JSON.parse does it: `__proto__` becomes a field of its own.
    const value = hostileValue(random, depth);
    Object.defineProperty(object, random.pick(fields), { value, enumerable: true, configurable: true, writable: true });
  }
  return object;
}

const addresses = [
  `${issuer}/.well-known/oauth-authorization-server`,
  `${issuer}/.well-known/openid-configuration`,
  "https://api.example/.well-known/oauth-protected-resource/orders",
  "https://app.example/client.json",
  "https://evil.example/token",
];

/** What a terminal or a line-based format would obey, and text that is not well-formed. */
const obeyed = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

test("No document, however hostile, makes judging fail, say something unsafe, or keep something large", async () => {
  const random = randomOf(20261124);
  const codes = new Set<string>();
  // Checked without a matcher for each text: there are some hundred thousand of them.
  const bad: unknown[] = [];
  for (let round = 0; round < 300; round++) {
    const documents = Object.fromEntries(
      addresses.map((address) => {
        const document = hostileObject(random);
        // Half of the documents come through the door, so that what is behind it is met too.
        if (random.below(2) === 0)
          Object.assign(document, { issuer: random.pick([issuer, `${issuer}/`]), resource: profile.resource });
        return [address, document];
      }),
    );
    const discovered = await discover(mapReader(documents), profile, { programUrls: [] });
    if (JSON.stringify(discovered).length > 400_000) bad.push({ round, large: true });
    const live = liveMetadata(discovered, profile);
    const accepted = random.below(2) === 0 ? { issuer, tokenEndpoint: `${issuer}/token` } : undefined;
    const { metadata } = acceptMetadata({ accepted, live, profile, trustedOrigins: [] });
    for (const value of Object.values(metadata ?? {}).flat())
      if (obeyed.test(value as string)) bad.push({ round, value });
    for (const finding of judge({
      profile,
      discovered,
      accepted,
      trustedOrigins: [],
      callbackUrls: ["https://x.example/cb"],
    })) {
      codes.add(finding.code);
      for (const text of [finding.summary, finding.fix, finding.expected, finding.found, finding.where]) {
        if (text !== undefined && (obeyed.test(text) || text.length > 5000)) bad.push({ round, text });
      }
    }
  }
  expect(bad).toEqual([]);
  // The corpus is worth its time only if it gets past the parser.
  expect(codes.size).toBeGreaterThan(12);
});

test("No bytes, however hostile, make decoding fail or run long", async () => {
  const random = randomOf(7);
  const pieces = [
    "{",
    "}",
    "[",
    "]",
    '"',
    "\\",
    ":",
    ",",
    "null",
    "1e999",
    "\u0000",
    "\ufeff",
    '{"issuer":',
    '"https://id.example"',
    "\ud800",
    "é",
  ];
  for (let round = 0; round < 500; round++) {
    const body = Array.from({ length: random.below(60) }, () => random.pick(pieces)).join("");
    const encoding = random.pick([undefined, "gzip", "br", "deflate", "identity", "GZIP ", "x", "__proto__"]);
    const decoded = await decodeObject(Buffer.from(body), encoding, 10_000);
    if (decoded.object === undefined) expect(decoded.detail).not.toMatch(obeyed);
    else expect(typeof decoded.object).toBe("object");
  }
});
