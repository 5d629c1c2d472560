import { connectionFields, type Json, sameJson, snakeCase } from "@mcpstack/model";
import type { Origin, ProviderChange, ResourceChange } from "../../changes/change";
import { configuredKey, stringAt, withoutModule } from "../../changes/values";
import type { Kept } from "../document";
import { isOurSource, isTold, trustsLeast } from "../provider-values";
import { isRecord, readValues, text } from "../values";
import type { Configuration } from "./configuration";
import {
  hasReferences,
  isComplete,
  isConstant,
  madeFrom,
  type Place,
  partAt,
  referencesOf,
  type Variable,
} from "./made-from";

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
    kept.flatMap(({ path, value }): [string, Variable][] => {
      if (path[1] !== "variables" || path.length !== 3 || !isRecord(value) || ephemeral.has(path[2])) return [];
      const name = String(path[2]);
      const definition = configuration.variable([], name);
      const itsDefault = ((isRecord(definition) ? definition.default : undefined) ?? null) as Json;
      return [[name, { name, value: (value.value ?? null) as Json, isSecret: secret.has(name), default: itsDefault }]];
    }),
  );
  return kept.flatMap(({ path, value }): ProviderChange[] => {
    if (path[1] !== "configuration" || path[2] !== "provider_config" || !isRecord(value)) return [];
    if (!isOurs(value) && !serving.has(String(path[3]))) return [];
    const inModule = value.module_address !== undefined;
    // Of a module that inherits its provider nothing is said here. One without arguments in the root module is a configuration all the
    // same: that of the defaults.
    const expressions = value.expressions ?? (inModule ? undefined : {});
    if (!isRecord(expressions)) return [];
    const place = { module: stepsOf(value.module_address), configuration, root: variables };
    return [providerOf(String(path[3]), expressions, place, ephemeral)];
  });
}

/** The names of the calls in `module.a.module.b`. */
function stepsOf(address: unknown): string[] {
  return (text(address) ?? "").split(/(?:^|\.)module\./).filter((name) => name !== "");
}

/** By its source: a program may call it anything. Terraform before 1.1 gives the name alone. */
function isOurs({ full_name: fullName, name }: Record<string, unknown>): boolean {
  const source = text(fullName);
  return source === undefined ? name === "mcpstack" : isOurSource(source);
}

function providerOf(
  key: string,
  expressions: Record<string, unknown>,
  place: Place,
  ephemeral: ReadonlySet<unknown>,
): ProviderChange {
  // A module's values are compared and no more: around them there may be expressions on the way from its caller.
  const variables = place.module.length === 0 ? place.root : new Map<string, Variable>();
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
    const told = [...[...variables.values()].filter(({ isSecret }) => !isSecret), ...used];
    origins[name] = {
      references,
      variables: Object.fromEntries(told.map((one) => [one.name, one.value])),
      given: told.filter((one) => !isComplete(one.value, one.default)).map((one) => one.name),
      madeFrom: madeFrom(references, place),
      ...(place.module.length === 0 && names.some((one) => ephemeral.has(one)) ? { isEphemeral: true } : {}),
    };
    const value = likely(references, variables);
    if (value === undefined || !isTold(name, value)) unknown.add(name);
    else source[name] = value;
  }
  const { values } = readValues(connectionFields, source, noMarks, `provider ${key}`);
  return { key, use: "continued", after: values, unknown, sensitive, hidden: new Set(), origins, plainSecrets };
}

/**
 * The value of the one variable that an expression refers to. A plan holds no text around a reference, so that `"${var.host}/x"` looks as
 * `var.host` does: the value is a likely one. Where the program is at hand, that is read (sources/settle-arguments.ts).
 */
function likely(references: readonly string[], variables: ReadonlyMap<string, Variable>): Json | undefined {
  const [only, ...others] = references;
  const [, name = "", path = ""] = /^var\.([^.[]+)(.*)$/s.exec(only ?? "") ?? [];
  const variable = variables.get(name);
  if (variable === undefined || others.length > 0) return undefined;
  const part = partAt(variable.value, path);
  // In the place of null there may be a default.
  return part === null && !isComplete(variable.value, variable.default) ? undefined : part;
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

/** Whether nothing says that two arguments come to something else. */
function isMadeAlike(was: Origin | undefined, will: Origin | undefined): boolean {
  if (was === undefined || will === undefined) return was === will;
  if (was.isEphemeral || will.isEphemeral || was.madeFrom === undefined || will.madeFrom === undefined) return false;
  return sameJson(was.madeFrom, will.madeFrom);
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
    const isSame = isMadeAlike(was, will);
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
