import { sameJson } from "@mcpstack/model";
import type { InputDocument } from "../document";
import { ReviewInputError } from "../input-error";
import { isRecord, someLeaf } from "../values";
import { pulumiMarks } from "./marks";
import type { Step, StepState } from "./step";

/** What a saved plan says of a resource. */
interface Planned {
  /** Inputs that differ from those of the state, the secret ones included: the engine compares what it knows. */
  readonly changed: ReadonlySet<string>;
  /** Inputs as they will be; secrets in plain text where `--show-secrets` was given, else encrypted. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/**
 * Completes the steps of a preview by the plan that the same run saved (`pulumi preview --json --save-plan FILE`). A preview masks secrets
 * whatever `--show-secrets` says; the plan says which of them change and, with that flag, what they will be.
 *
 * @throws ReviewInputError where the plan is that of another preview.
 */
export function withSavedPlan(steps: readonly Step[], document: InputDocument): Step[] {
  const plans = plannedOf(document);
  return steps.map((step) => {
    const { urn, before, after } = step;
    const planned = plans.get(urn);
    if (planned === undefined || before === undefined || after === undefined || step.op === "refresh") return step;
    requireSame(before, after, planned, document.name);
    const secrets = Object.keys(after.inputs).filter(
      (name) => isMasked(before.inputs[name]) && isMasked(after.inputs[name]),
    );
    const kept = secrets.filter((name) => !planned.changed.has(name));
    const shown = Object.fromEntries(
      secrets.filter((name) => name in planned.inputs).map((name) => [name, planned.inputs[name]]),
    );
    const shownBefore = Object.fromEntries(Object.entries(shown).filter(([name]) => kept.includes(name)));
    return {
      ...step,
      unchangedSecrets: new Set(kept),
      before: { ...before, inputs: { ...before.inputs, ...shownBefore } },
      after: { ...after, inputs: { ...after.inputs, ...shown } },
    };
  });
}

/** A provider of a saved plan. */
export interface PlannedProvider {
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Inputs that differ from those of the state. */
  readonly changed: ReadonlySet<string>;
  readonly isNew: boolean;
}

/** The providers of dynamic resources by their URNs. A preview leaves those out whose names begin with `default`, and a saved plan does not. */
export function plannedProviders(document: InputDocument): ReadonlyMap<string, PlannedProvider> {
  const isNew = new Set(
    document.kept.flatMap(({ path, value }) =>
      path[1] === "resourcePlans" && isRecord(value) && Array.isArray(value.steps) && value.steps.includes("create")
        ? [String(path[2])]
        : [],
    ),
  );
  return new Map(
    [...plannedOf(document)].flatMap(([urn, planned]) =>
      urn.includes("pulumi:providers:pulumi-nodejs::") ? [[urn, { ...planned, isNew: isNew.has(urn) }]] : [],
    ),
  );
}

function plannedOf(document: InputDocument): ReadonlyMap<string, Planned> {
  return new Map(
    document.kept.flatMap(({ path, value }): [string, Planned][] => {
      if (path[1] !== "resourcePlans" || path.length !== 3 || !isRecord(value)) return [];
      const goal = isRecord(value.goal) ? value.goal : undefined;
      const difference = goal && isRecord(goal.inputDiff) ? goal.inputDiff : undefined;
      // Without a goal, a resource goes.
      if (difference === undefined) return [];
      const { adds, updates, deletes } = difference;
      const written = { ...(isRecord(adds) ? adds : {}), ...(isRecord(updates) ? updates : {}) };
      const gone = Array.isArray(deletes) ? deletes.map(String) : [];
      return [
        [
          String(path[2]),
          {
            changed: new Set([...Object.keys(written), ...gone]),
            inputs: { ...(isRecord(value.state) ? value.state : {}), ...written },
          },
        ],
      ];
    }),
  );
}

function isMasked(value: unknown): boolean {
  return someLeaf(value, pulumiMarks.isSecret);
}

/** Where both show a value, both must say the same of it. */
function requireSame(before: StepState, after: StepState, { changed }: Planned, name: string): void {
  const names = new Set([...Object.keys(before.inputs), ...Object.keys(after.inputs)]);
  const other = [...names].find((key) => {
    const [was, will] = [before.inputs[key], after.inputs[key]];
    return !isMasked(was) && !isMasked(will) && !sameJson(was ?? null, will ?? null) !== changed.has(key);
  });
  if (other === undefined) return;
  throw new ReviewInputError(
    "option-invalid",
    `${name} is the plan of another preview: of ${after.urn.slice(0, 200)} it says otherwise whether ${other} changes. Save it in the same run, with \`pulumi preview --json --save-plan FILE\``,
  );
}
