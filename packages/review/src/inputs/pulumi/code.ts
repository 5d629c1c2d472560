import { sameJson } from "@mcpstack/model";
import type { Opaque, ResourceChange } from "../../changes/change";
import { isRecord, someLeaf } from "../values";
import { pulumiMarks } from "./marks";
import type { Step, StepState } from "./step";

/**
 * What `@mcpstack/pulumi` has as the provider of its resources (its `provider-text.ts`), in this version and in others: what a module of the
 * package has for a kind of resource, and nothing else. What that does is up to the package that is installed, which the lock file of the
 * program names.
 */
const ours =
  /^exports\.handler = \(\) => require\((["'])@mcpstack\/pulumi(?:\/[\w-]+)+\1\)\.(?<kind>gateway|attachment);?$/;

/** What the project's own code makes of a resource, whatever its type says; undefined for other code. */
export function kindServed(state: StepState | undefined): ResourceChange["kind"] | undefined {
  const code = state?.inputs.__provider;
  return typeof code === "string" ? (ours.exec(code)?.groups?.kind as ResourceChange["kind"] | undefined) : undefined;
}

/**
 * Resources that other code comes to serve. The code decides what is written, whatever the inputs say; it is compared as a text, and one
 * that stays as it was is no news.
 */
export function foreignCode(steps: readonly (Step & { readonly kind: ResourceChange["kind"] })[]): Opaque[] {
  const found = steps.flatMap(({ op, urn, kind, before, after, unchangedSecrets }): Opaque[] => {
    if (!after || op === "refresh" || op.startsWith("delete")) return [];
    const [was, will] = [before?.inputs.__provider, after.inputs.__provider];
    const [earlier, served] = [before, after].map(kindServed);
    // What was one kind of resource and becomes the other one is compared with nothing.
    if (served === kind && (earlier ?? kind) === kind) return [];
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
