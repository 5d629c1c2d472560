import type { AcceptedMetadata, GatewayProfile } from "@mcpstack/model";
import { discover } from "../discover";
import type { Answer } from "../fetch/transport";
import { judge } from "../judge/judge";
import { keepReached } from "../keep-reached";
import { askingReader } from "../testing/map-reader";
import { acceptMetadata } from "./accept-metadata";
import { liveMetadata } from "./live-metadata";

const issuer = "https://id.example";
const [first, second] = ["oauth-authorization-server", "openid-configuration"].map(
  (name) => `${issuer}/.well-known/${name}`,
);
const profile: GatewayProfile = { name: "G", providerType: "manual", authorizationServerUrl: issuer, clientId: "c" };
const document = {
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  code_challenge_methods_supported: ["S256"],
};
const accepted: AcceptedMetadata = {
  issuer,
  authorizationEndpoint: document.authorization_endpoint,
  tokenEndpoint: document.token_endpoint,
  codeChallengeMethods: ["S256"],
};
const found = (object: Record<string, unknown>): Answer => ({ outcome: "found", status: 200, object });
const legacy = { ...document, token_endpoint: `${issuer}/legacy` };
const foreign = { ...document, token_endpoint: "https://other.example/token" };

const look = (answer: Answer, other: Record<string, unknown>, of = profile) =>
  discover(
    askingReader(async (url) =>
      url === first ? answer : url === second ? found(other) : { outcome: "not-found", status: 404 },
    ),
    of,
    { programUrls: [] },
  );
const codes = async (answer: Answer, other: Record<string, unknown>, before?: AcceptedMetadata) =>
  judge({ profile, discovered: await look(answer, other), accepted: before, trustedOrigins: [] }).map(
    ({ code }) => code,
  );

const passing: readonly (readonly [string, Answer])[] = [
  ["500", { outcome: "server-error", status: 500 }],
  ["503", { outcome: "server-error", status: 503 }],
  ["429", { outcome: "denied", status: 429 }],
  ["no answer in time", { outcome: "timeout" }],
  ["no connection", { outcome: "refused" }],
  ["no time left", { outcome: "budget" }],
  ["a word about maintenance", found({ message: "maintenance" })],
  ...[202, 203, 204, 206, 421, 423].map((status): [string, Answer] => [`${status}`, { outcome: "not-found", status }]),
  ["407", { outcome: "denied", status: 407 }],
  ["200 and nothing, null or a proxy's word", { outcome: "not-json", status: 200 }],
  ["half a document", { outcome: "invalid", status: 200, detail: "is no JSON" }],
];
const lasting: readonly (readonly [string, Answer])[] = [
  ["404", { outcome: "not-found", status: 404 }],
  ["410", { outcome: "not-found", status: 410 }],
  ["401", { outcome: "denied", status: 401 }],
  ["a redirect to where people sign in", { outcome: "redirect", status: 302 }],
  ["403, as storage answers for what it has not", { outcome: "denied", status: 403 }],
  ["the page for every path", { outcome: "not-json", status: 200, isPage: true }],
];

describe.each(passing)("where the first address gives %s", (_, answer) => {
  test.each([
    ["of the same origin", legacy],
    ["of another origin", foreign],
  ])("a second document %s is no move: what was accepted stays, and that is said", async (_, other) => {
    const live = liveMetadata(await look(answer, other), profile);
    const { metadata, moved, refused } = acceptMetadata({ accepted, live, profile, trustedOrigins: [] });
    expect([metadata, moved, refused]).toEqual([accepted, [], []]);
    expect(await codes(answer, other, accepted)).toEqual(["metadata-unreachable"]);
  });

  test("a second document that says what was accepted leaves nothing to say", async () => {
    expect(await codes(answer, document, accepted)).toEqual([]);
  });

  test("the second document is accepted at first sight, and that is said", async () => {
    const live = liveMetadata(await look(answer, legacy), profile);
    expect(acceptMetadata({ live, profile, trustedOrigins: [] }).metadata?.tokenEndpoint).toBe(legacy.token_endpoint);
    expect(await codes(answer, legacy)).toEqual(["metadata-unreachable"]);
  });

  test("what the first one said is remembered", async () => {
    const before = await look(found(document), legacy);
    expect(keepReached(await look(answer, legacy), before)).toEqual(before);
  });

  test("a program that names the second address is led there", async () => {
    const exact = { ...profile, metadataUrl: second };
    const live = liveMetadata(await look(answer, legacy, exact), exact);
    const { moved } = acceptMetadata({ accepted, choice: profile, live, profile: exact, trustedOrigins: [] });
    expect(moved.map(({ field }) => field)).toEqual(["tokenEndpoint"]);
  });
});

test.each(lasting)("where the first address gives %s, the second one counts", async (_, answer) => {
  const discovered = await look(answer, legacy);
  const live = liveMetadata(discovered, profile);
  const { moved } = acceptMetadata({ accepted, live, profile, trustedOrigins: [] });
  expect(moved.map(({ field }) => field)).toEqual(["tokenEndpoint"]);
  expect(await codes(answer, legacy, accepted)).toEqual(["metadata-moved"]);
  expect(keepReached(discovered, await look(found(document), legacy))).toBe(discovered);
});
