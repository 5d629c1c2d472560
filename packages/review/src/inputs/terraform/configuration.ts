import type { ResourceChange } from "../../changes/change";
import type { Kept } from "../document";
import { isRecord, text } from "../values";
import { parseAddress } from "./address";

/** What the configuration says of a resource, without its instances. */
export interface ConfiguredResource {
  readonly providerKey: string;
  readonly expressions: Readonly<Record<string, unknown>>;
}

/** The parts of a plan's `configuration` that tell what refers to what. Module paths are the names of calls joined by dots. */
export interface Configuration {
  /** By an instance's absolute address; of a data source, with `data.` before its type. */
  find(address: string): ConfiguredResource | undefined;
  /** The names of everything that uses the provider, to the keys of its configurations. */
  readonly uses: ReadonlyMap<string, string>;
  /** What a module is called with. */
  argument(modulePath: readonly string[], variable: string): unknown;
  /** How a variable is defined, as far as a plan tells. */
  variable(modulePath: readonly string[], name: string): unknown;
  output(modulePath: readonly string[], name: string): unknown;
}

export function configurationOf(kept: readonly Kept[]): Configuration {
  const resources = new Map<string, ConfiguredResource>();
  const uses = new Map<string, string>();
  const arguments_ = new Map<string, Record<string, unknown>>();
  const outputs = new Map<string, unknown>();
  const variables = new Map<string, unknown>();
  for (const { path, value } of kept) {
    if (path[1] !== "configuration" || path[2] !== "root_module" || !isRecord(value)) continue;
    const { module, rest } = moduleOf(path.slice(3));
    const key = module.join(".");
    if (rest[0] === "resources") {
      const mode = value.mode === "data" ? "data." : "";
      const name = `${key}|${mode}${String(value.type)}.${String(value.name)}`;
      if (/^mcpstack_/.test(String(value.type))) uses.set(name, text(value.provider_config_key) ?? "mcpstack");
      resources.set(name, {
        providerKey: text(value.provider_config_key) ?? "mcpstack",
        expressions: isRecord(value.expressions) ? value.expressions : {},
      });
    } else if (rest[0] === "outputs" && rest[1] !== undefined) {
      outputs.set(`${key}|${rest[1]}`, value.expression);
    } else if (rest[0] === "variables" && rest[1] !== undefined) {
      variables.set(`${key}|${rest[1]}`, value);
    } else if (rest[0] === "module_calls" && rest[2] === "expressions") {
      arguments_.set([...module, String(rest[1])].join("."), value);
    }
  }
  return {
    find(address) {
      const name = configuredName(address);
      return name === undefined ? undefined : resources.get(name);
    },
    uses,
    argument: (module, variable) => own(arguments_.get(module.join(".")), variable),
    variable: (module, name) => variables.get(`${module.join(".")}|${name}`),
    output: (module, name) => outputs.get(`${module.join(".")}|${name}`),
  };
}

/** What an instance's absolute address names in the configuration: the path of its module, and the resource without keys. */
export function configuredName(address: string): string | undefined {
  const parsed = parseAddress(address.replace(/(^|\.)data\.(?=[^.]+\.[^.]+$)/, "$1"));
  const mode = /(?:^|\.)data\.[^.]+\.[^.]+$/.test(address) ? "data." : "";
  return parsed && `${parsed.module.map(({ name }) => name).join(".")}|${mode}${parsed.type}.${parsed.name}`;
}

/** Where what a name of the configuration stands for may have been before: under that name, or under those that it was moved from. */
export function earlierNamesOf(changes: readonly ResourceChange[]): (name: string) => readonly string[] {
  const earlier = new Map<string, string[]>();
  for (const { address, previousAddress } of changes) {
    const [name, from] = [configuredName(address), configuredName(previousAddress ?? address)];
    if (name !== undefined && from !== undefined && from !== name)
      earlier.set(name, [...(earlier.get(name) ?? []), from]);
  }
  return (name) => [...(earlier.get(name) ?? []), name];
}

function own(record: Record<string, unknown> | undefined, key: string): unknown {
  return record && Object.hasOwn(record, key) ? record[key] : undefined;
}

/** Splits `module_calls, a, module, resources, 3` into the module's path and the rest. */
function moduleOf(path: readonly (string | number)[]): { module: string[]; rest: (string | number)[] } {
  const module: string[] = [];
  let rest = [...path];
  while (rest[0] === "module_calls" && rest[2] === "module") {
    module.push(String(rest[1]));
    rest = rest.slice(3);
  }
  return { module, rest };
}
