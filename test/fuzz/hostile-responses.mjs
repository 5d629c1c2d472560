// Hostile answers over real HTTP, read with small limits.
import { once } from "node:events";
import { createRequire } from "node:module";
import { setTimeout as wait } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { internalHost } from "./hostile-values.mjs";
import { problemsOf } from "./shown-texts.mjs";

const require = createRequire(import.meta.url);
const built = (file) => require(new URL(`../../packages/oauth-metadata/dist/${file}`, import.meta.url).pathname);
const { discover, judge, judgePublicLeg, MetadataReader, namedBy } = built("index.js");
const { randomOf } = built("testing/random.js");

const limits = { timeoutMs: 400, maxBytes: 65_536 };
/** Long after every limit: whoever waits so long waits for nothing. */
const watchMs = 30_000;

/** Starts the server and the reader; `round(seed)` plays one round, each with a host of its own. */
export async function startResponses() {
  const server = new Worker(new URL("hostile-server.mjs", import.meta.url));
  const [{ port }] = await once(server, "message");
  const reader = new MetadataReader({
    ...limits,
    budgetMs: 3_600_000,
    allowInsecureMetadata: true,
    connect: { resolve: addressesOf, route: () => ({ host: "127.0.0.1", port }) },
  });
  /** Requests so far, by host. */
  const tally = async () => {
    server.postMessage("tally");
    const [{ asked }] = await once(server, "message");
    return asked;
  };
  return {
    tally,
    round: (seed) => responseRound(reader, seed),
    async close() {
      const ended = once(server, "exit");
      await reader.close();
      server.postMessage("close");
      await ended;
    },
  };
}

const internal = [
  "10.0.0.1",
  "127.0.0.1",
  "169.254.169.254",
  "::1",
  "fd00:ec2::254",
  "::ffff:192.168.0.1",
  "0.0.0.0",
  "64:ff9b::a00:1",
];

/** What names resolve to: a host that a document names to an internal address; the program's own to a public one, or to nonsense. */
async function addressesOf(name) {
  const random = randomOf(seedOf(name) ^ 0x5eed);
  if (name.endsWith(internalHost)) return [random.pick(internal), random.pick(internal)];
  switch (random.below(40)) {
    case 0:
      throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: "ENOTFOUND" });
    case 1:
      return [];
    case 2:
      return ["not an address", "1.2.3.4.5"];
    case 3:
      return ["169.254.169.254"];
    default:
      return random.below(4) === 0 ? ["10.0.0.1", "93.184.216.34"] : ["93.184.216.34"];
  }
}

const seedOf = (name) => Number(/^h(\d+)/.exec(name)?.[1] ?? 0);

async function responseRound(reader, seed) {
  const random = randomOf(seed);
  const host = `h${seed}.test`;
  const base = `${random.below(25) === 0 ? "https" : "http"}://${host}`;
  const problems = [];
  let findings = [];
  const work = async () => {
    if (random.below(4) === 0) {
      findings = judgePublicLeg(await reader.publicLeg(`${base}/api/v1/gateway/gw/mcp`, { programUrls: [base] }));
      return;
    }
    const profile = {
      name: "G",
      providerType: "manual",
      authorizationServerUrl: `${base}/realms/x`,
      scopes: ["openid"],
      ...(random.below(3) === 0 ? { metadataUrl: `${base}/metadata` } : {}),
      ...(random.below(2) === 0 ? { resource: `${base}/orders` } : {}),
    };
    const discovered = await discover(reader, profile, { programUrls: namedBy(profile) });
    if (process.env.DBG) console.error(JSON.stringify(discovered.authorizationServer.attempts));
    findings = judge({ profile, discovered, accepted: undefined, trustedOrigins: [] });
    if (discovered.authorizationServer.attempts.length > 8) problems.push("more addresses were tried than there are");
  };
  const watch = new AbortController();
  const ended = await Promise.race([
    work().then(() => "ended"),
    wait(watchMs, "hangs", { signal: watch.signal }),
  ]).finally(() => watch.abort());
  if (ended !== "ended") problems.push("hangs beyond every limit");
  problems.push(...problemsOf(findings, { markdown: seed % 16 === 0 }));
  return { problems, codes: findings.map(({ code }) => code) };
}
