import { profileFields, type StoredField, storedFields } from "./gateway";

/** Of a profile's fields, those that neither lead users anywhere nor say for whom or with what rights. */
const plain: ReadonlySet<StoredField> = new Set(["name", "description"] as const);

/** What documents of the API and of issuers call the same things, or what was discovered of them (API page, "What documents hold"). */
const elsewhere = [
  "issuer",
  "issuerUrl",
  "authority",
  "authorizationServer",
  "authorizationServers",
  "openidConfigurationUrl",
  "discoveryUrl",
  "wellKnownUrl",
  "userinfoEndpoint",
  "introspectionEndpoint",
  "jwks",
  "jwksUri",
  "jwksUrl",
  "loginUrl",
  "tokenUrl",
  "authorizationUrl",
  "audience",
  "metadata",
  "discovered",
  "manualOverrides",
] as const;

const names: ReadonlySet<string> = new Set(
  [
    ...storedFields
      .filter((name) => !plain.has(name))
      .flatMap((name) => [name, ...(profileFields[name].apiNames ?? [])]),
    ...elsewhere,
  ].map(foldedName),
);

/** A service may read names without regard to case and separators: `TokenEndpoint` and `token_endpoint` are `tokenEndpoint`. */
export function foldedName(name: string): string {
  return name.replace(/[\s_.-]/g, "").toLowerCase();
}

/** Whether a service may read a name as one of what decides where users sign in, for whom and with what rights. */
export function decidesSignIn(name: string): boolean {
  return names.has(foldedName(name));
}
