import { generateKeyPairSync } from "node:crypto";

export type Document = Record<string, unknown>;

/** Complete and ordinary metadata (RFC 8414 §2), so that a test names only what is out of the ordinary. */
export function ordinaryMetadata(issuer: string): Document {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    registration_endpoint: `${issuer}/register`,
    scopes_supported: ["openid", "profile", "email", "offline_access"],
    response_types_supported: ["code"],
    grant_types_supported: ["authorization_code", "refresh_token"],
    code_challenge_methods_supported: ["S256"],
    token_endpoint_auth_methods_supported: ["none", "client_secret_basic"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["ES256"],
  };
}

/** RFC 9728 §2. */
export function ordinaryResourceMetadata(resource: string, issuer: string): Document {
  return { resource, authorization_servers: [issuer], bearer_methods_supported: ["header"] };
}

export function newKeySet(): Document {
  const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { keys: [{ ...publicKey.export({ format: "jwk" }), use: "sig", alg: "ES256", kid: "local" }] };
}

/** `overrides` over `document`; `undefined` takes a field out. */
export function overridden(document: Document, overrides: Document): Document {
  const merged = { ...document, ...overrides };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined));
}
