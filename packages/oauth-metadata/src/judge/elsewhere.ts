import type { ObservedProfile, StoredField } from "@mcpstack/model";
import { isTrustedIn, namedOrigins } from "../trust/trusted-origins";
import { type Draft, quoted, report } from "./report";
import type { Subject } from "./subject";

/** Fields that lead users and their tokens somewhere: their origin is asked for. */
const leading = ["metadataUrl", "authorizationEndpoint", "tokenEndpoint", "registrationEndpoint"] as const;
/** Fields that decide for whom, and with what rights. */
const granting = ["clientId", "resource", "scopes"] as const;

/**
 * Fields that the program leaves unset and that hold a value at the API: an error where that leads to an origin which was not accepted in
 * that role and which the program does not name, also where it stood there before; else a warning where somebody set it since.
 */
export function judgeElsewhere(of: Subject): Draft[] {
  const { setElsewhere = {}, filled = {} } = of;
  return [
    ...leading.flatMap((field) => {
      const value = setElsewhere[field] ?? filled[field];
      if (value === undefined || of.profile[field] !== undefined) return [];
      if (!isForeign(of, field, value))
        return setElsewhere[field] === undefined ? [] : [elsewhere(field, value, "warn", takenAway)];
      // A service that follows a refused move is said with the move.
      if (setElsewhere[field] === undefined && of.acceptance.refused.some(({ to }) => to === value)) return [];
      return [elsewhere(field, value, "error", setElsewhere[field] === undefined ? stays : takenAwayIfLet)];
    }),
    ...granting.flatMap((field) => {
      const value = textOf(setElsewhere, field);
      return value === undefined || of.profile[field] !== undefined ? [] : [elsewhere(field, value, "warn", takenAway)];
    }),
  ];
}

/** Where nothing was accepted yet, what stood there at first sight is no move. */
function isForeign(of: Subject, field: (typeof leading)[number], value: string): boolean {
  const { accepted, acceptance, setElsewhere, trustedOrigins } = of;
  if (setElsewhere?.[field] === undefined && !acceptance.earlier) return false;
  const role = field === "metadataUrl" ? "issuer" : field;
  return !isTrustedIn(role, value, accepted && acceptance.earlier, namedOrigins(of.profile, trustedOrigins));
}

function textOf(profile: ObservedProfile, field: (typeof granting)[number]): string | undefined {
  const value = profile[field];
  return value === undefined || typeof value === "string" ? value : value.join(" ");
}

const takenAway = "Applying takes it away.";
/** Where findings count as errors, this one stands in the way of the apply that would end it. */
const takenAwayIfLet =
  'Applying takes it away; where findings keep an apply from writing, let findings say "warn" for this code first.';
/** What stood there when this project last wrote the gateway is no change that an apply could undo. */
const stays = "It stood there already when the gateway was last written or taken over, so take it away at the service.";

function elsewhere(field: StoredField, value: string, severity: "error" | "warn", what: string): Draft {
  const foreign = severity === "error";
  return report("set-outside-program", {
    path: [field],
    severity,
    expected: "(not set)",
    found: value,
    summary: `${field} is ${quoted(value)} at the API, and the program does not set it${foreign ? "; its origin was never accepted" : ""}.`,
    fix: [
      `Find out who set it. ${what}`,
      { when: "If it is meant", profile: { [field]: field === "scopes" ? value.split(" ") : value } },
    ],
  });
}
