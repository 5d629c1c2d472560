import { saysSomething } from "@mcpstack/model";
import { z } from "zod";
import {
  bareAddress,
  identifier,
  isCut,
  once,
  problemOf,
  rememberedDocument,
  strings,
  tolerant,
  webAddress,
} from "./fields";

/** Authorization server metadata (RFC 8414 §2, OpenID Connect Discovery §3) with its extensions, as far as a gateway depends on it. */
const shape = {
  issuer: identifier,
  authorization_endpoint: webAddress,
  token_endpoint: webAddress,
  registration_endpoint: webAddress,
  jwks_uri: webAddress,
  userinfo_endpoint: webAddress,
  end_session_endpoint: webAddress,
  revocation_endpoint: webAddress,
  introspection_endpoint: webAddress,
  scopes_supported: strings,
  response_types_supported: strings,
  response_modes_supported: strings,
  grant_types_supported: strings,
  token_endpoint_auth_methods_supported: strings,
  code_challenge_methods_supported: strings,
  id_token_signing_alg_values_supported: strings,
  /** RFC 9126 §5. */
  pushed_authorization_request_endpoint: webAddress,
  require_pushed_authorization_requests: z.boolean(),
  /** RFC 9207 §3. */
  authorization_response_iss_parameter_supported: z.boolean(),
  /** RFC 9449 §5.1. */
  dpop_signing_alg_values_supported: strings,
  /** RFC 8705 §3.3: support, not demand. */
  tls_client_certificate_bound_access_tokens: z.boolean(),
  /** RFC 9728 §4. */
  protected_resources: strings,
  /** OAuth Client ID Metadata Document §5. */
  client_id_metadata_document_supported: z.boolean(),
} as const;

type Shape = typeof shape;

/** A document that has an issuer; every other field may be missing. */
export type AuthorizationServerMetadata = {
  readonly [K in Exclude<keyof Shape, "issuer">]?: z.infer<Shape[K]> | undefined;
} & {
  readonly issuer: string;
  /** Addresses that are published with user information, without it. They stand here and nowhere else: they are not taken. */
  readonly bare_addresses?: Readonly<Record<string, string>>;
  /** Fields whose value was not usable, sorted. */
  readonly invalid_fields?: readonly string[];
  /** Lists that were too long to keep whole, sorted: absence from them means nothing. */
  readonly cut_fields?: readonly string[];
};

/** Whether a document says that it failed, as answers of the API do: what it lacks then is not gone. No metadata has a field of that name. */
function saysError({ error }: Readonly<Record<string, unknown>>): boolean {
  return saysSomething(error);
}

/** Parses a document; undefined where it has no usable issuer (RFC 8414 §2, REQUIRED), or says that it failed. */
export const parseAuthorizationServer = once((object): AuthorizationServerMetadata | undefined => {
  if (saysError(object)) return undefined;
  const { value, invalid } = tolerant(shape, object);
  if (value.issuer === undefined) return undefined;
  const bare = invalid.flatMap((name) => {
    const address = bareAddress(object[name]);
    return address === undefined ? [] : [[name, address] as const];
  });
  const cut = Object.keys(value).filter((name) => isCut(object[name]));
  return {
    ...value,
    issuer: value.issuer,
    ...(bare.length > 0 ? { bare_addresses: Object.fromEntries(bare) } : {}),
    ...(invalid.length > 0 ? { invalid_fields: invalid } : {}),
    ...(cut.length > 0 ? { cut_fields: cut } : {}),
  };
});

export const rememberedAuthorizationServer = rememberedDocument(shape, ["issuer"]);

/** Why an object is no authorization server metadata, as a clause; undefined where it does not look as if it were meant to be. */
export function authorizationServerProblem(object: Readonly<Record<string, unknown>>): string | undefined {
  const problem = problemOf(shape, object, "issuer");
  return problem !== undefined && saysError(object) ? "it has an error beside its fields" : problem;
}
