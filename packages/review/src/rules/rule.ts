import type { Severity } from "@mcpstack/model";
import type { PlanChanges, ResourceChange, SourcePosition } from "../changes/change";
import type { Graph } from "../changes/graph";
import { shownField } from "../changes/shown";
import type { PolicyEnvironment } from "../policy/schema";
import type { ReviewCode } from "./catalogue";
import type { KnownTrust } from "./known-trust";

/** What a finding is about. */
export interface Subject {
  readonly kind: "gateway" | "attachment" | "provider" | "module" | "policy";
  readonly address: string;
  readonly label: string;
  readonly previousAddress?: string | undefined;
  readonly source?: SourcePosition | undefined;
  readonly constructPath?: string | undefined;
}

/** What a rule says, before the policy and the catalogue have had their say. */
export interface Draft {
  readonly code: ReviewCode;
  /** Where it differs from the catalogue's. */
  readonly severity?: Severity;
  readonly subject: Subject;
  /** The gateway whose servers and grants are concerned. */
  readonly gateway?: ResourceChange | undefined;
  /** Servers that are concerned, where they are not those of the gateway. */
  readonly servers?: readonly string[];
  /** camelCase names. */
  readonly fields: readonly string[];
  /** One sentence without values that stand in `before` and `after`. */
  readonly summary: string;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  /** In the place of the catalogue's, where there is an exact text to write. */
  readonly fix?: string;
}

export interface RuleContext {
  readonly plan: PlanChanges;
  readonly graph: Graph;
  readonly known: KnownTrust;
  /** What the policy says of the environment that the plan is for. */
  readonly environment: PolicyEnvironment;
}

/** A concern of the review: pure, and independent of every other one. */
export type Rule = (context: RuleContext) => readonly Draft[];

/** What every finding about one field of a gateway has in common. */
export function aboutField(gateway: ResourceChange, field: string) {
  return {
    subject: gateway,
    gateway,
    fields: [field],
    before: shownField(gateway, "before", field),
    after: shownField(gateway, "after", field),
  };
}

/** Makes a rule out of one that looks at a gateway at a time. */
export function perGateway(look: (gateway: ResourceChange, context: RuleContext) => readonly Draft[]): Rule {
  return (context) => context.plan.gateways.flatMap((gateway) => look(gateway, context));
}
