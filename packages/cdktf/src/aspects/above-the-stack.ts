import { Aspects, TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { LeastPrivilegeScopes } from "./least-privilege-scopes";

/**
 * Applies the policies that were added to the app, or to what else is above the stack. cdktf itself calls only the aspects of a stack and
 * of what is in it; a policy on the app would be none, and nobody would notice.
 *
 * @param construct the stack's McpstackProvider; of several only the first does it
 */
export function applyPoliciesAbove(construct: Construct, isProvider: (node: IConstruct) => boolean): void {
  const stack = TerraformStack.of(construct);
  const policies = stack.node.scopes
    .filter((scope) => scope !== stack)
    .flatMap((scope) => Aspects.of(scope).all)
    .filter((aspect) => aspect instanceof LeastPrivilegeScopes);
  if (policies.length === 0) return;
  const nodes = stack.node.findAll();
  if (nodes.find(isProvider) !== construct) return;
  for (const policy of policies) for (const node of nodes) policy.visit(node);
}
