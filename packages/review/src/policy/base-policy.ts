import { ReviewInputError } from "../inputs/input-error";
import type { Draft } from "../rules/rule";
import { linesOf, type Problem, readPolicy } from "./parse-policy";
import { type Policy, policySchema } from "./schema";

/** The policy that holds, and what of it is not valid. */
export interface BasePolicy {
  readonly policy: Policy;
  readonly problems: readonly HeldStrictly[];
}

interface HeldStrictly extends Problem {
  /** What holds in its place, in words. */
  readonly held: string;
}

/**
 * Parses the base's policy. It holds for the very change that mends it, so that what is not valid in it is held as strictly as it can be
 * meant, and told: an exception excuses nothing, a list allows only what it names, a demand is the strictest one. A code that no finding
 * has, and a key that does not belong there, decide nothing.
 *
 * @param name - What the file is called in the base.
 * @throws ReviewInputError where nothing can be held: the file is no YAML, or is no policy of this version.
 */
export function parseBasePolicy(text: string, name: string): BasePolicy {
  const called = `${name} of the base`;
  const { document, value, problems } = readPolicy(text, called);
  const held = problems.map((problem) => ({ problem, ...strictly(problem) }));
  const parsed = policySchema.safeParse(withParts(value, held));
  if (parsed.success)
    return { policy: parsed.data, problems: held.map(({ problem, inWords }) => ({ ...problem, held: inWords })) };
  throw new ReviewInputError(
    "policy-invalid",
    [
      ...linesOf(document, called, problems),
      `${called} holds for this change, and cannot be held: have its owners mend it in a change that is merged without this review`,
    ].join("\n"),
  );
}

interface Part {
  readonly path: readonly (string | number)[];
  /** What stands there instead; undefined for nothing. */
  readonly put: unknown;
  readonly inWords: string;
}

/** What holds in the place of a part that is not valid. */
function strictly({ path, isUnknownKey }: Problem): Part {
  const nothing = (length: number, inWords: string): Part => ({ path: path.slice(0, length), put: undefined, inWords });
  if (isUnknownKey && path[0] !== "exceptions") return nothing(path.length, "decides nothing");
  if (path[0] === "exceptions") return nothing(Math.min(path.length, 2), "excuses nothing");
  if (path[0] === "severity") return nothing(Math.min(path.length, 2), "has its usual severity");
  const at = path[0] === "default" ? 1 : path[0] === "environments" ? 2 : path.length;
  const [key, member] = path.slice(at);
  const whole = path.slice(0, at + 1);
  if (key === "insecure_metadata") return { path: whole, put: false, inWords: "false" };
  if (key === "metadata_check") return { path: whole, put: "error", inWords: "error" };
  if (key === "findings")
    return member === undefined
      ? { path, put: null, inWords: "" }
      : { path: path.slice(0, at + 2), put: "error", inWords: "error" };
  if (key !== undefined && member === undefined) return { path: whole, put: [], inWords: "allows nothing" };
  if (key !== undefined) return nothing(at + 2, "allows nothing");
  return { path, put: null, inWords: "" };
}

/** A copy with some of its parts replaced, or left out. */
function withParts(value: unknown, parts: readonly Part[]): unknown {
  const [own] = parts.filter(({ path }) => path.length === 0);
  if (own) return own.put;
  if (typeof value !== "object" || value === null) return value;
  const below = (key: string | number) =>
    parts.filter(({ path }) => path[0] === key).map((part) => ({ ...part, path: part.path.slice(1) }));
  const copied = (key: string | number, member: unknown) => {
    const own = below(key);
    return own.length === 0 ? member : withParts(member, own);
  };
  if (Array.isArray(value)) return value.map((one, index) => copied(index, one)).filter((one) => one !== undefined);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) => {
      const will = copied(key, member);
      return will === undefined ? [] : [[key, will]];
    }),
  );
}

/** What is to be said of it in the review of a change. */
export function basePolicyProblems(problems: readonly HeldStrictly[], file: string): Draft[] {
  return problems.map(({ path, message, held }): Draft => {
    const part = path.join(".");
    return {
      code: "base-policy-invalid",
      subject: { kind: "policy", address: file, label: file, source: { file, line: 1 } },
      fields: [part],
      summary: `In the base's policy ${part} ${message}`,
      after: held,
    };
  });
}
