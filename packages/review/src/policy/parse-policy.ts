import { isNode, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { ReviewInputError } from "../inputs/input-error";
import { unknownCodes } from "./known-codes";
import { type Policy, policySchema } from "./schema";

/**
 * Parses a policy file.
 *
 * @param codes - Whether each code must be one of a finding. The base's policy may name others, which decide nothing: it cannot be mended in
 *   the change that is held against it. Default: "known".
 * @throws ReviewInputError that names line and column of everything that is wrong.
 */
export function parsePolicy(text: string, name: string, codes: "known" | "any" = "known"): Policy {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, version: "1.2" });
  const place = (offset: number | undefined) => {
    const { line, col } = lines.linePos(offset ?? 0);
    return `${name}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
  };
  if (document.errors.length > 0) {
    throw invalid(
      document.errors.map((error) => `${place(error.pos[0])}: ${error.message.split(/ at line \d|\n/)[0]}`),
    );
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 50 });
  } catch {
    throw invalid([`${place(0)}: uses too many aliases`]);
  }
  const parsed = policySchema.safeParse(value);
  const problems = parsed.success
    ? codes === "known"
      ? unknownCodes(parsed.data)
      : []
    : parsed.error.issues.flatMap(problemsOf);
  if (parsed.success && problems.length === 0) return parsed.data;
  throw invalid(
    problems.map(({ path, message }) => {
      const at = nodeOffset(document, path);
      return `${place(at)}: ${path.length === 0 ? "the policy" : path.join(".")} ${message}`;
    }),
  );
}

function problemsOf(issue: z.core.$ZodIssue): { path: (string | number)[]; message: string }[] {
  const path = issue.path.map((step) => (typeof step === "number" ? step : String(step)));
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ path: [...path, key], message: "is not a key that belongs here" }));
  }
  return [{ path, message: issue.message.startsWith("must") ? issue.message : `is not valid: ${issue.message}` }];
}

/** Where the value at a path is written, or the closest thing around it. */
function nodeOffset(
  document: ReturnType<typeof parseDocument>,
  path: readonly (string | number)[],
): number | undefined {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return undefined;
}

function invalid(problems: readonly string[]): ReviewInputError {
  return new ReviewInputError("policy-invalid", problems.join("\n"));
}
