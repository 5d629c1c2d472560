import { sameJson } from "@mcpstack/model";
import type { Opaque, ResourceChange } from "../../changes/change";
import { isRecord, someLeaf } from "../values";
import { pulumiMarks } from "./marks";
import type { Step } from "./step";

/**
 * What `@mcpstack/pulumi` has as the provider of its resources (its `provider-text.ts`), in this version and in others: a module of the
 * package, and nothing else. What that module does is up to the package that is installed, which the lock file of the program names.
 */
const ours = /^exports\.handler = \(\) => require\((["'])@mcpstack\/pulumi(?:\/[\w-]+)+\1\)(?:\.[A-Za-z]\w*)?;?$/;

/**
 * Resources that other code comes to serve. The code decides what is written, whatever the inputs say; it is compared as a text, and one
 * that stays as it was is no news.
 */
export function foreignCode(steps: readonly (Step & { readonly kind: ResourceChange["kind"] })[]): Opaque[] {
  const found = steps.flatMap(({ op, urn, kind, before, after, unchangedSecrets }): Opaque[] => {
    if (!after || op === "refresh" || op.startsWith("delete")) return [];
    const [was, will] = [before?.inputs.__provider, after.inputs.__provider];
    if (typeof will === "string" && ours.test(will)) return [];
    const isSame = before !== undefined && sameJson((was ?? null) as never, (will ?? null) as never);
    if (isSame && (!isMasked(will) || unchangedSecrets?.has("__provider"))) return [];
    return [
      {
        address: urn,
        concerns: true,
        what: `What is done for this ${kind} is decided by code that is not @mcpstack/pulumi's, whatever its arguments say`,
      },
    ];
  });
  return [...new Map(found.map((one) => [one.address, one])).values()];
}

function isMasked(value: unknown): boolean {
  return someLeaf(value, (leaf) => pulumiMarks.isSecret(leaf) || pulumiMarks.isUnknown(leaf) || isRecord(leaf));
}
