// A project folder of a user, driven with the plain command line and the real language host.
import { spawn } from "node:child_process";
import { cpSync } from "node:fs";
import path from "node:path";
import { projectFolder, pulumiEnvironment } from "./inline-project";

export interface CliRun {
  readonly status: number;
  /** Both streams. */
  readonly output: string;
}

export interface CliProject {
  readonly folder: string;
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

  async function pulumi(args: readonly string[], options: { mayFail?: boolean; env?: Record<string, string> } = {}) {
    const child = spawn("pulumi", [...args, "--non-interactive", "--color=never"], {
      cwd: folder,
      env: { ...env, ...options.env } as NodeJS.ProcessEnv,
      stdio: ["ignore", "pipe", "pipe"],
    });
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
    pulumi,
    outputs: async () => JSON.parse((await pulumi(["stack", "output", "--json"])).output) as Record<string, unknown>,
  };
}
