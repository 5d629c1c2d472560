import type { PlanChanges, ResourceChange } from "../../changes/change";
import type { InputDocument } from "../document";
import { ReviewInputError } from "../input-error";
import { isRecord } from "../values";
import { foreignCode, kindServed } from "./code";
import { changesOf } from "./join-steps";
import { pulumiProviders } from "./provider";
import { plannedProviders, withSavedPlan } from "./saved-plan";
import { type Step, stepOfDigest, stepOfEvent } from "./step";

const kinds: Readonly<Record<string, ResourceChange["kind"]>> = {
  "pulumi-nodejs:dynamic/mcpstack:Gateway": "gateway",
  "pulumi-nodejs:dynamic/mcpstack:ServerGatewayAttachment": "attachment",
};

/**
 * What a resource is: what the code that serves it makes of it, else what its type says. A program can give the same provider to a resource of any other type (`new pulumi.dynamic.Resource(provider, …,
 * "other", "Type")`); then the provider, whose text stands in the inputs, and the arguments tell.
 */
function kindOf({ type, before, after }: Step): ResourceChange["kind"] | undefined {
  const served = kindServed(after ?? before);
  if (served) return served;
  if (Object.hasOwn(kinds, type)) return kinds[type];
  const inputs = (after ?? before)?.inputs ?? {};
  // What was served by the provider is one of its resources, whatever serves it now.
  const texts = JSON.stringify([before?.inputs.__provider, after?.inputs.__provider]);
  if (!type.startsWith("pulumi-nodejs:dynamic") || !texts.includes("mcpstack")) return undefined;
  return "serverId" in inputs || "gatewayId" in inputs ? "attachment" : "gateway";
}

/**
 * Reads what `pulumi preview --json` writes: one digest, or with `PULUMI_ENABLE_STREAMING_JSON_PREVIEW` one event a line.
 *
 * @param saved - The plan that the same run saved; see `withSavedPlan`.
 * @param base - A preview of the base branch: a preview does not hold what the stack's configuration was before.
 */
export function readPulumi(
  document: InputDocument,
  { saved, base }: { readonly saved?: InputDocument | undefined; readonly base?: InputDocument | undefined } = {},
): PlanChanges {
  requireComplete(document);
  const shown = document.format === "pulumi-digest" ? digestSteps(document) : eventSteps(document);
  const steps = saved ? withSavedPlan(shown, saved) : shown;
  const ours = steps.flatMap((step) => {
    const kind = kindOf(step);
    return kind ? [{ ...step, kind }] : [];
  });
  const changes = changesOf(ours);
  const serving = pulumiProviders({
    steps,
    ours,
    config: configOf(document),
    earlierConfig: base && configOf(base),
    planned: saved && plannedProviders(saved),
  });
  return {
    frontEnd: "pulumi",
    engine: "Pulumi",
    gateways: changes.filter(({ kind }) => kind === "gateway"),
    attachments: changes.filter(({ kind }) => kind === "attachment"),
    providers: serving.providers,
    unplanned: [],
    lookedUp: [],
    serverNames: [],
    opaque: [...serving.opaque, ...foreignCode(ours)],
    resources: document.counted,
    notes: [
      ...(hidesUnchanged(document)
        ? [
            "The preview lists no unchanged resources, so servers may be missing: run `pulumi preview --json --show-sames`.",
          ]
        : []),
      ...(serving.isCompared
        ? []
        : [
            "A preview does not hold what the stack's configuration was before: give `--base` with a preview of the base branch, or " +
              "`--saved-plan`, to have the API's address, the organization and what is trusted compared.",
          ]),
    ],
  };
}

/** Without `--show-sames`, a digest counts what stays the same and does not list it. */
function hidesUnchanged(document: InputDocument): boolean {
  const summary = document.kept.find(({ path }) => path[1] === "changeSummary")?.value;
  if (document.format !== "pulumi-digest" || !isRecord(summary)) return false;
  const counted = Object.values(summary).reduce<number>(
    (sum, count) => sum + (typeof count === "number" ? count : 0),
    0,
  );
  return counted > document.counted;
}

function digestSteps(document: InputDocument): Step[] {
  return document.kept.flatMap(({ path, value }) => (path[1] === "steps" ? stepOfDigest(value) : []));
}

function eventSteps(document: InputDocument): Step[] {
  return document.kept.flatMap(({ path, value }) => (path[1] === "resourcePreEvent" ? stepOfEvent(value) : []));
}

function configOf(document: InputDocument): Record<string, unknown> {
  const config = document.kept.find(({ path }) => path[1] === "config")?.value;
  if (isRecord(config)) return config;
  const prelude = document.kept.find(({ path }) => path[1] === "preludeEvent")?.value;
  return isRecord(prelude) && isRecord(prelude.config) ? prelude.config : {};
}

/** A preview that failed, or whose stream was cut off, shows only the steps up to there. */
function requireComplete(document: InputDocument): void {
  const failed = document.kept.some(
    ({ path: [, top], value }) =>
      top === "errorEvent" ||
      ((top === "diagnostics" || top === "diagnosticEvent") && isRecord(value) && value.severity === "error"),
  );
  const isWhole = document.format === "pulumi-digest" || document.seen.has("summaryEvent");
  if (isWhole && !failed) return;
  throw new ReviewInputError(
    "input-incomplete",
    `${document.name} is a preview that failed or was cut off, so steps may be missing from it: mend the error and run the preview again`,
  );
}
