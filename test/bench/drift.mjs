// The drift check of an organization with 1,000 gateways over 20 issuers: what it asks for, and how long it takes as a ratio to
// fetching the same documents with bare undici.
import { createRequire } from "node:module";
import { Readable } from "node:stream";
import { request } from "undici";
import { pairedRatio } from "./measure.mjs";

const require = createRequire(import.meta.url);
const { startLocalApi, startTableIssuer } = require("../../packages/local-api");
const { runCli } = require("../../packages/cli/dist/index.js");

const gateways = 1000;
const issuers = 20;
const rounds = 7;
const of = `${gateways} gateways over ${issuers} issuers, each with a resource and a key set`;

/** @returns {AsyncGenerator<{name: string, value: number, unit: string, of: string}>} */
export async function* bench() {
  const api = await startLocalApi({ seed: { servers: 0 } });
  const tables = await Promise.all(Array.from({ length: issuers }, () => startTableIssuer()));
  try {
    for (let at = 0; at < gateways; at++) api.store.createGateway(gatewayAt(at, tables[at % issuers]));
    // The first run loads and compiles.
    await drift(api);
    api.clearRequests();
    for (const table of tables) table.clearRequests();
    await drift(api);
    const asked = tables.flatMap((table) => table.requests.map(({ path }) => table.origin + path));
    const documents = asked.filter((url) => new URL(url).pathname !== "/api");
    yield { name: "drift: requests for metadata documents", value: documents.length, unit: "requests", of };
    yield {
      name: "drift: requests without a token, for challenges",
      value: asked.length - documents.length,
      unit: "requests",
      of,
    };
    yield { name: "drift: requests to the API", value: api.requests.length, unit: "requests", of };
    const value = await pairedRatio(
      rounds,
      () => timed(() => drift(api)),
      () => timed(() => Promise.all(documents.map(fetched))),
    );
    yield {
      name: "drift: time, as a ratio to bare undici",
      value,
      unit: "ratio",
      of: `the same ${documents.length} documents`,
    };
  } finally {
    await Promise.all([api.close(), ...tables.map((table) => table.close())]);
  }
}

function gatewayAt(at, table) {
  return {
    name: `Gateway ${at}`,
    providerType: "manual",
    authorizationServerUrl: table.url,
    clientId: `client-${at}`,
    resource: table.resource,
    scopes: ["openid", "offline_access"],
  };
}

/** Runs the command in this process; a finding would mean that the bench measures something else. */
async function drift(api) {
  let written = "";
  const output = { write: (text) => (written += text) };
  const code = await runCli(["drift", "--format", "json", "--allow-private-addresses"], {
    cwd: process.cwd(),
    env: api.environment(),
    stdin: Readable.from([]),
    stdout: output,
    stderr: output,
    signal: new AbortController().signal,
    now: () => new Date(),
  });
  if (code !== 0 || JSON.parse(written).checked.gateways !== gateways)
    throw new Error(`drift ended with ${code}: ${written}`);
}

async function fetched(url) {
  const { body } = await request(url);
  await body.json();
}

async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
