import { codesPage } from "./codes-page";
import { optionsPage } from "./options-page";
import { policyJsonSchema, resultJsonSchema } from "./schemas";

/** Every generated file, by its path below docs/review. */
export const pages: Readonly<Record<string, () => string>> = {
  "codes.md": codesPage,
  "options.md": optionsPage,
  "mcpstack-review.schema.json": policyJsonSchema,
  "result.schema.json": resultJsonSchema,
};
