import type { Leg, Severity } from "../finding";

/** The product's help page lists what users see go wrong; a finding that can be its cause says so. */
export type Symptom =
  | "callback fails"
  | "invalid audience"
  | "missing scopes"
  | "metadata 404"
  | "embedded exchange fails";

/** What is always true of a finding: its page, and the constant part of every report of it. */
export interface FindingEntry {
  readonly title: string;
  readonly leg: Leg;
  /** Before a policy caps or changes it. */
  readonly severity: Severity;
  /** When the severity is another one than the usual. */
  readonly except?: string;
  /** The loudest severity that it can have by itself, where that is louder than the usual one. */
  readonly loudest?: Severity;
  /** Section of the standard, such as `RFC 8414 §3.3`. */
  readonly standard?: string;
  /** What it means for a login. */
  readonly meaning: string;
  readonly action: string;
  /** What is to be done is done where no check can look, such as in a setting of the provider. */
  readonly unseen?: true;
  /** What known products publish in this respect. */
  readonly products?: string;
  readonly symptoms?: readonly Symptom[];
}
