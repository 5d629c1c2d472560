import { Annotations, type IAspect, TerraformResource } from "cdktf";
import type { IConstruct } from "constructs";
import { Gateway as Level1Gateway } from "../gen/gateway";
import { isUnresolved } from "../values/unresolved";

/** Which scopes may be asked for. */
export interface LeastPrivilegeScopesOptions {
  /** Scopes that a gateway may name. A text stands for itself, a regular expression for every scope that it matches as a whole. */
  readonly allow: readonly (string | RegExp)[];

  /**
   * What happens to scopes that only Terraform knows, which no aspect can check.
   *
   * @default "warn"
   */
  readonly unresolved?: "allow" | "warn" | "refuse" | undefined;
}

/**
 * Refuses gateways that name a scope outside an allow list. Add it to an app, a stack or a part of one:
 * `Aspects.of(app).add(new LeastPrivilegeScopes({ allow: ["openid", /[a-z]+\.read/] }))`.
 */
export class LeastPrivilegeScopes implements IAspect {
  private readonly allowed: (scope: string) => boolean;
  private readonly allowText: string;
  private readonly unresolved: "allow" | "warn" | "refuse";

  constructor(options: LeastPrivilegeScopesOptions) {
    const { allow, unresolved = "warn" } = options;
    const texts = new Set(allow.filter((entry) => typeof entry === "string"));
    const patterns = allow.filter((entry) => entry instanceof RegExp).map(wholeMatch);
    this.allowed = (scope) => texts.has(scope) || patterns.some((pattern) => pattern.test(scope));
    this.allowText = allow.length === 0 ? "none" : allow.map(String).join(", ");
    this.unresolved = unresolved;
  }

  visit(node: IConstruct): void {
    if (!isGateway(node)) return;
    const scopes = node.scopesInput ?? [];
    if (isUnresolved(scopes) || scopes.some(isUnresolved)) this.sayUnresolved(node);
    if (isUnresolved(scopes)) return;
    for (const scope of new Set(scopes.filter((each) => !isUnresolved(each) && !this.allowed(each)))) {
      Annotations.of(node).addError(
        `scope ${JSON.stringify(scope)} is not allowed here: remove it, or have it added to the allow list of LeastPrivilegeScopes ` +
          `(${this.allowText}) (scope_not_allowed)`,
      );
    }
  }

  private sayUnresolved(node: IConstruct): void {
    const message = "scopes are known only to Terraform, so LeastPrivilegeScopes cannot check them (scope_unresolved)";
    if (this.unresolved === "warn") Annotations.of(node).addWarning(message);
    if (this.unresolved === "refuse") Annotations.of(node).addError(message);
  }
}

/** Level 1 gateways too: a rule that could be gone around by the other class would be none. */
function isGateway(node: IConstruct): node is Level1Gateway {
  return TerraformResource.isTerraformResource(node) && node.terraformResourceType === Level1Gateway.tfResourceType;
}

/** `/read/` allows the scope `read`, and not `admin.readwrite`. */
function wholeMatch(pattern: RegExp): RegExp {
  return new RegExp(`^(?:${pattern.source})$`, pattern.flags.replace(/[gy]/g, ""));
}
