import type { Secrets } from "@mcpstack/api-client";
import { type Json, stringifyJson } from "@mcpstack/model";
import { safeText, withoutUserInformation } from "@mcpstack/oauth-metadata";
import type { AdoptionPlan } from "@mcpstack/reconciler";

/** Says which gateway is taken over and what would be written to it. What the service holds may repeat what is secret. */
export function describeAdoption(label: string, plan: AdoptionPlan, secrets: Secrets): string {
  const first = `${label} takes over the existing gateway ${plan.id}`;
  if (plan.changes.length === 0) return `${first}, which has this profile already. Nothing is written.`;
  const lines = plan.changes.map(({ field, from, to }) =>
    field === "settingsWoVersion"
      ? "  settingsWo: written"
      : `  ${field}: ${safeText(withoutUserInformation(secrets.hide(shown(from))), longest)} => ${shown(to)}`,
  );
  return [`${first} and changes it:`, ...lines].join("\n");
}

function shown(value: unknown): string {
  return value === undefined ? "(not set)" : stringifyJson(value as Json);
}

/** Of what the service holds. */
const longest = 2000;
