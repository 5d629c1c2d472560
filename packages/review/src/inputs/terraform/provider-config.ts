import { connectionFields, type Json, sameJson, snakeCase } from "@mcpstack/model";
import type { Origin, ProviderChange, ResourceChange } from "../../changes/change";
import { configuredKey, stringAt, withoutModule } from "../../changes/values";
import type { Kept } from "../document";
import { isOurSource, isTold, trustsLeast } from "../provider-values";
import { isRecord, readValues, text } from "../values";
import type { Configuration } from "./configuration";

const noMarks = { isUnknown: () => false, isSecret: () => false };

/** The provider configurations that a plan was made with. A plan holds no earlier ones. */
export function providersOf(kept: readonly Kept[], configuration: Configuration): ProviderChange[] {
  // Whatever serves something of MCP Stack, be it called and published as it will; under the key of its caller, where a module has it so.
  const serving = new Set([...configuration.uses.values()].flatMap((key) => [key, withoutModule(key)]));
  const marked = (mark: "sensitive" | "ephemeral") =>
    new Set(
      kept.flatMap(({ path, value }) =>
        path[2] === "root_module" && path[3] === "variables" && isRecord(value) && value[mark] === true
          ? [path[4]]
          : [],
      ),
    );
  const secret = marked("sensitive");
  // In the place of an ephemeral variable's value stands its default. OpenTofu says of which; of Terraform's only the program does.
  const ephemeral = marked("ephemeral");
  const variables = new Map(
    kept.flatMap(({ path, value }): [string, Variable][] =>
      path[1] === "variables" && path.length === 3 && isRecord(value) && !ephemeral.has(path[2])
        ? [[String(path[2]), { name: String(path[2]), value: value.value as Json, isSecret: secret.has(path[2]) }]]
        : [],
    ),
  );
  return kept.flatMap(({ path, value }): ProviderChange[] => {
    if (path[1] !== "configuration" || path[2] !== "provider_config" || !isRecord(value)) return [];
    if (!isOurs(value) && !serving.has(String(path[3]))) return [];
    const inModule = value.module_address !== undefined;
    // Of a module that inherits its provider nothing is said here. One without arguments in the root module is a configuration all the
    // same: that of the defaults.
    const expressions = value.expressions ?? (inModule ? undefined : {});
    if (!isRecord(expressions)) return [];
    const key = String(path[3]);
    if (!inModule) return [providerOf(key, expressions, { of: variables, all: [...variables.values()], ephemeral })];
    const of = variablesIn(stepsOf(value.module_address), configuration, variables);
    return [providerOf(key, expressions, { of, all: [], ephemeral: new Set(), isModule: true })];
  });
}

/** What is known by name. */
interface Named {
  get(name: string): Variable | undefined;
}

/** What a provider's arguments may be made of. */
interface Scope {
  readonly of: Named;
  /** What locals may be made of, as far as it can be listed. */
  readonly all: readonly Variable[];
  readonly ephemeral: ReadonlySet<unknown>;
  /** A module's values are compared and no more: around them there may be expressions on the way from its caller. */
  readonly isModule?: boolean;
}

/** A module's variables have what its caller gives them. */
function variablesIn(module: readonly string[], configuration: Configuration, root: Named): Named {
  if (module.length === 0) return root;
  const caller = variablesIn(module.slice(0, -1), configuration, root);
  return {
    get(name) {
      const expression = configuration.argument(module, name);
      if (!isRecord(expression)) return undefined;
      const value = isConstant(expression) ? expression.constant_value : likely(referencesOf(expression), caller);
      return value === undefined ? undefined : { name, value: value as Json, isSecret: false };
    },
  };
}

/** The names of the calls in `module.a.module.b`. */
function stepsOf(address: unknown): string[] {
  return (text(address) ?? "").split(/(?:^|\.)module\./).filter((name) => name !== "");
}

interface Variable {
  readonly name: string;
  readonly value: Json;
  readonly isSecret: boolean;
}

