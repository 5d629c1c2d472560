import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { newestTerraformProgram, openTofuProgram, terraformProgram } from "../engines/located";

export type Engine = "terraform" | "terraform-next" | "opentofu";
/** The two forms that the provider is built in. */
export type Form = "script" | "executable";

const programs: Record<Engine, () => string> = {
  terraform: terraformProgram,
  "terraform-next": newestTerraformProgram,
  opentofu: openTofuProgram,
};

const repository = path.resolve(__dirname, "../..");

export interface Outcome {
  readonly status: number;
  /** Standard output and error as a person sees them, without colour. */
  readonly text: string;
  readonly stdout: string;
}

export interface PlannedChange {
  readonly address: string;
  readonly type: string;
  readonly actions: readonly string[];
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
  readonly afterUnknown: Record<string, unknown>;
}

export interface WorkspaceOptions {
  readonly engine?: Engine;
  readonly form?: Form;
  readonly api: { environment(): Record<string, string> };
  readonly env?: Record<string, string>;
}

/** A folder with a configuration, driven by a real engine and the built provider, against a running API. */
export class Workspace {
  private constructor(
    readonly folder: string,
    readonly engine: Engine,
    readonly env: Record<string, string>,
  ) {}

  /** Makes a folder that is initialised for the provider; `configuration` needs no `terraform` block. */
  static async create(options: WorkspaceOptions): Promise<Workspace> {
    const engine = options.engine ?? "terraform";
    const form = options.form ?? "executable";
    const folder = await mkdtemp(path.join(tmpdir(), "mcpstack-workspace-"));
    const env = { ...(await engineEnvironment(form)), ...options.api.environment(), ...options.env };
    const workspace = new Workspace(folder, engine, env);
    const initialised = await initialisedFolder(engine, form);
    await cp(initialised, folder, { recursive: true, verbatimSymlinks: true });
    return workspace;
  }

  /** Replaces the configuration. */
  async write(configuration: string): Promise<this> {
    await writeFile(path.join(this.folder, "main.tf"), configuration);
    return this;
  }

  run(...args: string[]): Promise<Outcome> {
    return runEngine(this.engine, args, this.folder, this.env);
  }

  /** The same with other environment variables. */
  with(env: Record<string, string>): Workspace {
    return new Workspace(this.folder, this.engine, { ...this.env, ...env });
  }

  async apply(...args: string[]): Promise<Outcome> {
    return succeeded(await this.run("apply", "-auto-approve", "-input=false", "-no-color", ...args));
  }

  /** 0: nothing to do; 2: changes. Any other status throws. */
  async plan(...args: string[]): Promise<Outcome> {
    const outcome = await this.run("plan", "-detailed-exitcode", "-input=false", "-no-color", ...args);
    if (outcome.status !== 0 && outcome.status !== 2) throw new EngineFailed(outcome);
    return outcome;
  }

  /** Plans into a file and reads it back as data. */
  async changes(...args: string[]): Promise<PlannedChange[]> {
    await this.plan("-out=planned", ...args);
    return this.plannedChanges("planned");
  }

  async plannedChanges(file: string): Promise<PlannedChange[]> {
    const plan = JSON.parse(succeeded(await this.run("show", "-json", file)).stdout) as {
      resource_changes?: { address: string; type: string; change: Record<string, unknown> }[];
    };
    return (plan.resource_changes ?? []).map(({ address, type, change }) => ({
      address,
      type,
      actions: change.actions as string[],
      before: change.before as Record<string, unknown> | null,
      after: change.after as Record<string, unknown> | null,
      afterUnknown: (change.after_unknown ?? {}) as Record<string, unknown>,
    }));
  }

  /** The attributes of every managed resource in state, by address. */
  async state(): Promise<Record<string, Record<string, unknown>>> {
    const shown = JSON.parse(succeeded(await this.run("show", "-json")).stdout) as {
      values?: { root_module?: { resources?: { address: string; values: Record<string, unknown> }[] } };
    };
    return Object.fromEntries(
      (shown.values?.root_module?.resources ?? []).map(({ address, values }) => [address, values]),
    );
  }

  async outputs(): Promise<Record<string, unknown>> {
    const outputs = JSON.parse(succeeded(await this.run("output", "-json")).stdout) as Record<
      string,
      { value: unknown }
    >;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  read(file: string): Promise<string> {
    return readFile(path.join(this.folder, file), "utf8");
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** The engine ended with a status that was not expected. Its output is the message. */
export class EngineFailed extends Error {
  constructor(readonly outcome: Outcome) {
    super(`status ${outcome.status}\n${outcome.text}`);
  }
}

export function succeeded(outcome: Outcome): Outcome {
  if (outcome.status !== 0) throw new EngineFailed(outcome);
  return outcome;
}

const terraformBlock = `terraform {
  required_providers {
    mcpstack = {
      source = "mcpstack/mcpstack"
    }
  }
}
`;

/** Initialising takes a second; every workspace of this process copies one initialised folder. */
const initialised = new Map<string, Promise<string>>();

function initialisedFolder(engine: Engine, form: Form): Promise<string> {
  const key = `${engine} ${form}`;
  const known = initialised.get(key);
  if (known) return known;
  const made = initialise(engine, form);
  initialised.set(key, made);
  return made;
}

async function initialise(engine: Engine, form: Form): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "mcpstack-init-"));
  await writeFile(path.join(folder, "versions.tf"), terraformBlock);
  succeeded(await runEngine(engine, ["init", "-input=false", "-no-color"], folder, await engineEnvironment(form)));
  return folder;
}

/** What an engine needs to find the built provider, and nothing of the person who runs the tests. */
export async function engineEnvironment(form: Form): Promise<Record<string, string>> {
  const folder = path.join(repository, ".cache/e2e");
  const config = path.join(folder, `${form}.tfrc`);
  await mkdir(folder, { recursive: true });
  const mirror = path.join(repository, "packages/terraform-provider/dist/mirror", form);
  await writeFile(
    config,
    `provider_installation {\n  filesystem_mirror {\n    path    = ${JSON.stringify(mirror)}\n    include = ["*/*/*"]\n  }\n}\n`,
  );
  return { TF_CLI_CONFIG_FILE: config, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" };
}

export function runEngine(
  engine: Engine,
  args: readonly string[],
  cwd: string,
  env: Record<string, string>,
): Promise<Outcome> {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(TF_|MCPSTACK_|AGENETIX_|EMCY_)/.test(name)),
  );
  return new Promise((resolve) => {
    execFile(
      programs[engine](),
      [...args],
      { cwd, env: { ...inherited, ...env }, maxBuffer: 256 * 1024 * 1024 },
      (error, stdout, stderr) => {
        const status = error ? ((error as { code?: unknown }).code as number) : 0;
        resolve({ status: typeof status === "number" ? status : 1, stdout, text: `${stdout}${stderr}` });
      },
    );
  });
}
