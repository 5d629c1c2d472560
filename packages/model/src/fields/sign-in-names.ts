import { profileFields, type StoredField, storedFields } from "./gateway";

/** Of a profile's fields, those that neither lead users anywhere nor say for whom or with what rights. */
const plain: ReadonlySet<StoredField> = new Set(["name", "description"] as const);

/**
 * What documents of the API and of issuers call the same things, or what was discovered of them (API page, "What documents hold"), with the
 * argument that says it where there is one.
 */
const elsewhere: Readonly<Record<string, StoredField | undefined>> = {
  issuer: "authorizationServerUrl",
  issuerUrl: "authorizationServerUrl",
  authority: "authorizationServerUrl",
  authorizationServer: "authorizationServerUrl",
  authorizationServers: "authorizationServerUrl",
  openidConfigurationUrl: "metadataUrl",
  discoveryUrl: "metadataUrl",
  wellKnownUrl: "metadataUrl",
  userinfoEndpoint: undefined,
  introspectionEndpoint: undefined,
  jwks: undefined,
  jwksUri: undefined,
  jwksUrl: undefined,
  loginUrl: "authorizationEndpoint",
  authorizationUrl: "authorizationEndpoint",
  tokenUrl: "tokenEndpoint",
  audience: "resource",
  scope: "scopes",
  metadata: undefined,
  discovered: undefined,
  manualOverrides: undefined,
};

const namesOf = (field: StoredField): readonly string[] => [field, ...(profileFields[field].apiNames ?? [])];

const names: ReadonlySet<string> = new Set(
  [...storedFields.filter((name) => !plain.has(name)).flatMap(namesOf), ...Object.keys(elsewhere)].map(foldedName),
);

/** A service may read names without regard to case and separators: `TokenEndpoint` and `token_endpoint` are `tokenEndpoint`. */
export function foldedName(name: string): string {
  return name
    .normalize("NFKC")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();
}

const argumentsByName: ReadonlyMap<string, string> = new Map(
  [
    ...Object.entries(elsewhere).flatMap(([name, field]) => (field === undefined ? [] : [[name, field] as const])),
    ...Object.keys(profileFields).map((name) => [name, name] as const),
    ...storedFields.flatMap((field) => namesOf(field).map((name) => [name, field] as const)),
  ].map(([name, field]) => [foldedName(name), field]),
);

/** The argument that a service may read a name as, however it is spelled; undefined where there is none. */
export function argumentNamed(name: string): string | undefined {
  return argumentsByName.get(foldedName(name));
}

/** Whether a service may read a name as one of what decides where users sign in, for whom and with what rights. */
export function decidesSignIn(name: string): boolean {
  return names.has(foldedName(name));
}
