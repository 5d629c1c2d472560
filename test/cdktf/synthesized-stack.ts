import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { LocalApi } from "@mcpstack/local-api";
import { type Engine, EngineFailed, engineEnvironment, type Outcome, runEngine, succeeded } from "../e2e/workspace";

/** The parts of `show -json PLAN` that tests look at. */
export interface ShownPlan {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly before: object | null;
      readonly after: object | null;
    };
  }[];
  readonly planned_values: { readonly outputs?: Readonly<Record<string, { readonly value?: unknown }>> };
}

/** A folder that cdktf synthesized a stack to, driven by a real engine with the built provider, against a running API. */
export class SynthesizedStack {
  private constructor(
    private readonly folder: string,
    private readonly engine: Engine,
    private readonly env: Record<string, string>,
    private readonly stateFolder: string,
  ) {}

  /** Initialises the engine in the folder; its state is kept apart, since cdktf names a file in the folder that it was started in. */
  static async init(
    folder: string,
    engine: Engine,
    api: LocalApi,
    env: Record<string, string> = {},
  ): Promise<SynthesizedStack> {
    const stateFolder = await mkdtemp(path.join(tmpdir(), "mcpstack-cdktf-state-"));
    const stack = new SynthesizedStack(
      folder,
      engine,
      { ...(await engineEnvironment("script")), ...api.environment(), ...env },
      stateFolder,
    );
    succeeded(await stack.run("init", "-no-color", `-backend-config=path=${path.join(stateFolder, "stack.tfstate")}`));
    return stack;
  }

  /** 0: nothing to do; 2: changes. */
  async plan(): Promise<{ status: number; shown: ShownPlan }> {
    const outcome = await this.run("plan", "-detailed-exitcode", "-no-color", "-out=planned");
    if (outcome.status !== 0 && outcome.status !== 2) throw new EngineFailed(outcome);
    const shown = JSON.parse(succeeded(await this.run("show", "-json", "planned")).stdout) as ShownPlan;
    return { status: outcome.status, shown };
  }

  /** Applies the last plan. */
  async apply(): Promise<void> {
    succeeded(await this.run("apply", "-no-color", "planned"));
  }

  async destroy(): Promise<void> {
    succeeded(await this.run("destroy", "-auto-approve", "-no-color"));
  }

  async outputs(): Promise<Record<string, unknown>> {
    const outputs = JSON.parse(succeeded(await this.run("output", "-json")).stdout) as Record<
      string,
      { value: unknown }
    >;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  async remove(): Promise<void> {
    await rm(this.stateFolder, { recursive: true, force: true });
  }

  private run(...args: string[]): Promise<Outcome> {
    const [command = "", ...rest] = args;
    const input = ["init", "plan", "apply", "destroy"].includes(command) ? ["-input=false"] : [];
    return runEngine(this.engine, [command, ...input, ...rest], this.folder, this.env);
  }
}
