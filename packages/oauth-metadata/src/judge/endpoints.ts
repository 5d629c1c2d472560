import { type Finding, meansSameUrl } from "@mcpstack/model";
import { quoted, report, set } from "./report";
import { type Subject, whose } from "./subject";

const endpoints = [
  ["authorizationEndpoint", "authorization_endpoint"],
  ["tokenEndpoint", "token_endpoint"],
  ["registrationEndpoint", "registration_endpoint"],
] as const;
type EndpointField = (typeof endpoints)[number][0];
type EndpointName = (typeof endpoints)[number][1];

/** Compare the profile's endpoints with the published ones (RFC 8414 §2). */
export const endpointRules = [
  ...endpoints.map(
    ([field, name]) =>
      (of: Subject): Finding[] =>
        differs(of, field, name),
  ),
  missing,
];

function differs(of: Subject, field: EndpointField, name: EndpointName): Finding[] {
  const { document, profile, server } = of;
  const written = profile[field];
  if (!document || written === undefined) return [];
  const published = document[name];
  const values = { path: [field], expected: published, found: written, where: server.url };
  if (published === undefined) {
    if (field !== "registrationEndpoint") return [];
    return [
      report("registration-not-published", {
        ...values,
        summary: `registrationEndpoint is ${quoted(written)}, and ${whose(of)} announces none.`,
        fix: `Leave registrationEndpoint out${profile.clientId === undefined ? " and set clientId" : ""}, or switch registration on at the provider.`,
      }),
    ];
  }
  if (meansSameUrl(written, published) || meansSameUrl(published, written)) return [];
  // A move that is refused is said by itself.
  if (of.acceptance.refused.some((move) => move.field === field && !move.trusted)) return [];
  return [
    report("endpoint-contradicts-metadata", {
      ...values,
      summary: `${field} is ${quoted(written)}, and ${whose(of)} publishes ${quoted(published)}.`,
      fix: `Leave ${field} out, so that discovery gives it. Or: ${set(field, published)}`,
    }),
  ];
}

function missing({ document, profile, server }: Subject): Finding[] {
  if (!document) return [];
  const lacking = endpoints
    .filter(
      ([field, name]) =>
        document[name] === undefined && field !== "registrationEndpoint" && profile[field] === undefined,
    )
    .map(([, name]) => name);
  if (lacking.length === 0) return [];
  const names = lacking.map((name) => (document.invalid_fields?.includes(name) ? `${name} (not a usable URL)` : name));
  return [
    report("endpoint-missing", {
      path: [profile.metadataUrl === undefined ? "authorizationServerUrl" : "metadataUrl"],
      expected: lacking.join(" "),
      where: server.url,
      summary: `The document of ${quoted(document.issuer)} lacks ${names.join(" and ")}.`,
      fix: "Set authorizationEndpoint and tokenEndpoint, or have the authorization server publish them.",
    }),
  ];
}
