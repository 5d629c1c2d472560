import { jsonText } from "../escape/json";
import type { ReviewResult } from "../result";

/** The result as it is; its schema is docs/review/result.schema.json. */
export function renderJson(result: ReviewResult): string {
  return jsonText(result);
}
