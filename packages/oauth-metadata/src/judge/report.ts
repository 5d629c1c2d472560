import {
  type Advice,
  bySeverity,
  type DocumentChange,
  type Finding,
  type FindingCode,
  type FindingEntry,
  findingCatalogue,
  type GatewayProfile,
  type ProfileChange,
  type Severity,
} from "@mcpstack/model";
import { safeText } from "../text/safe-text";
import { withoutUserInformation } from "../text/user-information";

/**
 * One way to mend what was found. A change is data; its sentence is made of it, so that the two cannot differ. A text is something to be done
 * elsewhere, or to be found out.
 */
export type Step =
  | string
  | ChangeStep
  | {
      readonly document?: DocumentChange | undefined;
      readonly say: string;
      /** Said only where no other way is left. */
      readonly otherwise?: true;
    };

export interface ChangeStep {
  readonly profile: ProfileChange;
  /** A condition that only a person can decide, such as `If it is meant`. */
  readonly when?: string;
  /** The end of the sentence, such as `, so that discovery gives it`. */
  readonly because?: string;
  /** What has to be done besides, in whole sentences. */
  readonly also?: string;
}

/** What one occurrence of a finding adds to its entry in the catalogue. */
export interface Occurrence {
  readonly path: readonly string[];
  /** One line that names the values. */
  readonly summary: string;
  /** Ways to mend it, the best first. A change of the profile that would not mend it is left out. */
  readonly fix: Step | readonly Step[];
  /** Where the table has another severity for this case. */
  readonly severity?: Severity;
  readonly expected?: string | undefined;
  readonly found?: string | undefined;
  readonly where?: string | undefined;
}

/** A finding whose advice was not looked at yet. */
export interface Draft extends Omit<Finding, "fix" | "advice"> {
  readonly code: FindingCode;
  readonly steps: readonly Step[];
}

/** Longest summary and fix: several values of the longest kept length fit. */
const maxSentence = 1200;

/** Drafts a finding from the catalogue's constant part and one occurrence. Every text is made safe to show on one line. */
export function report(code: FindingCode, occurrence: Occurrence): Draft {
  const { leg, severity, standard }: FindingEntry = findingCatalogue[code];
  const { expected, found, where, fix } = occurrence;
  return {
    code,
    leg,
    severity: occurrence.severity ?? severity,
    path: occurrence.path,
    summary: safeText(withoutUserInformation(occurrence.summary), maxSentence),
    ...(expected === undefined ? {} : { expected: safeText(withoutUserInformation(expected)) }),
    ...(found === undefined ? {} : { found: safeText(withoutUserInformation(found)) }),
    ...(where === undefined ? {} : { where: safeText(withoutUserInformation(where)) }),
    ...(standard === undefined ? {} : { standard }),
    steps: Array.isArray(fix) ? (fix as readonly Step[]) : [fix as Step],
  };
}

/**
 * Makes a finding of its draft. A change of the profile is advised only where `isRight` says that it mends the finding: what a rule would
 * advise and another would then complain about is never said. Where nothing is left, the page's own words stand.
 */
export function finding(
  { steps, ...draft }: Draft,
  profile: Partial<GatewayProfile>,
  isRight: (change: ProfileChange, draft: Draft) => boolean,
): Finding {
  const left = steps.filter(
    (step) =>
      typeof step === "string" ||
      "say" in step ||
      (isShown(step.profile) && isRight(step.profile, { ...draft, steps })),
  );
  const usual = left.filter((step) => typeof step === "string" || !("otherwise" in step));
  const right = usual.length > 0 ? usual : left;
  const advice = right.flatMap((step): Advice[] => {
    if (typeof step === "string") return [];
    if ("profile" in step) return [{ profile: step.profile }];
    return step.document === undefined ? [] : [{ document: shownDocument(step.document) }];
  })[0];
  const said = right.map((step) => sentence(step, profile));
  const entry: FindingEntry = findingCatalogue[draft.code];
  const fix = said.length === 0 ? entry.action.replaceAll("`", "") : inOne(right, said);
  return {
    ...draft,
    fix: safeText(withoutUserInformation(fix), maxSentence),
    ...(advice === undefined ? {} : { advice }),
  };
}

