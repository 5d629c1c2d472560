// Whoever publishes the provider, in plans that engines make with a provider of that source. It is a copy: what is asked is who serves.
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import { reviewPlan } from "@mcpstack/review";
import { type Engine, succeeded, Workspace } from "../e2e/workspace";

const now = new Date("2026-11-24T00:00:00Z");
const built = path.resolve(__dirname, "../../packages/terraform-provider/dist/mirror/executable");
const registries: Readonly<Record<string, string>> = {
  terraform: "registry.terraform.io",
  opentofu: "registry.opentofu.org",
};
let api: LocalApi;
let folder: string;
let workspace: Workspace;

beforeEach(async () => {
  api = await startLocalApi({ seed: { servers: 1 } });
  folder = await mkdtemp(path.join(tmpdir(), "mcpstack-mirror-"));
});
afterEach(async () => {
  await workspace.remove();
  await rm(folder, { recursive: true, force: true });
  await api.close();
});

/** A mirror that has the built provider under some sources. */
async function mirrorOf(engine: Engine, sources: readonly string[]): Promise<string> {
  const registry = registries[engine] ?? "";
  const version = path.join(built, registry, "mcpstack/mcpstack/0.1.0");
  for (const source of sources) {
    const at = path.join(folder, source.split("/").length === 3 ? "" : registry, source, "0.1.0");
    await mkdir(at, { recursive: true });
    for (const platform of await readdir(version)) await symlink(path.join(version, platform), path.join(at, platform));
  }
  const config = path.join(folder, "mirror.tfrc");
  await writeFile(
    config,
    `provider_installation {\n  filesystem_mirror {\n    path    = ${JSON.stringify(folder)}\n    include = ["*/*/*"]\n  }\n}\n`,
  );
  return config;
}

const requiring = (sources: Readonly<Record<string, string>>) =>
  `terraform {\n  required_providers {\n${Object.entries(sources)
    .map(([name, source]) => `    ${name} = { source = "${source}" }\n`)
    .join("")}  }\n}\n`;

/** `provider` is the resource's argument, if it has one. */
const gateway = (provider = "") => `
resource "mcpstack_gateway" "support" {
  name                     = "Support"
  provider_type            = "manual"
  authorization_server_url = "https://auth.petalpal.invalid/"
  client_id                = "mcp"
  metadata_check           = "off"
  ${provider}
}
`;

async function planned(sources: Readonly<Record<string, string>>, configuration: string): Promise<string> {
  await writeFile(path.join(workspace.folder, "versions.tf"), requiring(sources));
  await workspace.write(configuration);
  succeeded(await workspace.run("init", "-upgrade", "-input=false", "-no-color"));
  await workspace.plan("-out=planned");
  return succeeded(await workspace.run("show", "-json", "planned")).stdout;
}

async function told(plan: string, base?: string, policy: object = {}): Promise<string[]> {
  const input = (text: string) => ({ name: "plan.json", content: Readable.from([Buffer.from(text)]) });
  const { findings } = await reviewPlan(input(plan), {
    now,
    ...(base === undefined ? {} : { base: input(base) }),
    policy: { policy: { version: 1, default: policy }, file: "mcpstack-review.yaml" },
  });
  return findings.map(({ code, severity, address, summary }) =>
    code === "cannot-be-reviewed" ? `${severity} ${summary}` : `${severity} ${code} ${address}`,
  );
}

describe.each(["terraform", "opentofu"] as const)("%s", (engine) => {
  const good = { mcpstack: "mcpstack/mcpstack" };
  const from = (source: string, was: string) => `error The provider comes from ${source} instead of ${was}`;
  const mirror = "tf.petalpal.example/mcpstack/mcpstack";

  /** The program is applied with the good provider, and planned with it once more. */
  async function begin(): Promise<string> {
    workspace = await Workspace.create({ engine, api });
    const config = await mirrorOf(engine, ["mcpstack/mcpstack", "evil/mcpstack", mirror]);
    workspace = workspace.with({ TF_CLI_CONFIG_FILE: config });
    await planned(good, gateway());
    await workspace.apply();
    return planned(good, gateway());
  }

  test("a stranger's provider that takes over the name is told, with a base and without", async () => {
    const base = await begin();
    const head = await planned({ mcpstack: "evil/mcpstack" }, gateway());
    expect(await told(head)).toEqual([from("evil/mcpstack", "mcpstack/mcpstack")]);
    expect(await told(head, base)).toEqual([from("evil/mcpstack", "mcpstack/mcpstack")]);
  });

  test("one beside the good one is told, and what its block trusts is held against the policy", async () => {
    const base = await begin();
    const both = { ...good, evil: "evil/mcpstack" };
    const head = await planned(
      both,
      `provider "evil" {\n  trusted_origins = ["https://login.evil.example"]\n  allow_insecure_metadata = true\n}\n${gateway("provider = evil")}`,
    );
    const policy = { trusted_origins: [], insecure_metadata: false };
    for (const given of [undefined, base])
      expect(await told(head, given, policy)).toEqual(
        expect.arrayContaining([
          from("evil/mcpstack", "mcpstack/mcpstack"),
          "error trust-not-allowed provider.evil",
          expect.stringMatching(/ trusted-origin-added (?:provider\.evil|mcpstack_gateway\.support)$/),
          expect.stringMatching(/ insecure-metadata-allowed (?:provider\.evil|mcpstack_gateway\.support)$/),
        ]),
      );
  });

  test("a mirror on another host is told where it comes, and not where it stays", async () => {
    const base = await begin();
    const head = await planned({ mcpstack: mirror }, gateway());
    expect(await told(head)).toEqual([]);
    expect(await told(head, head)).toEqual([]);
    expect(await told(head, base)).toEqual([from(mirror, "mcpstack/mcpstack")]);
    expect(await told(base, base)).toEqual([]);
  });
});
