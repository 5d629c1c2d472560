// Hostile documents through the search, the parsers and the rules: no network, one round a seed.
import { createRequire } from "node:module";
import { clientId, hostileBody, hostileDocument, issuer, mcpUrl, resource } from "./hostile-values.mjs";
import { obeyed, problemsOf } from "./shown-texts.mjs";

const require = createRequire(import.meta.url);
const built = (file) => require(new URL(`../../packages/oauth-metadata/dist/${file}`, import.meta.url).pathname);
const { acceptMetadata, discover, judge, judgePublicLeg, liveMetadata } = built("index.js");
const { decodeObject } = built("fetch/decode.js");
const { findAuthorizationServer } = built("discovery/find-authorization-server.js");
const { findProtectedResource } = built("discovery/find-protected-resource.js");
const { readChallenge } = built("discovery/read-challenge.js");
const { readDocument } = built("discovery/read-document.js");
const { readPublicLeg } = built("public-leg/read-public-leg.js");
const { parseClientIdDocument } = built("documents/client-id-document.js");
const { parseKeySet } = built("documents/key-set.js");
const { randomOf } = built("testing/random.js");

const maxBytes = 65_536;

/** Plays one round; answers what went wrong, how many documents were read, and the codes that were found. */
export async function documentRound(seed) {
  const random = randomOf(seed);
  const profile = profileOf(random);
  const table = tableOf(random);
  let documents = 0;
  const decoded = new Map();
  for (const [url, { body, encoding }] of table) {
    documents += 1;
    decoded.set(url, await decodeObject(body, encoding, maxBytes));
  }
  const ask = async (url, _named, options) => {
    const answer = decoded.get(url);
    if (options?.headersOnly) return { outcome: "found", status: 401, headers: challengeOf(random) };
    if (answer === undefined) return { outcome: "not-found", status: 404 };
    return answer.object === undefined
      ? { outcome: answer.problem, status: 200, detail: answer.detail }
      : { outcome: "found", status: 200, headers: {}, object: answer.object };
  };
  const problems = [];
  for (const { detail } of decoded.values()) {
    if (detail !== undefined && obeyed.test(detail)) problems.push(`a detail holds ${JSON.stringify(detail)}`);
  }
  const discovered = await discover(readerOf(ask), profile, { programUrls: [] });
  const text = JSON.stringify(discovered);
  if (text.length > 400_000) problems.push(`${text.length} characters are kept`);
  const accepted = random.pick([
    undefined,
    { issuer, tokenEndpoint: `${issuer}/token` },
    { issuer: "https://old.example" },
  ]);
  const live = liveMetadata(discovered, profile);
  const { metadata } = acceptMetadata({ accepted, live, profile, trustedOrigins: [] });
  for (const value of Object.values(metadata ?? {}).flat()) {
    if (obeyed.test(String(value))) problems.push(`metadata holds ${JSON.stringify(value)}`);
  }
  const input = { profile, discovered, accepted, trustedOrigins: [], callbackUrls: ["https://x.example/cb"] };
  const findings = [...judge(input), ...judgePublicLeg(await readPublicLeg(ask, { mcpUrl }, []))];
  // What is kept between a plan and its apply leads to the same words there.
  const again = judge({ ...input, discovered: JSON.parse(text) });
  if (JSON.stringify(again) !== JSON.stringify(judge(input))) problems.push("judged again, something else is said");
  problems.push(...problemsOf(findings, { markdown: seed % 8 === 0 }));
  return { documents, problems, codes: findings.map(({ code }) => code) };
}

function profileOf(random) {
  return {
    name: "G",
    providerType: "manual",
    authorizationServerUrl: random.pick([issuer, `${issuer}/`, `${issuer}/realms/x`]),
    resource: random.pick([resource, `${resource}/`, "api://orders"]),
    scopes: random.pick([["openid"], ["openid", "orders.read"], ["offline_access", "*"]]),
    ...(random.below(2) === 0 ? { clientId } : {}),
    ...(random.below(4) === 0 ? { metadataUrl: `${issuer}/metadata` } : {}),
    ...(random.below(3) === 0 ? { tokenEndpoint: `${issuer}/token`, registrationEndpoint: `${issuer}/register` } : {}),
    ...(random.below(6) === 0 ? { authorizationEndpoint: `${issuer}/authorize` } : {}),
  };
}

/** Documents at the addresses where they are looked for. */
function tableOf(random) {
  const server = () => ({
    issuer: random.pick([issuer, `${issuer}/`, `${issuer}/realms/x`]),
    jwks_uri: `${issuer}/keys`,
  });
  const protectedResource = (name) => ({ resource: name, authorization_servers: [issuer] });
  const documents = [
    [random.pick(addressesOfServers), server()],
    [random.pick(addressesOfServers), server()],
    [`${issuer}/keys`, { keys: [{ kty: "EC" }] }],
    [
      random.pick([
        "https://api.example/.well-known/oauth-protected-resource/orders",
        "https://api.example/.well-known/oauth-protected-resource",
      ]),
      protectedResource(resource),
    ],
    [clientId, { client_id: clientId }],
    ["https://tools.example/.well-known/oauth-protected-resource/api/v1/gateway/gw/mcp", protectedResource(mcpUrl)],
  ];
  return documents.map(([url, own]) => [url, hostileBody(random, hostileDocument(random, own))]);
}

const addressesOfServers = [
  `${issuer}/metadata`,
  ...["", "/realms/x"].flatMap((path) => [
    `${issuer}/.well-known/oauth-authorization-server${path}`,
    `${issuer}/.well-known/openid-configuration${path}`,
    `${issuer}${path}/.well-known/openid-configuration`,
  ]),
];

/** Header values as Node gives them: one text, or several. */
function challengeOf(random) {
  const values = [
    undefined,
    'Bearer resource_metadata="https://tools.example/.well-known/oauth-protected-resource/api/v1/gateway/gw/mcp"',
    'Bearer resource_metadata="javascript:alert(1)", error="\u001b[2J"',
    `Bearer ${"a=".repeat(4000)}`,
    `Bearer realm="${"\\".repeat(5000)}`,
    "Basic, Bearer , ,,, =",
    ['Bearer scope="a"', 'Bearer resource_metadata="//evil.example"'],
    "\u202eBearer x=y",
  ];
  return { "www-authenticate": random.pick(values) };
}

function readerOf(ask) {
  return {
    authorizationServer: (target) => findAuthorizationServer(ask, target, []),
    protectedResource: async (name) =>
      /^https:/.test(name)
        ? findProtectedResource(ask, name, await readChallenge(ask, name, []), [])
        : { kind: "not-an-address", attempts: [] },
    keySet: (url) => readDocument(ask, url, parseKeySet, "has no list of keys", []),
    clientIdDocument: (url) => readDocument(ask, url, parseClientIdDocument, "is not client metadata", []),
  };
}
