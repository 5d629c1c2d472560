import { type Finding, meansSameUrl } from "@mcpstack/model";
import { quoted, report, set } from "./report";
import { type Subject, whose } from "./subject";

const endpoints = [
  ["authorizationEndpoint", "authorization_endpoint"],
  ["tokenEndpoint", "token_endpoint"],
  ["registrationEndpoint", "registration_endpoint"],
] as const;

/** Compares the profile's endpoints with the published ones (RFC 8414 §2). */
export function judgeEndpoints(of: Subject): Finding[] {
  const { document, profile, server, acceptance } = of;
  if (!document) return [];
  const moved = new Set(acceptance.refused.filter(({ trusted }) => !trusted).map(({ field }) => field));
  const findings: Finding[] = [];
  const missing: string[] = [];
  for (const [field, name] of endpoints) {
    const written = profile[field];
    const published = document[name];
    if (published === undefined && written === undefined && field !== "registrationEndpoint") {
      missing.push(document.invalid_fields?.includes(name) ? `${name} (not a usable URL)` : name);
    }
    if (written === undefined) continue;
    const values = { path: [field], expected: published, found: written, where: server.url };
    if (published === undefined) {
      if (field !== "registrationEndpoint") continue;
      findings.push(
        report("registration-not-published", {
          ...values,
          summary: `registrationEndpoint is ${quoted(written)}, and ${whose(of)} announces none.`,
          fix: `Leave registrationEndpoint out${profile.clientId === undefined ? " and set clientId" : ""}, or switch registration on at the provider.`,
        }),
      );
    } else if (!meansSameUrl(written, published) && !meansSameUrl(published, written) && !moved.has(field)) {
      findings.push(
        report("endpoint-contradicts-metadata", {
          ...values,
          summary: `${field} is ${quoted(written)}, and ${whose(of)} publishes ${quoted(published)}.`,
          fix: `Leave ${field} out, so that discovery gives it. Or: ${set(field, published)}`,
        }),
      );
    }
  }
  if (missing.length > 0) {
    findings.push(
      report("endpoint-missing", {
        path: [profile.metadataUrl === undefined ? "authorizationServerUrl" : "metadataUrl"],
        expected: missing.map((name) => name.split(" ")[0]).join(" "),
        where: server.url,
        summary: `The document of ${quoted(document.issuer)} lacks ${missing.join(" and ")}.`,
        fix: "Set authorizationEndpoint and tokenEndpoint, or have the authorization server publish them.",
      }),
    );
  }
  return findings;
}
