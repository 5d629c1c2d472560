// Gateways, said once and driven by every engine: what the project promises about trust, it promises for all of them.
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { LocalApi } from "@mcpstack/local-api";
import { Gateway, type GatewayArgs } from "@mcpstack/pulumi";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { type Engine, type Form, Workspace } from "../e2e/workspace";
import { type InlineProject, inlineProject, type Ran, type StackResource } from "../pulumi/inline-project";

/** A gateway's arguments as Terraform spells them; its name is its key in the program, its provider type "manual". */
export type Args = Readonly<Record<string, string | readonly string[] | Readonly<Record<string, string>> | undefined>>;

/** A warning or an error. */
export interface Said {
  readonly severity: "error" | "warning";
  /** The gateway that it is about, by its key; "" where it names none. */
  readonly gateway: string;
  /** The code of the finding; "" where it is none. */
  readonly code: string;
  readonly text: string;
}

export interface Told {
  readonly ok: boolean;
  readonly said: readonly Said[];
  /** Everything that was printed. */
  readonly output: string;
}

export interface Change {
  /** Such as `update`; `none` where nothing happens to it. */
  readonly action: string;
  /** Paths of what would change or is unknown, as Terraform spells them, such as `metadata.jwks_uri`; sorted. */
  readonly changed: readonly string[];
  /** Of these, what the plan does not know yet. Empty for Pulumi, where `metadata` is an input and known. */
  readonly unknown: readonly string[];
  readonly after: Readonly<Record<string, unknown>>;
}

export interface Plan extends Told {
  readonly changes: Readonly<Record<string, Change>>;
  /** The whole plan as data. */
  readonly data: string;
}

/** A program with gateways, and an output with the metadata of each. */
export interface Project {
  write(gateways: Readonly<Record<string, Args>>): Promise<void>;
  /** What would be done, after a look at the API. */
  plan(): Promise<Plan>;
  /** After a look at the API, unless told otherwise. */
  apply(options?: { refresh?: boolean }): Promise<Told>;
  /** Whether a look at the API alone, without the program, would change the state. */
  drifts(): Promise<boolean>;
  /** What was accepted for a gateway, as Terraform spells it, without what has no value. */
  metadata(gateway: string): Promise<Readonly<Record<string, unknown>> | undefined>;
  /** All that is kept for people to see: the attributes of all gateways, and the program's outputs. */
  kept(): Promise<string>;
  /** Makes the state what version 0.1.0 kept before there was a baseline: of all that is remembered, only what was published. */
  age(): Promise<void>;
  remove(): Promise<void>;
}

export interface Driven {
  readonly name: string;
  start(api: LocalApi): Promise<Project>;
}

const terraformLike = (name: string, engine: Engine, form: Form): Driven => ({
  name,
  start: async (api) => terraformProject(await Workspace.create({ api, engine, form })),
});
export const terraform = terraformLike("Terraform 1.11 and the script", "terraform", "script");
export const terraformNext = terraformLike("the newest Terraform and the executable", "terraform-next", "executable");
export const openTofu = terraformLike("OpenTofu and the executable", "opentofu", "executable");
export const pulumi: Driven = { name: "Pulumi", start: pulumiProject };

/** One engine of each kind: what the core decides for both front ends alike, and is no matter of an engine's version, needs no more. */
export const eachKind: readonly Driven[] = [openTofu, pulumi];

/** "Any engine": each of them, and both forms of the provider. */
export const everyEngine: readonly Driven[] = [terraform, terraformNext, openTofu, pulumi];

/** The codes of what was said of a gateway, each once, sorted. */
export const codesOf = ({ said }: Told, gateway: string): string[] =>
  [...new Set(said.filter((one) => one.gateway === gateway).map(({ code, text }) => code || text))].sort();

function terraformProject(workspace: Workspace): Project {
  const run = async (...args: string[]): Promise<Told> => {
    const { status, stdout, text } = await workspace.run(...args, "-input=false", "-json");
    return { ok: status === 0, said: saidByTerraform(stdout), output: text };
  };
  return {
    write: async (gateways) => {
      await workspace.write(configuration(gateways));
    },
    plan: async () => {
      const outcome = await run("plan", "-out=planned");
      if (!outcome.ok) return { ...outcome, changes: {}, data: "" };
      const { stdout } = await workspace.run("show", "-json", "planned");
      return { ...outcome, changes: changesOfTerraform(stdout), data: stdout };
    },
    apply: ({ refresh = true } = {}) => run("apply", "-auto-approve", `-refresh=${refresh}`),
    drifts: async () => (await workspace.plan("-refresh-only")).status === 2,
    metadata: async (gateway) => (await stateOf(workspace)).gateways[gateway]?.metadata as Record<string, unknown>,
    kept: async () => JSON.stringify(await stateOf(workspace)),
    age: async () => {
      const file = path.join(workspace.folder, "terraform.tfstate");
      const state = JSON.parse(await readFile(file, "utf8")) as { resources: { instances: { private: string }[] }[] };
      for (const instance of state.resources.flatMap(({ instances }) => instances)) {
        const { discovered } = JSON.parse(Buffer.from(instance.private, "base64").toString()) as {
          discovered: unknown;
        };
        instance.private = Buffer.from(JSON.stringify({ discovered })).toString("base64");
      }
      await writeFile(file, JSON.stringify(state));
    },
    remove: () => workspace.remove(),
  };
}

