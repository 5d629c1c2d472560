import type { CustomResource, Output } from "@pulumi/pulumi";

/**
 * Gives outputs without a value as undefined. The provider says null of them, so that a preview knows that there is none; a program sees
 * what its types say.
 */
export function withoutValueUndefined(resource: CustomResource, names: readonly string[]): void {
  const outputs = resource as unknown as Record<string, Output<unknown>>;
  for (const name of names) {
    const output = outputs[name];
    if (output !== undefined) outputs[name] = output.apply((value) => value ?? undefined);
  }
}
