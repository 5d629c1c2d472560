import { Readable } from "node:stream";
import type { NamedInput } from "../inputs/read-plan";
import type { ReviewResult } from "../result";
import { type ReviewOptions, reviewPlan } from "../review";
import { cdktfStack } from "./cdktf-stack";
import { pulumiEvents, pulumiPreview } from "./pulumi-preview";
import type { Scenario } from "./scenario";
import { terraformPlan } from "./terraform-plan";

export const frontEnds = ["terraform", "pulumi", "pulumi events", "cdktf"] as const;
export type FrontEnd = (typeof frontEnds)[number];

/** A fixed day, so that dated exceptions mean the same tomorrow. */
export const today = new Date("2026-11-24T09:00:00Z");

export function inputOf(content: unknown, name = "plan.json"): NamedInput {
  return {
    name,
    content: Readable.from([Buffer.from(typeof content === "string" ? content : JSON.stringify(content))]),
  };
}

/** Reviews a scenario as one of the front ends tells it. */
export function reviewScenario(
  scenario: Scenario,
  frontEnd: FrontEnd,
  options: Partial<ReviewOptions> = {},
): Promise<ReviewResult> {
  const all = { now: today, ...options };
  switch (frontEnd) {
    case "terraform": {
      // The provider's earlier configuration comes from a plan of the base branch.
      const base = scenario.before?.provider
        ? inputOf(terraformPlan({ after: scenario.before }), "base.json")
        : undefined;
      return reviewPlan(inputOf(terraformPlan(scenario)), { base, ...all });
    }
    case "pulumi":
      return reviewPlan(inputOf(pulumiPreview(scenario)), all);
    case "pulumi events":
      return reviewPlan(inputOf(pulumiEvents(scenario)), all);
    case "cdktf":
      return reviewPlan(inputOf(cdktfStack(scenario.after), "cdk.tf.json"), {
        base: scenario.before ? inputOf(cdktfStack(scenario.before), "base/cdk.tf.json") : "none",
        ...all,
      });
  }
}