/** A configuration with these gateways. */
export function configuration(gateways: Readonly<Record<string, Args>>): string {
  return Object.entries(gateways)
    .map(([key, args]) => {
      const lines = Object.entries({ name: key, provider_type: "manual", ...args }).flatMap(([name, value]) =>
        value === undefined ? [] : [`  ${name} = ${JSON.stringify(value)}\n`],
      );
      return (
        `resource "mcpstack_gateway" "${key}" {\n${lines.join("")}}\n` +
        `output "${key}" {\n  value = mcpstack_gateway.${key}.metadata\n}\n`
      );
    })
    .join("");
}

/** What Terraform or OpenTofu said with `-json`. */
export function saidByTerraform(stdout: string): Said[] {
  return stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as { diagnostic?: Record<string, unknown> })
    .flatMap(({ diagnostic }) => (diagnostic === undefined ? [] : [diagnostic]))
    .map(({ severity, summary, detail, address }) => {
      const text = `${summary}\n${detail ?? ""}`;
      return {
        severity: severity as Said["severity"],
        gateway: /^mcpstack_gateway\.(.*)$/.exec(String(address ?? ""))?.[1] ?? "",
        code: codeIn(text),
        text,
      };
    });
}

const codeIn = (text: string) => /\(([a-z0-9]+(?:-[a-z0-9]+)+)(?:, [^)]*)?\)\s*$/.exec(text)?.[1] ?? "";

interface Kept {
  readonly outputs: Record<string, unknown>;
  readonly gateways: Record<string, Record<string, unknown>>;
}

/** What the state file shows: all but what is private to the provider. */
async function stateOf(workspace: Workspace): Promise<Kept> {
  const text = await workspace.read("terraform.tfstate").catch(() => '{"outputs":{},"resources":[]}');
  const { outputs, resources } = JSON.parse(text) as {
    outputs: Record<string, unknown>;
    resources: { type: string; name: string; instances: { attributes: object }[] }[];
  };
  const gateways = resources
    .filter(({ type }) => type === "mcpstack_gateway")
    .flatMap(({ name, instances: [instance] }) =>
      instance === undefined ? [] : [[name, withoutNulls(instance.attributes)] as const],
    );
  return { outputs, gateways: Object.fromEntries(gateways) as Kept["gateways"] };
}

/** The changes of gateways in a plan's JSON. */
export function changesOfTerraform(plan: string): Record<string, Change> {
  const { resource_changes = [] } = JSON.parse(plan) as {
    resource_changes?: { type: string; name: string; change: Record<string, unknown> }[];
  };
  return Object.fromEntries(
    resource_changes
      .filter(({ type }) => type === "mcpstack_gateway")
      .map(({ name, change }) => {
        const actions = (change.actions as string[]).join("+");
        const unknown = leaves(change.after_unknown).sort();
        const differing = differences(change.before, change.after).filter((path) => !covers(unknown, path));
        return [
          name,
          {
            action: actions === "no-op" ? "none" : actions,
            changed: [...new Set([...differing, ...unknown])].sort(),
            unknown,
            after: (change.after ?? {}) as Record<string, unknown>,
          },
        ];
      }),
  );
}

