import { type Fields, type Json, sameJson } from "@mcpstack/model";
import type { Action, References, ResourceChange, Values } from "../../changes/change";
import { ReviewInputError } from "../input-error";
import { fieldsOf, type ReadValues, readValues, someLeaf } from "../values";
import { pulumiMarks } from "./marks";
import { providerKeyOf } from "./provider";
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
  const refresh = steps.find(({ op }) => op === "refresh");
  const current = steps.find((step) => step.before && step !== refresh)?.before ?? refresh?.after;
  const before = refresh?.before ?? current;
  const { action } = weightOf(main);
  // A deletion's step may carry the old state on both sides.
  const after = action === "delete" ? undefined : main.after;
  const was =
    before && (action !== "create" || refresh?.before)
      ? readState(main.kind, before, `${main.urn} (old state)`)
      : undefined;
  const will = after && readState(main.kind, after, `${main.urn} (new state)`);
  const unknown = will?.unknown ?? new Set<string>();
  return {
    kind: main.kind,
    address: main.urn,
    label: labelOf(main.urn),
    // An alias carries a state over from another URN.
    previousAddress: before && before.urn !== main.urn ? before.urn : undefined,
    action: action === "delete" && before?.retainOnDelete ? "forget" : action,
    before: was?.values,
    // A preview holds no outputs of an update; what only the service knows stays as it is.
    after:
      will &&
      (action === "update" || action === "none"
        ? { ...(current && withoutUnknown(computedOf(main.kind, current), unknown)), ...will.values }
        : will.values),
    unknown,
    sensitive: new Set([...(was?.sensitive ?? []), ...(will?.sensitive ?? [])]),
    hidden: new Set([...(was?.hidden ?? []), ...(will?.hidden ?? [])]),
    settled: main.unchangedSecrets,
    writeOnly: writeOnlyOf(before, after, main.unchangedSecrets),
    imported: main.op === "import" || main.op === "import-replacement" || (action === "create" && adopts(after)),
    deferred: false,
    drift: refresh?.before && driftOf(main.kind, refresh.before, refresh.after, main.urn),
    gatewayReference: { before: referencesOf(before), after: referencesOf(after) },
    providerKey: providerKeyOf(main.urn, after ?? before),
    source: after?.source ?? before?.source,
  };
}

/** A preview masks it on both sides. */
function writeOnlyOf(
  before: StepState | undefined,
  after: StepState | undefined,
  unchanged: ReadonlySet<string> | undefined,
): ResourceChange["writeOnly"] {
  const [was, will] = [before?.inputs.settingsWo ?? null, after?.inputs.settingsWo ?? null];
  if (will === null) return undefined;
  if (unchanged?.has("settingsWo")) return "same";
  if (!sameJson(was as Json, will as Json)) return "changed";
  return someLeaf(will, pulumiMarks.isSecret) || someLeaf(will, pulumiMarks.isUnknown) ? "open" : "same";
}

/** `adopt: true` makes what exists under the same name, or on the same server, the resource's own: no create, but an update of it. */
function adopts(state: StepState | undefined): boolean {
  return state?.inputs.adopt !== undefined && state.inputs.adopt !== null && state.inputs.adopt !== false;
}

/** With `--refresh`, a step of its own tells what was found; what follows begins from there. What is gone has no state. */
function driftOf(
  kind: ResourceChange["kind"],
  before: StepState,
  after: StepState | undefined,
  urn: string,
): ResourceChange["drift"] {
  const read = (state: StepState) => readState(kind, state, `${urn} (refresh)`).values;
  const [was, will] = [read(before), after && read(after)];
  return will && sameJson(was as Json, will as Json) ? undefined : { before: was, after: will };
}

/** What an id is made from. A dependency is not the value: `gateway.id.apply(() => "gtw_1")` depends on the gateway, too. */
function referencesOf(state: StepState | undefined): References | undefined {
  if (!state) return undefined;
  return { addresses: state.gatewayUrns.filter((urn) => urn.includes("mcpstack:Gateway::")), open: true };
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
function readState(kind: ResourceChange["kind"], state: StepState, where: string): ReadValues {
  const inputs = readValues(fieldsOf[kind], state.inputs, pulumiMarks, where);
  const outputs = readValues(fieldsOf[kind], state.outputs, pulumiMarks);
  return {
    values: { ...withoutUnknown(computedOf(kind, state), inputs.unknown), ...inputs.values },
    unknown: inputs.unknown,
    sensitive: new Set([...inputs.sensitive, ...outputs.sensitive]),
    hidden: inputs.hidden,
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

/** `Gateway::support`; inside of components with their types, since each of them may have a resource of that name. */
function labelOf(urn: string): string {
  const [type = "", name = ""] = urn.split("::").slice(2);
  const types = type.split("$").map((one) => one.split(":").at(-1) ?? one);
  return `${types.join("$")}::${name}`;
}
