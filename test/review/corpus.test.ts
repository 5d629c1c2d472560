// Every change of the corpus, planned by real engines: dangerous ones are told at least as loudly as they must be, harmless ones not at all.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { McpstackProvider } from "@mcpstack/cdktf";
import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import { type ReviewResult, reviewPlan } from "@mcpstack/review";
import { App, TerraformStack } from "cdktf";
import { type Engine, succeeded, Workspace } from "../e2e/workspace";
import { cliProject } from "../pulumi/cli-project";
import { cdktfChanges, ordinary, type Side, withoutAny } from "./corpus/cdktf-changes";
import { changes, type Said } from "./corpus/changes";

const loudness: Readonly<Record<Said, number>> = { silent: 0, info: 1, warn: 2, error: 3 };
const names = Object.keys(changes);

let api: LocalApi;
let workspace: Workspace | undefined;
beforeEach(async () => {
  api = await startLocalApi({ seed: { servers: 2 * names.length } });
});
afterEach(async () => {
  await workspace?.remove();
  workspace = undefined;
  await api.close();
});

/** Gateways that somebody made in the dashboard. */
function outside(issuer: string, name: string): string {
  return api.store.createGateway({ name, providerType: "manual", authorizationServerUrl: issuer }).id;
}

/** One root module that calls each change as a module of its own. */
async function write(workspace: Workspace, side: "base" | "head", ids: { evil: string; good: string }): Promise<void> {
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

type Found = Readonly<Record<string, { severity: Said; codes: string[] }>>;

/** The loudest finding about each change, with its codes for the reader of a failure. */
function loudestOf(
  findings: ReviewResult["findings"],
  changed: readonly string[],
  changeOf: (finding: ReviewResult["findings"][number]) => string | undefined,
): Found {
  const found: Record<string, { severity: Said; codes: string[] }> = Object.fromEntries(
    changed.map((name) => [name, { severity: "silent", codes: [] }]),
  );
  for (const finding of findings) {
    const of = found[changeOf(finding) ?? ""];
    if (!of) continue;
    of.codes.push(finding.code);
    if (loudness[finding.severity] > loudness[of.severity]) of.severity = finding.severity;
  }
  return found;
}

/** The changes of which something else is said than must be. */
function wrongOnes(said: Readonly<Record<string, Said>>, found: Found) {
  return Object.entries(said).flatMap(([name, least]) => {
    const severity = found[name]?.severity ?? "silent";
    const isRight = least === "silent" ? severity === "silent" : loudness[severity] >= loudness[least];
    return isRight ? [] : [{ name, least, found: found[name] }];
  });
}

const now = new Date("2026-11-24T00:00:00Z");
const input = (name: string, text: string) => ({ name, content: Readable.from([Buffer.from(text)]) });

test.each<Engine>(["terraform", "terraform-next", "opentofu"])(
  "%s: what a change does to a route decides what is said of it",
  async (engine) => {
    workspace = await Workspace.create({ engine, api });
    const ids = {
      evil: outside("https://login.other.example", "theirs"),
      good: outside("https://auth.petalpal.invalid", "good"),
    };
    await write(workspace, "base", ids);
    await workspace.apply();
    await write(workspace, "head", ids);
    await workspace.plan("-out=planned");
    const plan = succeeded(await workspace.run("show", "-json", "planned")).stdout;
    const result = await reviewPlan(input("plan.json", plan), { now });
    const found = loudestOf(result.findings, names, ({ address }) => /^module\.(\w+)\./.exec(address)?.[1]);
    const said = Object.fromEntries(Object.entries(changes).map(([name, change]) => [name, change.said]));
    expect(wrongOnes(said, found)).toEqual([]);
    // What is sensitive is compared and not printed.
    const sensitive = result.findings.filter(({ address }) => address.includes("module.issuer_sensitive."));
    expect(JSON.stringify(sensitive)).not.toMatch(/other\.example|petalpal/);
  },
);

describe("Pulumi", () => {
  /** What must be said at least of the changes in corpus/pulumi-program.cjs. */
  const said: Readonly<Record<string, Said>> = {
    issuer: "error",
    issuer_secret: "error",
    issuer_secret_beside_an_edit: "error",
    scopes_secret: "warn",
    issuer_unknown: "error",
    endpoints_elsewhere: "error",
    settings_in_disguise: "error",
    settings_by_words: "error",
    settings_with_an_address: "warn",
    settings_write_only: "warn",
    moved_to_new: "error",
    moved_by_condition: "error",
    moved_by_what_is_made_of_an_id: "error",
    moved_to_a_gateway_that_is_read: "error",
    settings_secret: "error",
    settings_unknown: "error",
    connection_secret: "warn",
    moved_outside: "error",
    public_id_taken_over: "error",
    moved_by_another_attachment: "error",
    adopted: "error",
    renamed_without_alias: "error",
    renamed_with_alias: "error",
    trusted: "warn",
    nothing: "silent",
    described: "silent",
    alias: "silent",
    second: "silent",
    connection_by_id: "silent",
  };
  const cases = Object.keys(said);

  test("what a change does to a route decides what is said of it, in the digest", async () => {
    const evil = outside("https://login.other.example", "theirs");
    const folder = await mkdtemp(path.join(tmpdir(), "mcpstack-corpus-"));
    await writeFile(path.join(folder, "Pulumi.yaml"), "name: corpus\nruntime: nodejs\n");
    await writeFile(path.join(folder, "package.json"), JSON.stringify({ name: "corpus", main: "index.cjs" }));
    await copyFile(path.join(__dirname, "corpus/pulumi-program.cjs"), path.join(folder, "index.cjs"));
    const servers = Object.fromEntries(cases.map((name, index) => [name, serverId(index + 1)]));
    const env = {
      ...api.environment(),
      EVIL_ID: evil,
      SERVERS: JSON.stringify(servers),
      FREE_SERVER: serverId(cases.length + 1),
    };
    const project = cliProject(folder, env);
    try {
      await project.pulumi(["stack", "init", "test"]);
      await project.pulumi(["config", "set", "mcpstack:metadataCheck", "off"]);
      await project.pulumi(["up", "--yes", "--skip-preview"], { env: { SIDE: "base" } });
      const saved = path.join(folder, "saved.json");
      const preview = await project.pulumi(
        ["preview", "--json", "--show-sames", "--show-secrets", "--save-plan", saved],
        { env: { SIDE: "head" } },
      );
      const digest = preview.output.slice(preview.output.indexOf("{\n"));
      const reviewed = async (more: object) => {
        const { findings } = await reviewPlan(input("preview.json", digest), { now, ...more });
        return loudestOf(findings, cases, ({ address }) => /::(\w+?)__\w+$/.exec(address)?.[1]);
      };
      // Whatever the flag says, a preview masks secrets; the plan that is saved beside it does not.
      expect(digest).toContain('"authorizationServerUrl": "[secret]"');
      expect(wrongOnes(said, await reviewed({}))).toEqual([]);
      const savedPlan = input("saved.json", await readFile(saved, "utf8"));
      const known = { ...said, issuer_secret_beside_an_edit: "silent" } as const;
      expect(wrongOnes(known, await reviewed({ savedPlan }))).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
      await rm(project.folder, { recursive: true });
    }
  });
});

/** The stack that a CDKTF program synthesises. */
function synthesised(side: Side): string {
  const outdir = mkdtempSync(path.join(tmpdir(), "mcpstack-corpus-"));
  try {
    const app = new App({ outdir });
    const stack = new TerraformStack(app, "corpus");
    new McpstackProvider(stack, "mcpstack", {});
    side(stack);
    app.synth();
    return readFileSync(path.join(outdir, "stacks/corpus/cdk.tf.json"), "utf8");
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

test.each(Object.entries(cdktfChanges))(
  "CDKTF: what a change does to a route decides what is said of it: %s",
  async (name, { said, base, head }) => {
    const result = await reviewPlan(input("cdk.tf.json", synthesised(head)), {
      now,
      base: input("base.json", synthesised(base)),
    });
    expect(
      wrongOnes(
        { [name]: said },
        loudestOf(result.findings, [name], () => name),
      ),
    ).toEqual([]);
  },
);

test("CDKTF: the first gateways of a stack are told as new, and that the last ones go is told of them alone", async () => {
  const codes = async (base: Side, head: Side) => {
    const { findings } = await reviewPlan(input("cdk.tf.json", synthesised(head)), {
      now,
      base: input("base.json", synthesised(base)),
    });
    return findings.map(({ code, severity }) => `${severity} ${code}`);
  };
  expect(await codes(withoutAny, ordinary)).toEqual(["warn authorization-server-new"]);
  expect(await codes(ordinary, withoutAny)).toEqual(["error gateway-gone-attached"]);
});
