import type { SourcePosition } from "../../changes/change";
import { isRecord, text } from "../values";

/** A resource's state on one side of a step. */
export interface StepState {
  readonly urn: string;
  readonly id: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly gatewayUrns: readonly string[];
  /** URN of the provider that serves it, without the id. */
  readonly provider: string | undefined;
  readonly source?: SourcePosition | undefined;
  readonly retainOnDelete: boolean;
}

/** One operation of a preview, whichever of the two forms it came in. */
export interface Step {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly before?: StepState | undefined;
  readonly after?: StepState | undefined;
  /** Inputs that are secret and, as the saved plan says, stay as they are. */
  readonly unchangedSecrets?: ReadonlySet<string> | undefined;
}

export function stepOfDigest(step: unknown): Step[] {
  if (!isRecord(step)) return [];
  return stepOf(step.op, step.urn, step.oldState, step.newState);
}

export function stepOfEvent(event: unknown): Step[] {
  const metadata = isRecord(event) ? event.metadata : undefined;
  if (!isRecord(metadata)) return [];
  return stepOf(metadata.op, metadata.urn, metadata.old, metadata.new);
}

function stepOf(op: unknown, urn: unknown, old: unknown, next: unknown): Step[] {
  const address = text(urn);
  const state = isRecord(next) ? next : isRecord(old) ? old : undefined;
  if (!address || !state) return [];
  return [
    {
      op: String(op),
      urn: address,
      type: text(state.type) ?? typeOf(address),
      before: stateOf(old, address),
      after: stateOf(next, address),
    },
  ];
}

/** `urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME` */
function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

function stateOf(state: unknown, urn: string): StepState | undefined {
  if (!isRecord(state)) return undefined;
  const dependencies = isRecord(state.propertyDependencies) ? state.propertyDependencies.gatewayId : undefined;
  return {
    urn: text(state.urn) ?? urn,
    id: text(state.id) ?? "",
    inputs: isRecord(state.inputs) ? state.inputs : {},
    outputs: isRecord(state.outputs) ? state.outputs : {},
    gatewayUrns: Array.isArray(dependencies) ? dependencies.filter((urn) => typeof urn === "string") : [],
    provider: withoutId(text(state.provider)),
    source: sourceOf(state.sourcePosition),
    retainOnDelete: state.retainOnDelete === true,
  };
}

/** A reference to a provider is its URN, of four parts at least, `::` and its id. */
function withoutId(reference: string | undefined): string | undefined {
  const parts = reference?.split("::") ?? [];
  return parts.length > 4 ? parts.slice(0, -1).join("::") : reference;
}

/** `project:///index.ts#12,5`: a path below the project's folder, line and column from 1. */
function sourceOf(position: unknown): SourcePosition | undefined {
  const found = /^project:\/\/\/?([^#]+)#(\d{1,9})(?:,(\d{1,9}))?/.exec(text(position) ?? "");
  if (!found?.[1] || !found[2]) return undefined;
  return {
    file: decoded(found[1]).replace(/^\/+/, ""),
    line: Number(found[2]),
    ...(found[3] === undefined ? {} : { column: Number(found[3]) }),
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
