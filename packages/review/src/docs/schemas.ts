import { z } from "zod";
import { policySchema } from "../policy/schema";
import { reviewResult } from "../result";

/** The JSON Schema of mcpstack-review.yaml, for editors. */
export function policyJsonSchema(): string {
  return text("mcpstack-review.yaml", policySchema);
}

/** The JSON Schema of the output of `--format json`. */
export function resultJsonSchema(): string {
  return text("Output of mcpstack-iac review --format json", reviewResult);
}

function text(title: string, schema: z.ZodType): string {
  const { $schema, ...rest } = z.toJSONSchema(schema, { target: "draft-2020-12" });
  return `${JSON.stringify({ $schema, title, ...rest }, undefined, 2)}\n`;
}
