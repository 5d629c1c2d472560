// A project folder of a user, driven with the plain command line and the real language host.
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync } from "node:fs";
import path from "node:path";
import { projectFolder, pulumiEnvironment } from "./project-folder";

export interface CliRun {
  readonly status: number;
  /** Both streams. */
  readonly output: string;
}

export interface CliProject {
  readonly folder: string;
  /** Starts `pulumi ARGS` in a process group of its own, as a terminal does: Ctrl-C reaches that group. */
  start(args: readonly string[]): ChildProcess;
  /** Runs `pulumi ARGS`. Throws where it fails, unless `mayFail`. */
  pulumi(args: readonly string[], options?: { mayFail?: boolean; env?: Record<string, string> }): Promise<CliRun>;
  /** `pulumi stack output --json`. */
  outputs(): Promise<Record<string, unknown>>;
}

/** A copy of an example, or of any folder, inside the workspace: it finds the packages as an installed project would. */
export function cliProject(source: string, environment: Readonly<Record<string, string>>): CliProject {
  const folder = projectFolder(path.basename(source));
  cpSync(source, folder, { recursive: true });
  const inherited = Object.entries(process.env).filter(([name]) => !/^(MCPSTACK|AGENETIX|PULUMI)_/.test(name));
  const env = { ...Object.fromEntries(inherited), ...pulumiEnvironment(folder), ...environment };

  function spawned(args: readonly string[], options: { env?: Record<string, string>; detached?: boolean }) {
    return spawn("pulumi", [...args, "--non-interactive", "--color=never"], {
      cwd: folder,
      env: { ...env, ...options.env } as NodeJS.ProcessEnv,
      stdio: ["ignore", "pipe", "pipe"],
      detached: options.detached,
    });
  }

  async function pulumi(args: readonly string[], options: { mayFail?: boolean; env?: Record<string, string> } = {}) {
    const child = spawned(args, options);
    const pieces: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece) => pieces.push(String(piece)));
    const status = await new Promise<number>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => resolve(code ?? 1));
    });
    const output = pieces.join("");
    if (status !== 0 && !options.mayFail) throw new Error(`pulumi ${args.join(" ")} ended with ${status}:\n${output}`);
    return { status, output };
  }

  return {
    folder,
    start: (args) => spawned(args, { detached: true }),
    pulumi,
    outputs: async () => JSON.parse((await pulumi(["stack", "output", "--json"])).output) as Record<string, unknown>,
  };
}
