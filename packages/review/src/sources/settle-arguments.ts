import { defaultApiUrl, type Json, originOf, sameJson, snakeCase } from "@mcpstack/model";
import type { PlanChanges, ProviderChange } from "../changes/change";
import { isTold } from "../inputs/provider-values";
import { evaluated, rootsIn, rootsOf } from "./expression";
import { providerArguments, type WrittenArgument } from "./provider-arguments";

/** A file of the program. */
export interface SourceText {
  readonly file: string;
  /** Undefined for one that could not be read, or not to its end. */
  readonly text: string | undefined;
}

/**
 * Reads in the program what a plan of Terraform does not hold: the text around the references in a provider's arguments. What is more than
 * values, variables and texts made of these becomes unknown, and so does what is written in two ways, and what is not found: it may be
 * written in a way that is not read here. Where there is no program, a plan is taken for what it tells.
 */
export function settledBySources(plan: PlanChanges, texts: readonly SourceText[]): PlanChanges {
  if (plan.frontEnd !== "terraform" || plan.providers.every(({ origins = {} }) => Object.keys(origins).length === 0))
    return plan;
  if (texts.length === 0) return plan;
  const files = texts.map(({ file, text }) =>
    text === undefined ? undefined : providerArguments(text, file.endsWith(".json")),
  );
  const written = files.includes(undefined) ? [] : files.flatMap((file) => file ?? []);
  return { ...plan, providers: plan.providers.map((provider) => settled(provider, written)) };
}

function settled(provider: ProviderChange, written: readonly WrittenArgument[]): ProviderChange {
  return Object.entries(provider.origins ?? {}).reduce((change, [field, origin]) => {
    const own = written.filter(
      ({ key, name, expression }) =>
        key === change.key && name === snakeCase(field) && sameJson(rootsIn(expression), rootsOf(origin.references)),
    );
    const [first, ...others] = own.map(({ expression }) => evaluated(expression, origin.variables));
    const isOne = first !== undefined && others.every((other) => other !== undefined && sameJson(other, first));
    return isOne && isTold(field, first.value) ? told(change, field, first.value) : untold(change, field);
  }, provider);
}

/** What was likely, or not told, is certain. */
function told(change: ProviderChange, field: string, value: Json): ProviderChange {
  const { [field]: _, ...origins } = change.origins ?? {};
  const after = { ...change.after, [field]: value };
  const all = { ...change, origins, after, unknown: without(change.unknown, field) };
  const was = change.formsBefore?.[field];
  if (was === undefined || was.told === "certain") return { ...all, reshaped: without(change.reshaped, field) };
  if (was.told === "likely" && !was.isSame) return all;
  // The same references of the same values, around which nobody read the text then. Only the API's origin is told: the credential goes there.
  const moves =
    field === "apiUrl" && was.told === "likely" && originOf(String(value)) !== originOf(likelyBefore(change));
  return {
    ...all,
    before: { ...change.before, [field]: value },
    ...(moves ? { reshaped: new Set([...(change.reshaped ?? []), field]) } : {}),
  };
}

function likelyBefore({ before }: ProviderChange): string {
  return typeof before?.apiUrl === "string" ? before.apiUrl : defaultApiUrl;
}

/** What was likely is more than what it refers to. */
function untold(change: ProviderChange, field: string): ProviderChange {
  const drop = (values: ProviderChange["after"]) =>
    values && Object.fromEntries(Object.entries(values).filter(([name]) => name !== field));
  // Whatever it is made from, its resources say which one it is.
  const was = change.formsBefore?.[field];
  const { provedOrganization: organization } = change;
  if (field === "organization" && organization !== undefined) {
    const before = was?.told === "likely" ? { before: { ...change.before, organization } } : {};
    return { ...change, after: { ...change.after, organization }, ...before };
  }
  const key = was?.isSame === true ? "settled" : "reshaped";
  return {
    ...change,
    before: drop(change.before),
    after: drop(change.after),
    unknown: new Set([...change.unknown, field]),
    ...(was === undefined ? {} : { [key]: new Set([...(change[key] ?? []), field]) }),
    // The base's plan made one value likely, which this program's does not; the base's program is not at hand.
    ...(was?.told === "likely" && was.isSame ? { obscured: new Set([...(change.obscured ?? []), field]) } : {}),
  };
}

function without(fields: ReadonlySet<string> | undefined, field: string): ReadonlySet<string> {
  return new Set([...(fields ?? [])].filter((one) => one !== field));
}

/** Names of the files in which a provider may be configured. */
export const configurationFiles = /\.(?:tf|tofu)(?:\.json)?$/;
