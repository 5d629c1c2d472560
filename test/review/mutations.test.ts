import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { outputFormats, runReview } from "@mcpstack/review";
import { cdktfStack } from "../../packages/review/src/testing/cdktf-stack";
import { hostileTexts } from "../../packages/review/src/testing/hostile";
import { pulumiEvents, pulumiPreview } from "../../packages/review/src/testing/pulumi-preview";
import { type Scenario, supportGateway } from "../../packages/review/src/testing/scenario";
import { terraformPlan } from "../../packages/review/src/testing/terraform-plan";

const count = 5000;

/** A small generator (mulberry32), so that a failure can be repeated by its number. */
function random(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const gateway = {
  ...supportGateway,
  metadataUrl: "https://petalpal.eu.auth0.com/.well-known/openid-configuration",
  trustedOrigins: ["https://login.petalpal.com"],
  findings: { "issuer-mismatch": "warn" },
  settings: { region: "eu", nested: { a: [1] } },
  metadata: { issuer: "https://petalpal.eu.auth0.com/", codeChallengeMethods: ["S256"] },
};
const scenario: Scenario = {
  before: {
    gateways: { support: gateway, billing: { ...gateway, name: "Billing" } },
    attachments: {
      api: { serverId: "api", gateway: "support", publicId: "gw_api" },
      shop: { serverId: "shop", gateway: "billing" },
    },
    provider: { organization: "a", apiUrl: "https://api.mcpstack.com" },
  },
  after: {
    gateways: {
      support: {
        ...gateway,
        authorizationServerUrl: "https://login.other.example/",
        scopes: ["openid", "orders:write"],
      },
      added: gateway,
    },
    attachments: { api: { serverId: "api", gateway: "added", publicId: "gw_new" } },
    provider: { organization: "b", trustedOrigins: ["https://x.example"] },
  },
};

const originals = [
  JSON.stringify(terraformPlan(scenario)),
  JSON.stringify(pulumiPreview(scenario)),
  pulumiEvents(scenario),
  JSON.stringify(cdktfStack(scenario.after)),
];

const values: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  "",
  "x",
  [],
  {},
  [[[]]],
  { a: 1 },
  ["x", 1, null],
  ...hostileTexts,
];
const bytes = Buffer.from('{}[],:"\\ \n\u0000\u00ffntf019.eE-+é');

/** Cuts, inserts, swaps and overwrites bytes. */
function damaged(text: string, next: (below: number) => number): Buffer {
  const content = Buffer.from(text);
  const at = next(content.length);
  switch (next(5)) {
    case 0:
      return content.subarray(0, at);
    case 1:
      return Buffer.concat([content.subarray(0, at), content.subarray(at + 1 + next(20))]);
    case 2:
      return Buffer.concat([
        content.subarray(0, at),
        Buffer.from([bytes[next(bytes.length)] as number]),
        content.subarray(at),
      ]);
    case 3:
      return Buffer.concat([content, content.subarray(at)]);
    default:
      content[at] = bytes[next(bytes.length)] as number;
      return content;
  }
}

/** Replaces one value somewhere in the document by another of any type, or drops or renames a key. */
function reshaped(text: string, next: (below: number) => number): string {
  const document: unknown = JSON.parse(text);
  let place: unknown = document;
  for (let depth = 0; depth < 12; depth += 1) {
    if (typeof place !== "object" || place === null) break;
    const keys = Object.keys(place);
    if (keys.length === 0) break;
    const container = place as Record<string, unknown>;
    const key = keys[next(keys.length)] as string;
    if (next(4) === 0 || typeof container[key] !== "object" || container[key] === null) {
      const way = next(4);
      if (way === 0) delete container[key];
      else if (way === 1) container[String(values[next(values.length)])] = container[key];
      else container[key] = values[next(values.length)];
      break;
    }
    place = container[key];
  }
  return JSON.stringify(document);
}

function mutation(seed: number): Buffer {
  const next = random(seed);
  const original = originals[next(originals.length)] as string;
  if (next(3) === 0 || original.includes("\n")) {
    const lines = original.split("\n");
    const line = next(lines.length);
    if (next(2) === 0 || lines.length === 1) return damaged(original, next);
    return Buffer.from(
      [...lines.slice(0, line), reshaped(lines[line] as string, next), ...lines.slice(line + 1)].join("\n"),
    );
  }
  let text = original;
  for (let times = 1 + next(3); times > 0; times -= 1) text = reshaped(text, next);
  return Buffer.from(text);
}

/** An empty folder, so that no finding depends on what a source folder holds. */
const noProgram = mkdtempSync(join(tmpdir(), "mutations-"));
afterAll(() => rmSync(noProgram, { recursive: true }));

async function outcome(seed: number): Promise<0 | 1 | 2> {
  let stdout = "";
  let stderr = "";
  const content = mutation(seed);
  const half = content.length >> 1;
  const code = await runReview(
    {
      input: "-",
      base: content.includes('"stackName"') ? "none" : undefined,
      format: outputFormats[seed % outputFormats.length],
      source: noProgram,
    },
    {
      cwd: __dirname,
      env: {},
      stdin: Readable.from([content.subarray(0, half), content.subarray(half)]),
      stdout: { write: (text) => (stdout += text) },
      stderr: { write: (text) => (stderr += text) },
      now: new Date("2026-11-24T00:00:00Z"),
      version: "0.1.0",
    },
  );
  const isClear =
    code === 2
      ? /^(?:::error title=MCP Stack review::[^\n]*\[(?!internal)[a-z-]+\]\n)*$/.test(stdout) &&
        /^(?:mcpstack-iac review: [^\n]*\[(?!internal)[a-z-]+\]\n)+$/.test(stderr)
      : stdout !== "" && stderr === "";
  if (!isClear) {
    throw new Error(
      `mutation ${seed} gave ${code}\n${stderr}${stdout.slice(0, 200)}\n${content.toString().slice(0, 2000)}`,
    );
  }
  return code;
}

test(`each of ${count} mutations of plans gives a review or a clear exit 2`, async () => {
  const codes = { 0: 0, 1: 0, 2: 0 };
  const atOnce = 50;
  for (let seed = 0; seed < count; seed += atOnce) {
    const outcomes = await Promise.all(Array.from({ length: atOnce }, (_, index) => outcome(seed + index)));
    for (const code of outcomes) codes[code] += 1;
  }
  // All three must occur, else the mutations are too mild or too wild to tell anything.
  expect(Math.min(...Object.values(codes))).toBeGreaterThan(200);
});
