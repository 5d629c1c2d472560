import { sameIssuer as knownSameIssuer } from "@mcpstack/model";
import { call, type IResolvable } from "cdktf";
import { isUnresolved } from "../values/unresolved";

/**
 * Whether two issuer identifiers are the same, character by character (RFC 8414 §3.3): a boolean where both are known at synth, else a
 * token for `provider::mcpstack::same_issuer(…)`.
 */
export function sameIssuer(a: string, b: string): boolean | IResolvable {
  if (isUnresolved(a) || isUnresolved(b)) return call("provider::mcpstack::same_issuer", [a, b]);
  return knownSameIssuer(a, b);
}
