import { anyInstance, type References } from "../../changes/change";
import { isRecord } from "../values";
import { type ModuleStep, moduleAddress, parseAddress } from "./address";
import type { Configuration } from "./configuration";

/** References may lead through this many variables and outputs. */
const maxHops = 16;

const name = "[\\p{ID_Continue}-]+";
const key = '\\[(?:\\d+|"(?:[^"\\\\]|\\\\.)*")\\]';
const gatewayPattern = new RegExp(`^mcpstack_gateway\\.${name}(${key})?(?=[.[]|$)`, "u");
const variablePattern = new RegExp(`^var\\.(${name})`, "u");
const outputPattern = new RegExp(`^module\\.(${name})(${key})?\\.(${name})`, "u");

/**
 * The gateways that an attachment may point to while its id is not known yet, found by following the references of `gateway_id` through
 * variables and module outputs, and any other: a plan holds what an expression refers to, and not the expression, so that
 * `"${substr(new.id, 0, 0)}gtw_1"` looks as `new.id` does. Which instance an expression chooses is not told, so it may be any.
 */
export function gatewaysOf(attachment: string, configuration: Configuration): References {
  const address = parseAddress(attachment);
  const expression = configuration.find(attachment)?.expressions.gateway_id;
  if (!address || expression === undefined) return nowhere;
  return {
    addresses: follow(expression, address.module, configuration, maxHops),
    open: true,
    // In a module, they are those of any program that is called there.
    ...(address.module.length === 0 ? { named: referencesIn(expression) } : {}),
  };
}

function referencesIn(expression: unknown): readonly string[] {
  const references = isRecord(expression) && Array.isArray(expression.references) ? expression.references : [];
  return withoutPrefixes(references.filter((reference) => typeof reference === "string"));
}

function follow(
  expression: unknown,
  module: readonly ModuleStep[],
  configuration: Configuration,
  hops: number,
): readonly string[] {
  if (hops === 0) return [];
  const texts = referencesIn(expression);
  const isChosen = texts.some((reference) => /^(?:each|count)\./.test(reference));
  return [...new Set(texts.flatMap((reference) => followOne(reference, { module, isChosen }, configuration, hops)))];
}

/** A plan names `a.b.id` and `a.b` for one reference; the longer one tells. */
function withoutPrefixes(references: readonly string[]): string[] {
  return references.filter(
    (reference) =>
      !references.some(
        (other) => other !== reference && (other.startsWith(`${reference}.`) || other.startsWith(`${reference}[`)),
      ),
  );
}

const nowhere: References = { addresses: [], open: true };

interface Place {
  readonly module: readonly ModuleStep[];
  /** Whether `each` or `count` has a part in the expression: then it may choose any instance. */
  readonly isChosen: boolean;
}

function followOne(
  reference: string,
  { module, isChosen }: Place,
  configuration: Configuration,
  hops: number,
): readonly string[] {
  const gateway = gatewayPattern.exec(reference);
  if (gateway) {
    const address = `${moduleAddress(module)}${gateway[0]}`;
    return [gateway[1] === undefined && isChosen ? `${address}${anyInstance}` : address];
  }
  const names = module.map((step) => step.name);
  const variable = variablePattern.exec(reference)?.[1];
  if (variable !== undefined) {
    if (module.length === 0) return [];
    return follow(configuration.argument(names, variable), module.slice(0, -1), configuration, hops - 1);
  }
  const output = outputPattern.exec(reference);
  if (output?.[1] === undefined || output[3] === undefined) return [];
  const called = [...module, { name: output[1], key: output[2] ?? (isChosen ? anyInstance : "") }];
  return follow(configuration.output([...names, output[1]], output[3]), called, configuration, hops - 1);
}