async function pulumiProject(api: LocalApi): Promise<Project> {
  const project: InlineProject = await inlineProject("trust", api.environment());
  let gateways: Readonly<Record<string, Args>> = {};
  const program = async () =>
    Object.fromEntries(
      Object.entries(gateways).map(([key, args]) => {
        const given = camelCased({ name: key, provider_type: "manual", ...args }) as unknown as GatewayArgs;
        return [key, new Gateway(key, given).metadata];
      }),
    );
  const told = (ran: Ran, events: readonly EngineEvent[]): Told => ({
    ok: ran.ok,
    output: ran.output,
    said: saidByPulumi(events),
  });
  const kept = async (gateway: string) =>
    (await project.resources()).find(({ urn, type }) => urn.endsWith(`::${gateway}`) && isGateway(type));
  return {
    write: async (given) => {
      gateways = given;
    },
    plan: async () => {
      const events: EngineEvent[] = [];
      const onEvent = (event: EngineEvent) => events.push(event);
      const ran = await project.preview(program, { refresh: true, diff: true, mayFail: true, onEvent });
      return { ...told(ran, events), changes: changesOfPulumi(events), data: JSON.stringify(changesOfPulumi(events)) };
    },
    apply: async ({ refresh = true } = {}) => {
      const events: EngineEvent[] = [];
      const onEvent = (event: EngineEvent) => events.push(event);
      return told(await project.up(program, { refresh, mayFail: true, onEvent }), events);
    },
    drifts: async () => Object.keys((await project.refresh()).changes).some((kind) => kind !== "same"),
    metadata: async (gateway) => snakeCased((await kept(gateway))?.outputs?.metadata) as Record<string, unknown>,
    kept: async () => {
      const resources = await project.resources();
      const shown = ([name]: readonly [string, unknown]) => !name.startsWith("__");
      const visible = (of: object = {}) => Object.fromEntries(Object.entries(of).filter(shown));
      return JSON.stringify(resources.map(({ inputs, outputs }) => [visible(inputs), visible(outputs)]));
    },
    age: async () => {
      const exported = await project.stack.exportStack();
      for (const { inputs = {}, outputs = {} } of exported.deployment.resources as StackResource[]) {
        for (const properties of [inputs, outputs]) Reflect.deleteProperty(properties, "__memory");
      }
      await project.stack.importStack(exported);
    },
    remove: async () => project.remove(),
  };
}

const isGateway = (type: string) => type === "pulumi-nodejs:dynamic/mcpstack:Gateway";

function saidByPulumi(events: readonly EngineEvent[]): Said[] {
  return events
    .flatMap(({ diagnosticEvent }) => (diagnosticEvent === undefined ? [] : [diagnosticEvent]))
    .filter(({ severity }) => severity === "warning" || severity === "error")
    .map(({ severity, message }) => ({
      severity: severity as Said["severity"],
      gateway: /Gateway "([^"]*)": /.exec(message)?.[1] ?? "",
      code: codeIn(message),
      text: message,
    }));
}

function changesOfPulumi(events: readonly EngineEvent[]): Record<string, Change> {
  return Object.fromEntries(
    events
      .flatMap(({ resourcePreEvent }) => resourcePreEvent?.metadata ?? [])
      .filter(({ type, op }) => isGateway(type) && op !== "refresh")
      .map((step) => {
        const before = snakeCased(step.old?.inputs ?? {});
        const after = snakeCased(step.new?.inputs ?? {});
        return [
          step.urn.split("::").at(-1) ?? "",
          {
            action: step.op === "same" ? "none" : step.op,
            changed: differences(before, after).sort(),
            unknown: [],
            after: after as Record<string, unknown>,
          },
        ];
      }),
  );
}

const camelCased = (args: Args): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(args).map(([name, value]) => [
      name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase()),
      value,
    ]),
  );

function snakeCased(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const spelt = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) => (name.startsWith("__") ? [] : [[spelt(name), snakeCased(one)]])),
  );
}

function withoutNulls(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) => (one === null ? [] : [[name, withoutNulls(one)]])),
  );
}

/** Where two values differ, as paths to what is no object. */
function differences(before: unknown, after: unknown, path: readonly string[] = []): string[] {
  const isObject = (one: unknown) => typeof one === "object" && one !== null && !Array.isArray(one);
  if (!(isObject(before) && isObject(after)) && !(path.length === 0 && (isObject(before) || isObject(after)))) {
    return JSON.stringify(before ?? null) === JSON.stringify(after ?? null) ? [] : [path.join(".")];
  }
  const member = (one: unknown, name: string) => (one as Record<string, unknown> | null)?.[name];
  const names = new Set([before, after].flatMap((one) => Object.keys((one as object | null) ?? {})));
  return [...names].flatMap((name) => differences(member(before, name), member(after, name), [...path, name]));
}

/** The paths at which a tree of `after_unknown` says true. */
function leaves(unknown: unknown, path: readonly string[] = []): string[] {
  if (unknown === true) return [path.join(".")];
  if (typeof unknown !== "object" || unknown === null) return [];
  return Object.entries(unknown).flatMap(([name, one]) => leaves(one, [...path, name]));
}

const covers = (paths: readonly string[], path: string) => paths.some((one) => path.startsWith(`${one}.`));
