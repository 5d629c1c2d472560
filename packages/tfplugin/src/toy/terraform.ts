import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";

const ROOT = join(__dirname, "../../../..");

/** The program, from TERRAFORM_BIN or the PATH. Fails where there is none: these tests are not skipped. */
export function terraformBinary(): string {
  const given = process.env.TERRAFORM_BIN;
  if (given !== undefined && given !== "") return given;
  return execFileSync("sh", ["-c", "command -v terraform"], { encoding: "utf8" }).trim();
}

/** Makes one script of a provider's main module. */
export function bundle(entry: string, outfile: string): string {
  buildSync({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    minify: true,
    banner: { js: "#!/usr/bin/env node" },
    logLevel: "error",
    // As a published package would be found.
    alias: {
      "@mcpstack/tfplugin": join(__dirname, "../index.ts"),
      "@mcpstack/tfplugin/serve": join(__dirname, "../serve/serve.ts"),
    },
  });
  chmodSync(outfile, 0o755);
  return outfile;
}

export interface Run {
  readonly status: number | null;
  readonly output: string;
}

/** A folder with a configuration, and a mirror with the provider in it. */
export class Workspace {
  readonly folder: string;
  readonly documents: string;
  readonly provider: string;
  private readonly env: NodeJS.ProcessEnv;

  constructor(entry = join(__dirname, "main.ts"), name = "toy") {
    mkdirSync(join(ROOT, ".cache"), { recursive: true });
    this.folder = mkdtempSync(join(ROOT, ".cache", "tfplugin-"));
    this.documents = join(this.folder, "documents");
    const arch = process.arch === "x64" ? "amd64" : process.arch;
    const platform = `${process.platform === "win32" ? "windows" : process.platform}_${arch}`;
    const at = join(this.folder, "mirror/registry.terraform.io/mcpstack", name, "1.0.0", platform);
    mkdirSync(at, { recursive: true });
    this.provider = bundle(entry, join(at, `terraform-provider-${name}_v1.0.0`));
    const config = join(this.folder, "terraformrc");
    writeFileSync(
      config,
      `disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(join(this.folder, "mirror"))}\n  }\n}\n`,
    );
    this.env = { ...process.env, TF_CLI_CONFIG_FILE: config, TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1" };
    for (const variable of ["TF_LOG", "TF_LOG_PROVIDER", "TF_REATTACH_PROVIDERS"]) delete this.env[variable];
  }

  /** Writes the configuration, with the toy provider's own block unless another is given. */
  write(body: string, provider?: string): void {
    const head = `terraform {\n  required_providers {\n    toy = {\n      source = "registry.terraform.io/mcpstack/toy"\n    }\n  }\n}\n`;
    const own = provider ?? `provider "toy" {\n  folder = ${JSON.stringify(this.documents)}\n}\n`;
    writeFileSync(join(this.folder, "main.tf"), head + own + body);
  }

  run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Run {
    const { status, stdout, stderr, error } = spawnSync(terraformBinary(), [...args, "-no-color"], {
      cwd: this.folder,
      env: { ...this.env, ...env },
      encoding: "utf8",
    });
    if (error !== undefined) throw error;
    return { status, output: stdout + stderr };
  }

  start(args: readonly string[]): ChildProcess {
    return spawn(terraformBinary(), [...args, "-no-color"], { cwd: this.folder, env: this.env, detached: true });
  }

  /** Starts the provider itself, as a developer does. */
  startProvider(): { child: ChildProcess; reattach: Promise<string> } {
    const child = spawn(process.execPath, [this.provider, "--debug"], { env: this.env });
    const reattach = new Promise<string>((resolve, reject) => {
      let output = "";
      child.stdout?.on("data", (chunk) => {
        output += chunk;
        const found = /TF_REATTACH_PROVIDERS='(.*)'/.exec(output)?.[1];
        if (found !== undefined) resolve(found);
      });
      child.once("exit", () => reject(new Error(`The provider ended: ${output}`)));
    });
    return { child, reattach };
  }

  /** Runs and expects success; the message of a failure is what the program wrote. */
  ok(...args: string[]): string {
    const { status, output } = this.run(args);
    if (status !== 0) throw new Error(`terraform ${args.join(" ")} ended with ${status}:\n${output}`);
    return output;
  }

  init(): void {
    this.ok("init", "-input=false");
  }

  apply(...args: string[]): string {
    return this.ok("apply", "-auto-approve", "-input=false", ...args);
  }

  /** 0: nothing to do, 2: something, 1: an error. */
  plan(...args: string[]): Run {
    return this.run(["plan", "-detailed-exitcode", "-input=false", ...args]);
  }

  state(): { resources: { type: string; instances: { attributes: Record<string, unknown>; status?: string }[] }[] } {
    return JSON.parse(readFileSync(join(this.folder, "terraform.tfstate"), "utf8"));
  }

  attributes(type: string): Record<string, unknown> {
    const found = this.state().resources.find((resource) => resource.type === type)?.instances[0]?.attributes;
    if (found === undefined) throw new Error(`There is no ${type} in the state.`);
    return found;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
