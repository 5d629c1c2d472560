import { isNode, LineCounter, parseDocument, visit } from "yaml";
import type { z } from "zod";
import { ReviewInputError } from "../inputs/input-error";
import { unknownCodes } from "./known-codes";
import { type Policy, policySchema } from "./schema";

/** What is wrong in a policy, and where. */
export interface Problem {
  readonly path: readonly (string | number)[];
  /** What follows the path in a sentence. */
  readonly message: string;
  /** Whether the key itself does not belong there. */
  readonly isUnknownKey?: boolean;
}

/**
 * Parses a policy file.
 *
 * @throws ReviewInputError that names line and column of everything that is wrong.
 */
export function parsePolicy(text: string, name: string): Policy {
  const { document, value, problems } = readPolicy(text, name);
  const parsed = policySchema.safeParse(value);
  const all = parsed.success ? unknownCodes(parsed.data) : problems;
  if (parsed.success && all.length === 0) return parsed.data;
  throw invalid(linesOf(document, name, all));
}

interface PolicyDocument {
  readonly yaml: ReturnType<typeof parseDocument>;
  readonly lines: LineCounter;
}

/** Reads the YAML of a policy, and says what of it is not as the schema has it. */
export function readPolicy(
  text: string,
  name: string,
): { readonly document: PolicyDocument; readonly value: unknown; readonly problems: readonly Problem[] } {
  const lines = new LineCounter();
  const yaml = parseDocument(text, { lineCounter: lines, uniqueKeys: true, version: "1.2" });
  const wrong = [
    ...unquotedStars(yaml),
    // Of an alias without a name it is said above what to do.
    ...yaml.errors
      .filter(({ code }) => code !== "BAD_ALIAS")
      .map(({ code, pos, message }) => ({
        offset: pos[0],
        message:
          code === "MULTIPLE_DOCS"
            ? "here begins a second YAML document: write one alone, without a line `---` below its beginning"
            : message.split(/ at line \d|\n/)[0],
      })),
  ];
  if (wrong.length > 0) throw invalid(wrong.map(({ offset, message }) => `${place(lines, name, offset)}: ${message}`));
  let value: unknown;
  try {
    value = yaml.toJS({ maxAliasCount: 50 });
  } catch {
    throw invalid([`${place(lines, name, 0)}: uses too many aliases`]);
  }
  const { error } = policySchema.safeParse(value);
  return { document: { yaml, lines }, value, problems: error?.issues.flatMap(problemsOf) ?? [] };
}

/** What begins with a star and stands in no quotes is an alias in YAML, and one that nobody has defined was meant as a pattern. */
function unquotedStars(
  yaml: PolicyDocument["yaml"],
): { readonly offset: number | undefined; readonly message: string }[] {
  const found: { offset: number | undefined; message: string }[] = [];
  visit(yaml, {
    Alias(_, alias) {
      if (alias.resolve(yaml) !== undefined) return;
      const written = `*${alias.source}`.slice(0, 80);
      const message = `${written} without quotes is an alias in YAML, and no anchor has its name: write ${JSON.stringify(written)}`;
      found.push({ offset: alias.range?.[0], message });
    },
  });
  return found;
}

/** Each problem in a line, with where it stands in the file. */
export function linesOf({ yaml, lines }: PolicyDocument, name: string, problems: readonly Problem[]): string[] {
  return problems.map(
    ({ path, message }) =>
      `${place(lines, name, nodeOffset(yaml, path))}: ${path.length === 0 ? "the policy" : path.join(".")} ${message}`,
  );
}

function place(lines: LineCounter, name: string, offset: number | undefined): string {
  const { line, col } = lines.linePos(offset ?? 0);
  return `${name}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
}

function problemsOf(issue: z.core.$ZodIssue): Problem[] {
  const path = issue.path.map((step) => (typeof step === "number" ? step : String(step)));
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: "is not a key that belongs here",
      isUnknownKey: true,
    }));
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