/** By its source: a program may call it anything. Terraform before 1.1 gives the name alone. */
function isOurs({ full_name: fullName, name }: Record<string, unknown>): boolean {
  const source = text(fullName);
  return source === undefined ? name === "mcpstack" : isOurSource(source);
}

function providerOf(
  key: string,
  expressions: Record<string, unknown>,
  { of: variables, all, ephemeral, isModule = false }: Scope,
): ProviderChange {
  const source: Record<string, unknown> = {};
  const unknown = new Set<string>();
  const sensitive = new Set<string>();
  const plainSecrets: string[] = [];
  const origins: Record<string, Origin> = {};
  for (const [name, field] of Object.entries(connectionFields)) {
    const expression = expressions[snakeCase(name)];
    if (!isRecord(expression)) continue;
    if ("sensitive" in field) {
      const { constant_value: value } = expression;
      if (!hasReferences(expression) && typeof value === "string" && value !== "") plainSecrets.push(name);
      continue;
    }
    if (isConstant(expression)) {
      source[name] = expression.constant_value;
      continue;
    }
    const references = referencesOf(expression);
    const names = references.flatMap((reference) => /^var\.([^.[]+)/.exec(reference)?.[1] ?? []);
    const used = names.flatMap((one) => variables.get(one) ?? []);
    if (used.some(({ isSecret }) => isSecret)) sensitive.add(name);
    // Locals of the program may be made of the others. What is secret is told of what refers to it by itself alone.
    const told = [...all.filter(({ isSecret }) => !isSecret), ...used];
    origins[name] = {
      references,
      variables: Object.fromEntries(told.map((one) => [one.name, one.value])),
      ...(names.some((one) => ephemeral.has(one)) ? { isEphemeral: true } : {}),
    };
    const value = isModule ? undefined : likely(references, variables);
    if (value === undefined || !isTold(name, value)) unknown.add(name);
    else source[name] = value;
  }
  const { values } = readValues(connectionFields, source, noMarks, `provider ${key}`);
  return { key, use: "continued", after: values, unknown, sensitive, hidden: new Set(), origins, plainSecrets };
}

/** Of a program in JSON syntax, a plan gives the text of a template as if it were a value, beside what the template refers to. */
function isConstant(expression: Record<string, unknown>): boolean {
  if (!("constant_value" in expression)) return false;
  if (hasReferences(expression)) return false;
  // What an escape comes to, `$${`, is not told from a template: nobody calls a configuration's value so.
  return !/[$%]\{/.test(JSON.stringify(expression.constant_value));
}

function hasReferences({ references }: Record<string, unknown>): boolean {
  return Array.isArray(references) && references.length > 0;
}

/** What an expression refers to. `var.a.b` is named with everything that it is a part of; the longest tells. */
function referencesOf({ references }: Record<string, unknown>): string[] {
  const texts = Array.isArray(references) ? references.filter((reference) => typeof reference === "string") : [];
  return texts
    .filter((text) => !texts.some((other) => other.startsWith(`${text}.`) || other.startsWith(`${text}[`)))
    .sort();
}

/**
 * The value of the one variable that an expression refers to. A plan holds no text around a reference, so that `"${var.host}/x"` looks as
 * `var.host` does: the value is a likely one. Where the program is at hand, that is read (sources/settle-arguments.ts).
 */
function likely(references: readonly string[], variables: Named): unknown {
  const [only, ...others] = references;
  if (only === undefined || others.length > 0) return undefined;
  const [root, name, ...path] = only.split(".");
  const variable = root === "var" && name !== undefined ? variables.get(name) : undefined;
  return path.reduce<unknown>(
    (part, step) => (isRecord(part) && Object.hasOwn(part, step) ? part[step] : undefined),
    variable?.value,
  );
}

/** What an argument is made from: its references, each with the value that it has, where the plan tells. */
function sourcesOf(origin: Origin | undefined): Json {
  if (origin === undefined) return null;
  return origin.references.map((reference) => {
    const [, name = "", path = ""] = /^var\.([^.[]+)(.*)$/s.exec(reference) ?? [];
    const value = Object.hasOwn(origin.variables, name) ? origin.variables[name] : undefined;
    // Of what is taken by an index, the whole counts.
    const steps = path.includes("[") ? [] : path.split(".").slice(1);
    const part = steps.reduce<unknown>(
      (of, step) => (isRecord(of) && Object.hasOwn(of, step) ? of[step] : undefined),
      value,
    );
    return [reference, (part ?? null) as Json];
  });
}

/**
 * The organization of each configuration, as its resources tell: a provider of another one refuses to read and to write them
 * (`organization_mismatch`). Where the argument itself is not told, it is taken for what they say.
 */
export function withOrganizations(
  providers: readonly ProviderChange[],
  resources: readonly ResourceChange[],
): ProviderChange[] {
  return providers.map((provider) => {
    const ids = new Set(
      resources.flatMap((resource) =>
        configuredKey({ providers }, resource) === provider.key && resource.before && resource.after
          ? [resource.before, resource.after].map((side) => stringAt(side, "organizationId"))
          : [],
      ),
    );
    const [id, ...others] = ids;
    if (id === undefined || others.length > 0 || provider.origins?.organization === undefined) return provider;
    const proved = { ...provider, provedOrganization: id };
    if (!provider.unknown.has("organization")) return proved;
    return {
      ...proved,
      after: { ...provider.after, organization: id },
      unknown: new Set([...provider.unknown].filter((field) => field !== "organization")),
    };
  });
}

/**
 * How an argument is written, before and now. A value that is told on one side alone is compared with nothing; where both sides are made from
 * the same references, nothing says that what they come to differs, and nothing that it does not.
 */
export function comparedForms(
  provider: ProviderChange,
  earlier: ProviderChange,
): Pick<ProviderChange, "before" | "formsBefore" | "settled" | "reshaped" | "obscured"> {
  const before: Record<string, Json | undefined> = { ...earlier.after };
  const settled = new Set<string>();
  const reshaped = new Set<string>();
  const obscured = new Set<string>();
  const formsBefore: Record<string, { told: "certain" | "likely" | "open"; isSame: boolean }> = {};
  for (const field of Object.keys(connectionFields)) {
    const [was, will] = [earlier.origins?.[field], provider.origins?.[field]];
    const wasOpen = earlier.unknown.has(field);
    const isOpen = wasOpen || provider.unknown.has(field);
    const isSame = sameJson(sourcesOf(was), sourcesOf(will)) && !was?.isEphemeral && !will?.isEphemeral;
    formsBefore[field] = { told: wasOpen ? "open" : was === undefined ? "certain" : "likely", isSame };
    if (was === undefined && will === undefined) continue;
    const isProved = field === "organization" && provider.provedOrganization !== undefined;
    // What a local, or an expression, comes to may be another value by the same references. The credential goes to the API.
    if (isSame && isOpen) {
      if (field === "apiUrl") reshaped.add(field);
      else settled.add(field);
      if (field !== "apiUrl" && !isProved) obscured.add(field);
    }
    const isSameValue = sameJson(earlier.after?.[field] ?? null, provider.after?.[field] ?? null);
    // What is written out is certain. Where it is what the base's variable was, or trusts least, it takes the place of nothing stricter.
    const written = will === undefined ? provider.after?.[field] : undefined;
    const isNoNews =
      written !== undefined && ((isSameValue && !wasOpen && was?.isEphemeral !== true) || trustsLeast(field, written));
    if (!isSame && (isOpen || isSameValue) && !isProved && !isNoNews) reshaped.add(field);
    if (wasOpen) before[field] = provider.after?.[field];
  }
  return {
    before: Object.fromEntries(Object.entries(before).filter(([, value]) => value !== undefined)),
    formsBefore,
    settled,
    reshaped,
    obscured,
  };
}
