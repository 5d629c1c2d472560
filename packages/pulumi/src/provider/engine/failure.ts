import { ApiError } from "@mcpstack/api-client";
import { attachmentFields, camelCase, connectionFields, gatewayFields, type Problem, snakeCase } from "@mcpstack/model";
import { ReconcileError } from "@mcpstack/reconciler";
import { type Properties, providerKey } from "../values";
import { withAdvice } from "./advice";
import type { CheckFailure } from "./contract";

/** What a person reads. The engine prints an error's text twice, and its stack: both are made to say it once, without a stack. */
export class ProviderError extends Error {
  override readonly name = "ProviderError";

  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.stack = message;
  }

  override toString(): string {
    return this.code;
  }
}

/** Something exists although the operation failed: the engine keeps its id and properties, and the next update resumes. */
export class PartlyDone extends ProviderError {
  readonly reasons: string[];
  readonly properties: Record<string, unknown>;

  constructor(
    cause: Error,
    readonly id: string,
    outs: Record<string, unknown>,
    news: Properties,
  ) {
    const known = asProviderError(cause);
    super(known.code, known.message, { cause });
    this.reasons = [known.message];
    // Without the provider no later operation could find its code.
    this.properties = { ...outs, [providerKey]: news[providerKey] };
  }
}

/** Turns what was thrown into what the engine is told. */
export function asProviderError(thrown: unknown): ProviderError {
  if (thrown instanceof ProviderError) return thrown;
  if (thrown instanceof ApiError || thrown instanceof ReconcileError) {
    const message = withAdvice(thrown.code, inPulumisWords(thrown.message));
    return new ProviderError(thrown.code, message, { cause: thrown });
  }
  if (thrown instanceof Error)
    return new ProviderError(codeOf(thrown) ?? thrown.name, thrown.message, { cause: thrown });
  return new ProviderError("unknown", String(thrown));
}

/** A refused input; the field is named in the text. */
export function checkFailure(subject: string, problem: Problem): CheckFailure {
  return { property: "", reason: `${subject}: ${fieldOf(problem.path)} ${inPulumisWords(problem.message)}.` };
}

export function refusal(subject: string, message: string): CheckFailure {
  return { property: "", reason: `${subject}: ${inPulumisWords(message)}` };
}

/** `["scopes", 2]` → `scopes[2]` */
export function fieldOf(path: readonly (string | number)[]): string {
  return path.map((step, at) => (typeof step === "number" ? `[${step}]` : `${at === 0 ? "" : "."}${step}`)).join("");
}

const snakeNames = [gatewayFields, attachmentFields, connectionFields]
  .flatMap((fields) => Object.keys(fields).map(snakeCase))
  .filter((name) => name.includes("_"))
  .sort((a, b) => b.length - a.length);
const snakeName = new RegExp(`\\b(?:${[...new Set(snakeNames)].join("|")})\\b`, "g");

/** The shared messages name fields as Terraform does. */
export function inPulumisWords(message: string): string {
  return message.replace(snakeName, camelCase);
}

function codeOf(error: Error): string | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === "string" ? code : undefined;
}
