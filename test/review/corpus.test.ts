// Every change of the corpus, planned by real engines: dangerous ones are told at least as loudly as they must be, harmless ones not at all.
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import { type ReviewResult, reviewPlan } from "@mcpstack/review";
import { type Engine, succeeded, Workspace } from "../e2e/workspace";
import { type Change, changes, type Said } from "./corpus/changes";

const loudness: Readonly<Record<Said, number>> = { silent: 0, info: 1, warn: 2, error: 3 };
const names = Object.keys(changes);

let api: LocalApi;
let workspace: Workspace;
beforeEach(async () => {
  api = await startLocalApi({ seed: { servers: 2 * names.length } });
});
afterEach(async () => {
  await workspace.remove();
  await api.close();
});

/** Gateways that somebody made in the dashboard. */
function outside(issuer: string, name: string): string {
  return api.store.createGateway({ name, providerType: "manual", authorizationServerUrl: issuer }).id;
}

/** One root module that calls each change as a module of its own. */
async function write(side: "base" | "head", ids: { evil: string; good: string }): Promise<void> {
  const calls: string[] = ['provider "mcpstack" {\n  metadata_check = "off"\n}'];
  for (const [index, [name, change]] of Object.entries(changes).entries()) {
    const folder = path.join(workspace.folder, "changes", name);
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, "main.tf"), preamble + change[side]);
    calls.push(call(name, index, ids));
    if (side === "head" && change.root)
      calls.push(change.root.replaceAll("SELF", `module.${name}`).replaceAll("EVIL_ID", ids.evil));
  }
  await workspace.write(calls.join("\n"));
  succeeded(await workspace.run("get"));
}

const preamble = `
terraform {
  required_providers {
    mcpstack = {
      source = "mcpstack/mcpstack"
    }
  }
}
variable "server" {}
variable "second" {}
variable "evil_id" {}
variable "good_id" {}
`;
const serverId = (number: number) => `server-${String(number).padStart(4, "0")}`;
const call = (name: string, index: number, { evil, good }: { evil: string; good: string }) => `
module "${name}" {
  source  = "./changes/${name}"
  server  = "${serverId(2 * index + 1)}"
  second  = "${serverId(2 * index + 2)}"
  evil_id = "${evil}"
  good_id = "${good}"
}`;

/** The loudest finding about each change, with its codes for the reader of a failure. */
function told({ findings }: ReviewResult): Record<string, { severity: Said; codes: string[] }> {
  const found: Record<string, { severity: Said; codes: string[] }> = Object.fromEntries(
    names.map((name) => [name, { severity: "silent", codes: [] }]),
  );
  for (const { address, severity, code } of findings) {
    const of = found[/^module\.(\w+)\./.exec(address)?.[1] ?? ""];
    if (!of) continue;
    of.codes.push(code);
    if (loudness[severity] > loudness[of.severity]) of.severity = severity;
  }
  return found;
}

test.each<Engine>(["terraform", "terraform-next", "opentofu"])(
  "%s: what a change does to a route decides what is said of it",
  async (engine) => {
    workspace = await Workspace.create({ engine, api });
    const ids = {
      evil: outside("https://login.other.example", "theirs"),
      good: outside("https://auth.petalpal.invalid", "good"),
    };
    await write("base", ids);
    await workspace.apply();
    await write("head", ids);
    await workspace.plan("-out=planned");
    const plan = succeeded(await workspace.run("show", "-json", "planned")).stdout;
    const result = await reviewPlan(
      { name: "plan.json", content: Readable.from([Buffer.from(plan)]) },
      { now: new Date("2026-11-24T00:00:00Z") },
    );
    const found = told(result);
    const isRight = ({ said }: Change, name: string) =>
      said === "silent"
        ? found[name]?.severity === "silent"
        : loudness[found[name]?.severity ?? "silent"] >= loudness[said];
    const wrong = Object.entries(changes)
      .filter(([name, change]) => !isRight(change, name))
      .map(([name, { said }]) => ({ name, said, found: found[name] }));
    expect(wrong).toEqual([]);
    // What is sensitive is compared and not printed.
    const sensitive = result.findings.filter(({ address }) => address.includes("module.issuer_sensitive."));
    expect(JSON.stringify(sensitive)).not.toMatch(/other\.example|petalpal/);
  },
);
