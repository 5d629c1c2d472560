import { behaviourNames, behaviourSwitches, type ServerBehaviour } from "@mcpstack/local-api";
import type { JsonObject } from "@mcpstack/model";
import fc from "fast-check";

/** A profile in Terraform's names, as a program may write it. JSON arguments are objects here. */
export interface RandomProfile {
  readonly name: string;
  readonly description?: string | undefined;
  readonly provider_type: string;
  readonly authorization_server_url: string;
  readonly metadata_url?: string | undefined;
  readonly registration_endpoint?: string | undefined;
  readonly endpoints?: { readonly authorization: string; readonly token: string } | undefined;
  readonly client_id?: string | undefined;
  readonly resource?: string | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly trusted_origins?: readonly string[] | undefined;
  readonly metadata_check?: "warn" | "off" | undefined;
  readonly settings?: JsonObject | undefined;
}

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

/** Texts that a field takes: no white space around them, no control characters; in NFC, as core sends every text. */
const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }).map(
  (made) =>
    made
      .replace(/\p{Cc}/gu, "x")
      .normalize("NFC")
      .trim() || "x",
);

/** Spellings of one host, paths that exist there and paths that do not, slashes, a default port. */
const urlBelow = (origin: string) => {
  const port = new URL(origin).port;
  return fc
    .tuple(
      fc.constantFrom(`http://127.0.0.1:${port}`, `http://localhost:${port}`, `HTTP://LocalHost:${port}`),
      fc.constantFrom("", "/", "/realms/x", "/realms/x/", "/Realms/%7Ex"),
    )
    .map(([base, path]) => base + path);
};

const scopes = fc.uniqueArray(fc.constantFrom("openid", "profile", "email", "a:b", "plants.read", "x/y", "~"), {
  minLength: 1,
});

const setting = fc.oneof(
  fc.constantFrom<JsonObject[string]>(true, false, 0, 1.5, "text", "", [], ["a", { b: null }], { deep: { er: [1] } }),
  fc.constant<JsonObject[string]>({ mode: "claim", claim: "email" }),
);
/** `theirs` is what somebody else sets: it is never among the program's own. */
const settings = fc.dictionary(fc.constantFrom("identityResolution", "clientRegistration", "own", "über"), setting, {
  minKeys: 1,
});

/** @param issuer - the origin of an issuer that is up: what a profile names is asked for. */
export function profile(issuer: string): fc.Arbitrary<RandomProfile> {
  const url = urlBelow(issuer);
  return fc.record({
    name: text,
    description: optional(text),
    provider_type: fc.constantFrom("manual", "sqlos", "auth0", "Custom_type-2"),
    authorization_server_url: url,
    metadata_url: optional(url.map((base) => `${base.replace(/\/$/, "")}/.well-known/openid-configuration`)),
    registration_endpoint: optional(url),
    endpoints: optional(fc.record({ authorization: url, token: url })),
    client_id: optional(text.map((made) => `client-${made}`)),
    resource: optional(fc.oneof(url, fc.constantFrom("urn:example:api", "api"))),
    scopes: optional(scopes),
    trusted_origins: optional(fc.constant(["https://login.example.com"])),
    metadata_check: fc.constantFrom("warn", "off", undefined),
    settings: optional(settings),
  });
}

export const behaviour: fc.Arbitrary<Partial<ServerBehaviour>> = fc.record(
  Object.fromEntries(
    behaviourNames.map((name) => [name, fc.constantFrom<string | number>(...behaviourSwitches[name].values)]),
  ),
) as fc.Arbitrary<Partial<ServerBehaviour>>;