/** What to do about a finding that stays although what it says to do was done, where no check can look. */
export function unseen(code: FindingCode): string {
  return `No check can see that: let findings say "off" for ${code} then.`;
}

/** A change of a document, where it is known which one that is. */
export function published(at: string | undefined, fields: DocumentChange["fields"]): DocumentChange | undefined {
  return at === undefined ? undefined : { at, fields };
}

/** The severest first, then by code and place: the same input gives the same order. The same finding is said once. */
export function ordered(findings: readonly Finding[]): Finding[] {
  const unique = new Map(findings.map((one) => [JSON.stringify(one), one]));
  const key = (one: Finding) => `${one.code} ${one.path.join(".")} ${one.summary}`;
  return [...unique.values()].sort((a, b) => bySeverity(a, b) || (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

/** A value as it would stand in a program. User information is left out and said, so that two values never look alike that are not. */
export function quoted(value: string): string {
  const shown = withoutUserInformation(value);
  return `"${safeText(shown)}"${shown === value ? "" : " (with user information before its host)"}`;
}

function sentence(step: Step, profile: Partial<GatewayProfile>): string {
  if (typeof step === "string") return step;
  if ("say" in step) return step.say;
  const { when, because = "", also } = step;
  const what = Object.entries(step.profile).flatMap(([field, value]) => instruction(field, value, profile));
  const order = `${what.join(", and ")}${because}.`;
  // A value to write stands as it would alone, so that it is found.
  const said = when === undefined || /^(set|leave) /.test(order) ? capital(order) : order;
  return `${when === undefined ? "" : `${when}: `}${said}${also === undefined ? "" : ` ${also}`}`;
}

/** What to write, in words that every front end can put into its own spelling. */
function instruction(
  field: string,
  value: string | readonly string[] | null | undefined,
  profile: Partial<GatewayProfile>,
): readonly string[] {
  if (value === undefined) return [];
  if (value === null) return [`leave ${field} out`];
  if (typeof value === "string") return [`set ${field} to ${quoted(value)}`];
  const before = profile[field as "scopes"] ?? [];
  const added = value.filter((one) => !before.includes(one));
  const gone = before.filter((one) => !value.includes(one));
  return [
    ...(added.length === 0 ? [] : [`add ${added.map(quoted).join(", ")} to ${field}`]),
    ...(gone.length === 0 ? [] : [`take ${gone.map(quoted).join(", ")} out of ${field}`]),
  ];
}

/** Further ways follow as such, unless they begin with a condition of their own. */
function inOne(steps: readonly Step[], said: readonly string[]): string {
  return said
    .map((text, index) => {
      const earlier = steps[index - 1];
      const step = steps[index];
      if (index === 0 || typeof earlier === "string") return text;
      return typeof step === "object" && "profile" in step && step.when !== undefined ? text : `Or: ${text}`;
    })
    .join(" ");
}

/** A change of a document, without user information: the address may come out of a challenge, and a value out of the API. */
function shownDocument({ at, fields }: DocumentChange): DocumentChange {
  const shown = <T>(value: T) => (typeof value === "string" ? withoutUserInformation(value) : value);
  return {
    at: withoutUserInformation(at),
    fields: Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [
        name,
        Array.isArray(value) ? (value as readonly string[]).map(shown) : shown(value),
      ]),
    ),
  };
}

/** A value that is too long to be shown whole, or that is escaped or not shown in part, is no text to write. */
function isShown(change: ProfileChange): boolean {
  return Object.values(change)
    .flatMap((value) => value ?? [])
    .every((text) => safeText(withoutUserInformation(text)) === text);
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
