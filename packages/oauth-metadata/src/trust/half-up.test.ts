import type { AcceptedMetadata, GatewayProfile } from "@mcpstack/model";
import { discover } from "../discover";
import { outcomeOfStatus } from "../fetch/outcome";
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
  ...[202, 203, 204, 206, 407, 408, 421, 423, 425, 502, 504, 520].map((status): [string, Answer] => [
    `${status}`,
    { outcome: outcomeOfStatus(status), status },
  ]),
  ["200 and nothing, null or a proxy's word", { outcome: "not-json", status: 200 }],
  ["half a document", { outcome: "invalid", status: 200, detail: "is no JSON" }],
];
const lasting: readonly (readonly [string, Answer])[] = [
  ["404", { outcome: "not-found", status: 404 }],
  ["410", { outcome: "not-found", status: 410 }],
  ["401", { outcome: "denied", status: 401 }],
  ["400, as Cognito answers for what it does not serve", { outcome: "not-found", status: 400 }],
  ...[402, 405, 406, 411, 418, 451, 499, 501, 505].map((status): [string, Answer] => [
    `${status}`,
    { outcome: outcomeOfStatus(status), status },
  ]),
  ["a redirect to where people sign in", { outcome: "redirect", status: 302 }],
  ["403, as storage answers for what it has not", { outcome: "denied", status: 403 }],
  ["the page for every path", { outcome: "not-json", status: 200, isPage: true }],
];

describe.each(passing)("where the first address gives %s", (_, answer) => {
  test("a second document within trust is no move: what was accepted stays, and that is said", async () => {
    const live = liveMetadata(await look(answer, legacy), profile);
    const { metadata, moved, refused } = acceptMetadata({ accepted, live, profile, trustedOrigins: [] });
    expect([metadata, moved, refused]).toEqual([accepted, [], []]);
    expect(await codes(answer, legacy, accepted)).toEqual(["metadata-unreachable"]);
  });

  test("a second document that leads to another origin is refused as any other, and what is open is said", async () => {
    const discovered = await look(answer, foreign);
    const live = liveMetadata(discovered, profile);
    const { metadata, moved, refused, doubted } = acceptMetadata({ accepted, live, profile, trustedOrigins: [] });
    expect([metadata, moved, refused.map(({ to }) => to), doubted]).toEqual([
      accepted,
      [],
      [foreign.token_endpoint],
      undefined,
    ]);
    const findings = judge({ profile, discovered, accepted, trustedOrigins: [] });
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([["origin-moved", "error"]]);
    expect(findings[0]?.summary).toContain(`${first} (`);
    expect(findings[0]?.fix).toContain(`run this again once "${first}" answers`);
    // Either alone would leave it in doubt, or refused.
    expect(findings[0]?.advice).toEqual({
      profile: { metadataUrl: second, trustedOrigins: ["https://other.example"] },
    });
  });

  test("a second document that leads to an origin that the program names is no move", async () => {
    const named = { ...profile, trustedOrigins: ["https://other.example"] };
    const live = liveMetadata(await look(answer, foreign), named);
    const { metadata, moved, refused } = acceptMetadata({ accepted, live, profile: named, trustedOrigins: [] });
    expect([metadata, moved, refused]).toEqual([accepted, [], []]);
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
    expect(keepReached(await look(answer, legacy), before, () => false)).toEqual(before);
  });

  test("what the first one said does not stand before a second one that is refused", async () => {
    const now = await look(answer, foreign);
    expect(keepReached(now, await look(found(document), foreign), () => true)).toEqual(now);
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
  expect(keepReached(discovered, await look(found(document), legacy), () => false)).toBe(discovered);
});

describe("An issuer with a path that answers 400 at each address but its own, as Cognito does,", () => {
  const pool = `${issuer}/pool_1`;
  const own = `${pool}/.well-known/openid-configuration`;
  const of: GatewayProfile = { ...profile, authorizationServerUrl: pool };
  const published = { ...document, issuer: pool };
  const before: AcceptedMetadata = { ...accepted, issuer: pool };
  const refusing = (there: Record<string, unknown>) =>
    askingReader(async (url) =>
      url === own ? found(there) : { outcome: outcomeOfStatus(400), status: 400, detail: "" },
    );
  const said = async (there: Record<string, unknown>, known?: AcceptedMetadata) =>
    judge({
      profile: of,
      discovered: await discover(refusing(there), of, { programUrls: [] }),
      accepted: known,
      trustedOrigins: [],
    }).map(({ code }) => code);

  test("is read without a word, at first sight and later", async () => {
    expect([await said(published), await said(published, before)]).toEqual([[], []]);
  });

  test("is followed within trust, and no further", async () => {
    expect(await said({ ...published, token_endpoint: `${issuer}/new` }, before)).toEqual(["metadata-moved"]);
    expect(await said({ ...published, token_endpoint: foreign.token_endpoint }, before)).toEqual(["origin-moved"]);
  });
});
