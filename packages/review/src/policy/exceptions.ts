import type { ReviewFinding } from "../finding";
import { matchesPattern, noStops } from "./pattern";
import type { PolicyException } from "./schema";

/** A finding that an exception of the policy excuses. */
export interface Excused {
  readonly finding: ReviewFinding;
  readonly reason: string;
  readonly until: string;
}

export interface Sorted {
  readonly findings: readonly ReviewFinding[];
  readonly excused: readonly Excused[];
  /** Exceptions that would excuse a finding, had they not expired. */
  readonly expired: readonly PolicyException[];
}

/** Sorts out the findings that an exception excuses on a day. */
export function applyExceptions(
  findings: readonly ReviewFinding[],
  exceptions: readonly PolicyException[],
  now: Date,
): Sorted {
  const today = now.toISOString().slice(0, 10);
  const excused: Excused[] = [];
  const expired = new Set<PolicyException>();
  const left = findings.filter((finding) => {
    const fitting = exceptions.filter((exception) => fits(exception, finding));
    const valid = fitting.find(({ until }) => until >= today);
    if (valid) excused.push({ finding, reason: valid.reason, until: valid.until });
    else for (const exception of fitting) expired.add(exception);
    return !valid;
  });
  return { findings: left, excused, expired: [...expired] };
}

function fits(exception: PolicyException, finding: ReviewFinding): boolean {
  return (
    exception.code === finding.code &&
    (exception.after === undefined || exception.after === finding.after) &&
    addressesOf(finding).some((address) => matchesPattern(exception.address, address, noStops))
  );
}

/** An exception was written for what was at an address. What is moved there since takes its own address along. */
function addressesOf({ address, label, previousAddress }: ReviewFinding): string[] {
  return previousAddress === undefined ? [address, label] : [previousAddress];
}
