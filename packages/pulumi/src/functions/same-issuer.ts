import { sameIssuer as same } from "@mcpstack/model";
import * as pulumi from "@pulumi/pulumi";

/** Whether two issuer identifiers are the same: compared as strings, without any normalisation (RFC 8414 §3.3). */
export function sameIssuer(a: string, b: string): boolean;
export function sameIssuer(a: pulumi.Input<string>, b: pulumi.Input<string>): pulumi.Output<boolean>;
export function sameIssuer(a: pulumi.Input<string>, b: pulumi.Input<string>): boolean | pulumi.Output<boolean> {
  if (typeof a === "string" && typeof b === "string") return same(a, b);
  return pulumi.all([a, b]).apply(([one, other]) => same(one, other));
}
