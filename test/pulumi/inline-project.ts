// One Pulumi project with an inline program, driven through the Automation API against the real engine.
import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { promisify } from "node:util";
import type { EngineEvent, PulumiFn, Stack } from "@pulumi/pulumi/automation";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation";
import { projectFolder, pulumiEnvironment } from "./project-folder";

/** What an operation said and did. */
export interface Ran {
  /** Everything that was printed. */
  readonly output: string;
  /** Resources of the program by what happened to them; the stack itself is left out. */
  readonly changes: Readonly<Record<string, number>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** False only where `mayFail` was said. */
  readonly ok: boolean;
}

export interface Operation {
  readonly diff?: boolean;
  readonly refresh?: boolean;
  readonly target?: string[];
  readonly targetDependents?: boolean;
  /** URNs, or patterns of them, of what Pulumi is told to replace. */
  readonly replace?: string[];
  readonly parallel?: number;
  readonly plan?: string;
  readonly continueOnError?: boolean;
  /** Hears of a preview or an update as data. */
  readonly onEvent?: (event: EngineEvent) => void;
  /** A failure is the result, not an error. */
  readonly mayFail?: boolean;
  /** Environment of this operation alone. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface InlineProject {
  readonly folder: string;
  readonly stack: Stack;
  up(program: PulumiFn, operation?: Operation): Promise<Ran>;
  preview(program: PulumiFn, operation?: Operation): Promise<Ran>;
  refresh(operation?: Operation): Promise<Ran>;
  destroy(operation?: Operation): Promise<Ran>;
  /** Everything that was printed by all operations so far. */
  said(): string;
  /** Runs another command of Pulumi on the stack. */
  command(args: string[]): Promise<string>;
  /** The stack's deployment with its secrets shown. */
  resources(): Promise<StackResource[]>;
  remove(): void;
}

export interface StackResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Record<string, unknown>;
  readonly outputs?: Record<string, unknown>;
  readonly initErrors?: string[];
}

export async function inlineProject(
  name: string,
  environment: Readonly<Record<string, string>>,
): Promise<InlineProject> {
  const folder = projectFolder(name);
  const fixed = pulumiEnvironment(folder);
  // The Automation API looks for the program on this process's PATH.
  process.env.PATH = fixed.PATH;
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: "test", projectName: name, program: async () => {} },
    {
      workDir: folder,
      envVars: { ...fixed, ...environment },
      pulumiCommand: await PulumiCommand.get({ skipVersionCheck: true }),
      projectSettings: { name, runtime: "nodejs" },
    },
  );
  const { workspace } = stack;
  const said: string[] = [];

  async function run(
    operation: Operation,
    work: (onOutput: (text: string) => void) => Promise<Partial<Ran>>,
  ): Promise<Ran> {
    const lines: string[] = [];
    const before = { ...workspace.envVars };
    workspace.envVars = { ...before, ...operation.env };
    try {
      const done = await work((text) => {
        lines.push(text);
        said.push(text);
      });
      return { output: lines.join(""), changes: {}, outputs: {}, ok: true, ...done };
    } catch (error) {
      if (!operation.mayFail) throw new Error(`Pulumi failed:\n${lines.join("")}`, { cause: error });
      return { output: `${lines.join("")}\n${(error as Error).message}`, changes: {}, outputs: {}, ok: false };
    } finally {
      workspace.envVars = before;
    }
  }

  return {
    folder,
    stack,
    up: (program, operation = {}) =>
      run(operation, async (onOutput) => {
        const { env: _, mayFail: __, ...options } = operation;
        const result = await stack.up({ color: "never", ...options, program, onOutput, onError: onOutput });
        const outputs = Object.fromEntries(Object.entries(result.outputs).map(([key, { value }]) => [key, value]));
        return { changes: counted(result.summary.resourceChanges), outputs };
      }),
    preview: (program, operation = {}) =>
      run(operation, async (onOutput) => {
        const { env: _, mayFail: __, ...options } = operation;
        const result = await stack.preview({ color: "never", ...options, program, onOutput, onError: onOutput });
        return { changes: counted(result.changeSummary) };
      }),
    refresh: (operation = {}) =>
      run(operation, async (onOutput) => {
        const result = await stack.refresh({ color: "never", onOutput, onError: onOutput });
        return { changes: counted(result.summary.resourceChanges) };
      }),
    destroy: (operation = {}) =>
      run(operation, async (onOutput) => {
        const result = await stack.destroy({ color: "never", onOutput, onError: onOutput });
        return { changes: counted(result.summary.resourceChanges) };
      }),
    said: () => said.join(""),
    command: async (args) => {
      const options = { cwd: folder, env: { ...process.env, ...workspace.envVars } };
      return (await promisify(execFile)("pulumi", [...args, "--stack", "test"], options)).stdout;
    },
    resources: async () => {
      const { deployment } = await stack.exportStack();
      return (deployment.resources ?? []) as StackResource[];
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The stack resource, which is created, deleted or the same in every operation, is not counted. */
function counted(changes: Partial<Record<string, number>> | undefined): Record<string, number> {
  const entries = Object.entries(changes ?? {}).map(([kind, count = 0]) => [kind, count] as const);
  const own =
    entries.find(([kind]) => kind === "same") ?? entries.find(([kind]) => kind === "create" || kind === "delete");
  return Object.fromEntries(
    entries.flatMap(([kind, count]) => {
      const left = kind === own?.[0] ? count - 1 : count;
      return left > 0 ? [[kind, left]] : [];
    }),
  );
}
