import type { Fields } from "@mcpstack/model";
import type { Action, ResourceChange, Values } from "../../changes/change";
import { ReviewInputError } from "../input-error";
import { fieldsOf, type ReadValues, readValues } from "../values";
import { pulumiMarks } from "./marks";
import type { Step, StepState } from "./step";

type KindStep = Step & { readonly kind: ResourceChange["kind"] };

/** How operations of one resource combine: a replacement is told in up to three steps. Operations that change nothing are 0. */
const weights: Readonly<Record<string, { readonly weight: number; readonly action: Action }>> = {
  refresh: { weight: 0, action: "none" },
  read: { weight: 0, action: "none" },
  discard: { weight: 0, action: "none" },
  "read-replacement": { weight: 0, action: "none" },
  "discard-replaced": { weight: 0, action: "none" },
  "remove-pending-replace": { weight: 0, action: "none" },
  same: { weight: 1, action: "none" },
  update: { weight: 2, action: "update" },
  delete: { weight: 3, action: "delete" },
  create: { weight: 4, action: "create" },
  import: { weight: 4, action: "create" },
  replace: { weight: 5, action: "replace" },
  "delete-replaced": { weight: 6, action: "replace" },
  "create-replacement": { weight: 7, action: "replace" },
  "import-replacement": { weight: 7, action: "replace" },
};

/** Joins the steps of each resource into one change. */
export function changesOf(steps: readonly KindStep[]): ResourceChange[] {
  const byUrn = new Map<string, KindStep[]>();
  for (const step of steps) byUrn.set(step.urn, [...(byUrn.get(step.urn) ?? []), step]);
  return [...byUrn.values()].map(joined);
}

function joined(steps: readonly KindStep[]): ResourceChange {
  const [main] = [...steps].sort((a, b) => weightOf(b).weight - weightOf(a).weight) as [KindStep];
  const before = steps.find((step) => step.before && step.op !== "refresh")?.before ?? main.before;
  const { action } = weightOf(main);
  // A deletion's step may carry the old state on both sides.
  const after = action === "delete" ? undefined : main.after;
  const was = before && action !== "create" ? readState(main.kind, before) : undefined;
  const will = after && readState(main.kind, after);
  return {
    kind: main.kind,
    address: main.urn,
    label: labelOf(main.urn),
    action: action === "delete" && before?.retainOnDelete ? "forget" : action,
    before: was?.values,
    // A preview holds no outputs of an update; what only the service knows stays as it is.
    after:
      will &&
      (action === "update" || action === "none"
        ? { ...(before && withoutUnknown(computedOf(main.kind, before), will.unknown)), ...will.values }
        : will.values),
    unknown: will?.unknown ?? new Set(),
    sensitive: new Set([...(was?.sensitive ?? []), ...(will?.sensitive ?? [])]),
    imported: main.op === "import" || main.op === "import-replacement",
    deferred: false,
    gatewayReference: { before: gatewayUrnOf(before), after: gatewayUrnOf(after) },
    providerKey: "mcpstack",
    source: after?.source ?? before?.source,
  };
}

function gatewayUrnOf(state: StepState | undefined): string | undefined {
  return state?.gatewayUrns.find((urn) => urn.includes("mcpstack:Gateway::"));
}

function weightOf(step: Step): { weight: number; action: Action } {
  const found = Object.hasOwn(weights, step.op) ? weights[step.op] : undefined;
  if (found) return found;
  throw new ReviewInputError(
    "input-unknown-format",
    `the preview wants ${JSON.stringify(step.op).slice(0, 40)} for ${step.urn.slice(0, 200)}, which this version does not know`,
  );
}

/** Inputs are what the program says; what only the service knows stands in the outputs. */
function readState(kind: ResourceChange["kind"], state: StepState): ReadValues {
  const inputs = readValues(fieldsOf[kind], state.inputs, pulumiMarks);
  const outputs = readValues(fieldsOf[kind], state.outputs, pulumiMarks);
  return {
    values: { ...withoutUnknown(computedOf(kind, state), inputs.unknown), ...inputs.values },
    unknown: inputs.unknown,
    sensitive: new Set([...inputs.sensitive, ...outputs.sensitive]),
  };
}

function withoutUnknown(values: Values, unknown: ReadonlySet<string>): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !unknown.has(name)));
}

function computedOf(kind: ResourceChange["kind"], state: StepState): Values {
  const fields: Fields = fieldsOf[kind];
  const outputs = readValues(fields, state.outputs, pulumiMarks).values;
  const computed = Object.entries(outputs).filter(([name]) =>
    fields[name]?.presence.toLowerCase().includes("computed"),
  );
  return { ...(state.id === "" ? {} : { id: state.id }), ...Object.fromEntries(computed) };
}

/** `Gateway::support`: type and name, which are unique in all but nested stacks. */
function labelOf(urn: string): string {
  const [type = "", name = ""] = urn.split("::").slice(2);
  return `${type.split(":").at(-1) ?? type}::${name}`;
}
