import path from "node:path";
import { defaultApiUrl, type Json, originOf, sameJson, snakeCase } from "@mcpstack/model";
import type { Origin, PlanChanges, ProviderChange } from "../changes/change";
import { isTold, trustsLeast } from "../inputs/provider-values";
import { type Expression, evaluated, rootsIn, rootsOf } from "./expression";
import { type WrittenModule, writtenModule } from "./provider-arguments";
import { isToBeSettled, settledReference } from "./settle-reference";

/** A file of the program. */
export interface SourceText {
  readonly file: string;
  /** Undefined for one that could not be read, or not to its end. */
  readonly text: string | undefined;
}

/**
 * Reads in the program what a plan of Terraform does not hold: the text around the references in a provider's arguments, its locals, and
 * which variables are ephemeral, of which a plan has the default in the place of the value. What is more than values, variables, locals and
 * texts made of these becomes unknown, and so does what is written in two ways, and what is not found: it may be written in a way that is
 * not read here. Of attachments, whether their gateway's id stands there and nothing else. Where there is no program, a plan is taken for what it tells.
 */
export function settledBySources(plan: PlanChanges, texts: readonly SourceText[]): PlanChanges {
  if (plan.frontEnd !== "terraform" || texts.length === 0) return plan;
  if (
    plan.providers.every(({ origins = {} }) => Object.keys(origins).length === 0) &&
    !plan.attachments.some(isToBeSettled)
  )
    return plan;
  const folders = new Map<string, SourceText[]>();
  for (const text of texts) {
    const folder = path.posix.dirname(text.file.replaceAll("\\", "/"));
    folders.set(folder, [...(folders.get(folder) ?? []), text]);
  }
  const modules = [...folders.values()].map((files) =>
    writtenModule(files.map(({ file, text }) => ({ text, isJson: file.endsWith(".json") }))),
  );
  const written = modules.includes(undefined) ? [] : modules.flatMap((module) => module ?? []);
  return {
    ...plan,
    providers: plan.providers.map((provider) => settled(provider, written)),
    attachments: plan.attachments.map((attachment) =>
      isToBeSettled(attachment) ? settledReference(attachment, written) : attachment,
    ),
  };
}

function settled(provider: ProviderChange, modules: readonly WrittenModule[]): ProviderChange {
  return Object.entries(provider.origins ?? {}).reduce((change, [field, origin]) => {
    const own = modules.flatMap((module) =>
      module.arguments
        .filter(
          ({ key, name, expression }) =>
            key === change.key &&
            name === snakeCase(field) &&
            sameJson(rootsIn(expression), rootsOf(origin.references)),
        )
        .map(({ expression }) => ({
          expression,
          module,
          scope: { variables: known(origin, module.ephemeral), locals: module.locals },
        })),
    );
    const [first, ...others] = own.map(({ expression, scope }) => evaluated(expression, scope));
    const isOne = first !== undefined && others.every((other) => other !== undefined && sameJson(other, first));
    const isCompleted = own.some(({ expression, module }) => mayBeCompleted(expression, origin, module));
    if (isOne && isTold(field, first.value) && !(isCompleted && holdsObject(first.value)))
      return told(change, field, first.value);
    const isEphemeral = own.some(({ expression, module }) =>
      variablesIn(expression).some((name) => module.ephemeral.has(name)),
    );
    return untold(isEphemeral || isCompleted ? unlikeBefore(change, field) : change, field);
  }, provider);
}

function variablesIn(expression: Expression): string[] {
  return rootsIn(expression).flatMap((root) => (root.startsWith("var.") ? [root.slice("var.".length)] : []));
}

/** Whether something that was left out of a variable may be filled in by its type. Behind a local, any of them may stand. */
function mayBeCompleted(expression: Expression, { given = [] }: Origin, { completing }: WrittenModule): boolean {
  const names = variablesIn(expression);
  const isMeant = (name: string) =>
    names.includes(name) || rootsIn(expression).some((root) => root.startsWith("local."));
  return given.some((name) => completing.has(name) && isMeant(name));
}

function holdsObject(value: Json): boolean {
  return Array.isArray(value) ? value.some(holdsObject) : typeof value === "object" && value !== null;
}

function known({ variables }: Origin, ephemeral: ReadonlySet<string>): Origin["variables"] {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !ephemeral.has(name)));
}

/**
 * Of an ephemeral variable no plan holds the value, and of another what its type fills in, neither this plan nor the base's: nothing says
 * that it is the same.
 */
function unlikeBefore(change: ProviderChange, field: string): ProviderChange {
  const was = change.formsBefore?.[field];
  return was === undefined
    ? change
    : {
        ...change,
        formsBefore: { ...change.formsBefore, [field]: { ...was, isSame: false } },
        settled: without(change.settled, field),
        obscured: without(change.obscured, field),
      };
}

/** What was likely, or not told, is certain. */
function told(change: ProviderChange, field: string, value: Json): ProviderChange {
  const { [field]: _, ...origins } = change.origins ?? {};
  const after = { ...change.after, [field]: value };
  const all = { ...change, origins, after, unknown: without(change.unknown, field) };
  const was = change.formsBefore?.[field];
  if (was === undefined || was.told === "certain") return { ...all, reshaped: without(change.reshaped, field) };
  if (!was.isSame) return was.told === "likely" ? all : { ...all, before: { ...change.before, [field]: value } };
  // The same references of the same values, around which nobody read the text then. What nobody can have lowered is no news.
  const isOpen = was.told === "open" && !trustsLeast(field, value);
  const moves =
    field === "apiUrl" && (was.told === "open" ? isOpen : originOf(String(value)) !== originOf(likelyBefore(change)));
  const marked = (fields: ReadonlySet<string> | undefined, is: boolean) =>
    is ? new Set([...(fields ?? []), field]) : without(fields, field);
  return {
    ...all,
    before: { ...change.before, [field]: value },
    // Of the API's origin it is a warning: the credential goes there.
    reshaped: marked(change.reshaped, moves),
    obscured: marked(change.obscured, isOpen && !moves),
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
  // The base's program is not at hand: the same references may have stood in another expression, and a local for something else.
  const key = was?.isSame === true && field !== "apiUrl" ? "settled" : "reshaped";
  return {
    ...change,
    before: drop(change.before),
    after: drop(change.after),
    unknown: new Set([...change.unknown, field]),
    ...(was === undefined ? {} : { [key]: new Set([...(change[key] ?? []), field]) }),
    ...(key === "settled" ? { obscured: new Set([...(change.obscured ?? []), field]) } : {}),
  };
}

function without(fields: ReadonlySet<string> | undefined, field: string): ReadonlySet<string> {
  return new Set([...(fields ?? [])].filter((one) => one !== field));
}

/** Names of the files in which a provider may be configured. */
export const configurationFiles = /\.(?:tf|tofu)(?:\.json)?$/;
