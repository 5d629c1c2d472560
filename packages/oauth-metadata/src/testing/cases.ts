import type { FindingCode, GatewayProfile, Severity } from "@mcpstack/model";
import type { Attempt } from "../fetch/outcome";
import type { JudgeInput } from "../judge/subject";
import { discoveredOf, type Published } from "./discovered";

const issuer = "https://id.example";

/** A profile and documents about which there is nothing to say, as the start of every case. */
export const goodProfile: GatewayProfile = {
  name: "Support",
  providerType: "manual",
  authorizationServerUrl: issuer,
  clientId: "support",
  resource: "https://api.example/orders",
  scopes: ["openid", "offline_access", "orders.read"],
};

export const goodServer = {
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  registration_endpoint: `${issuer}/register`,
  jwks_uri: `${issuer}/keys`,
  scopes_supported: ["openid", "offline_access", "orders.read", "orders.write"],
  response_types_supported: ["code", "code id_token"],
  grant_types_supported: ["authorization_code", "refresh_token"],
  code_challenge_methods_supported: ["S256", "plain"],
  token_endpoint_auth_methods_supported: ["client_secret_basic"],
  protected_resources: ["https://api.example/orders"],
};
const goodResource = { resource: "https://api.example/orders", authorization_servers: [issuer] };
const goodKeys = { keys: [{ kty: "EC" }] };
/** What was accepted when {@link goodServer} was. */
export const goodAccepted = {
  issuer,
  authorizationEndpoint: `${issuer}/authorize`,
  tokenEndpoint: `${issuer}/token`,
  registrationEndpoint: `${issuer}/register`,
  jwksUri: `${issuer}/keys`,
  codeChallengeMethods: ["S256", "plain"],
  resource: "https://api.example/orders",
};

export interface Situation extends Omit<Published, "server"> {
  readonly profile?: Partial<GatewayProfile>;
  /** Changes to the good document, or the attempts that found none. */
  readonly server?: Readonly<Record<string, unknown>> | readonly Attempt[];
  readonly rest?: Partial<Omit<JudgeInput, "profile" | "discovered">>;
}

/** One code, a situation in which it is found, and one close by in which it is not. */
export interface Case {
  readonly code: FindingCode;
  readonly name: string;
  readonly severity: Severity;
  readonly path: readonly string[];
  /** Part of the text that says what to do. */
  readonly fix: string;
  readonly when: Situation;
  readonly notWhen: Situation;
}

export function inputOf({
  profile: changes,
  server,
  resource,
  resourceForm,
  keys,
  client,
  rest,
}: Situation): JudgeInput {
  const profile = { ...goodProfile, ...changes };
  const documents: Published = {
    server: Array.isArray(server) ? server : { ...goodServer, ...server },
    ...(profile.resource === undefined
      ? {}
      : { resource: resource ?? { ...goodResource, resource: profile.resource } }),
    ...(resourceForm === undefined ? {} : { resourceForm }),
    keys: keys ?? goodKeys,
    ...(client === undefined ? {} : { client }),
  };
  return { profile, discovered: discoveredOf(profile, documents), trustedOrigins: [], ...rest };
}

const miss = (outcome: Attempt["outcome"], status?: number): Attempt[] => [
  { url: `${issuer}/.well-known/openid-configuration`, outcome, ...(status === undefined ? {} : { status }) },
];
const at = (server: string, document: object = {}) => ({
  profile: { authorizationServerUrl: server },
  server: { issuer: server, ...document },
});
const tenant = "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555";
const clientUrl = "https://app.example/client.json";
const callback = "https://api.mcpstack.com/api/v1/gateway/gw/oauth/callback";

export const cases: readonly Case[] = [
  {
    code: "issuer-mismatch",
    name: "the document has another issuer",
    severity: "error",
    path: ["authorizationServerUrl"],
    fix: 'Set authorizationServerUrl to "https://id.example/realms/b", and set metadataUrl to "https://id.example/.well-known/openid-configuration".',
    when: { profile: { authorizationServerUrl: `${issuer}/realms/a` }, server: { issuer: `${issuer}/realms/b` } },
    notWhen: at(`${issuer}/realms/a`),
  },
  {
    code: "issuer-mismatch",
    name: "another issuer at a metadata URL is a warning",
    severity: "warn",
    path: ["authorizationServerUrl"],
    fix: 'Set authorizationServerUrl to "https://id.example/other".',
    when: {
      profile: { metadataUrl: `${issuer}/meta` },
      server: { issuer: `${issuer}/other` },
      resource: { resource: goodProfile.resource, authorization_servers: [issuer, `${issuer}/other`] },
    },
    notWhen: { profile: { metadataUrl: `${issuer}/meta` } },
  },
  {
    code: "issuer-mismatch",
    name: "Entra's common issuer is a template",
    severity: "error",
    path: ["authorizationServerUrl"],
    fix: "the issuer of one tenant",
    when: {
      profile: { authorizationServerUrl: "https://login.microsoftonline.com/common/v2.0" },
      server: { issuer: "https://login.microsoftonline.com/{tenantid}/v2.0" },
    },
    notWhen: at(`${tenant}/v2.0`),
  },
  {
    code: "issuer-trailing-slash",
    name: "only the published issuer ends in a slash",
    severity: "warn",
    path: ["authorizationServerUrl"],
    fix: 'Set authorizationServerUrl to "https://t.auth0.com/".',
    when: { profile: { authorizationServerUrl: "https://t.auth0.com" }, server: { issuer: "https://t.auth0.com/" } },
    notWhen: at("https://t.auth0.com/"),
  },
  {
    code: "issuer-host-case",
    name: "the profile has capital letters in the host",
    severity: "warn",
    path: ["authorizationServerUrl"],
    fix: 'Set authorizationServerUrl to "https://id.example".',
    when: { profile: { authorizationServerUrl: "https://ID.example" } },
    notWhen: {},
  },
  {
    code: "issuer-default-port",
    name: "the profile names port 443",
    severity: "warn",
    path: ["authorizationServerUrl"],
    fix: 'Set authorizationServerUrl to "https://id.example".',
    when: { profile: { authorizationServerUrl: "https://id.example:443" } },
    notWhen: {},
  },
  {
    code: "issuer-scheme",
    name: "the issuer says http behind a proxy",
    severity: "error",
    path: ["authorizationServerUrl"],
    fix: "public https address",
    when: { server: { issuer: "http://id.example" } },
    notWhen: {},
  },
  {
    code: "iss-parameter-mismatch",
    name: "answers carry an issuer that differs, be it by a slash",
    severity: "error",
    path: ["authorizationServerUrl"],
    fix: 'Set authorizationServerUrl to "https://id.example/".',
    when: { server: { issuer: "https://id.example/", authorization_response_iss_parameter_supported: true } },
    notWhen: { server: { authorization_response_iss_parameter_supported: true } },
  },
  {
    code: "metadata-not-found",
    name: "every address is a miss",
    severity: "error",
    path: ["authorizationServerUrl"],
    fix: "Correct authorizationServerUrl",
    when: { server: miss("not-found", 404), rest: { accepted: goodAccepted } },
    notWhen: {
      server: miss("not-found", 404),
      profile: { authorizationEndpoint: `${issuer}/a`, tokenEndpoint: `${issuer}/t` },
    },
  },
  {
    code: "metadata-unusable",
    name: "a document is there and damaged",
    severity: "error",
    path: ["authorizationServerUrl"],
    fix: 'with issuer equal to "https://id.example".',
    when: { server: miss("unusable", 200) },
    notWhen: {
      server: miss("not-json", 200),
      profile: { authorizationEndpoint: `${issuer}/a`, tokenEndpoint: `${issuer}/t` },
    },
  },
  {
    code: "metadata-unusable",
    name: "a document is too large, and names whatever it names",
    severity: "error",
    path: ["authorizationServerUrl"],
    fix: "publish a smaller document",
    when: { server: miss("unusable", 200).map((one) => ({ ...one, fault: "size" as const })) },
    notWhen: {},
  },
  {
    code: "metadata-not-found",
    name: "the address leads elsewhere",
    severity: "error",
    path: ["authorizationServerUrl"],
    fix: "if the document is there, set metadataUrl to that address. Otherwise: Correct authorizationServerUrl",
    when: { server: miss("redirect", 302) },
    notWhen: {},
  },
  {
    code: "metadata-unreachable",
    name: "there was no time left for it",
    severity: "warn",
    path: ["authorizationServerUrl"],
    fix: "--time-limit",
    when: { server: miss("budget") },
    notWhen: {},
  },
  {
    code: "resource-metadata-as-issuer",
    name: "a resource's metadata is given as the metadata URL",
    severity: "error",
    path: ["metadataUrl"],
    fix: 'Leave metadataUrl out. Set authorizationServerUrl to "https://id.example", which it names',
    when: {
      profile: { metadataUrl: "https://api.example/metadata" },
      server: [
        {
          url: "https://api.example/metadata",
          outcome: "resource-metadata",
          status: 200,
          detail: "is metadata of the resource https://api.example",
          names: [issuer],
        },
      ],
    },
    notWhen: {},
  },
  {
    code: "resource-metadata-as-issuer",
    name: "nothing is at an address that is such a document's",
    severity: "error",
    path: ["authorizationServerUrl"],
    fix: "Set authorizationServerUrl to the issuer",
    when: {
      profile: { authorizationServerUrl: "https://api.example/.well-known/oauth-protected-resource/orders" },
      server: miss("not-found", 404),
    },
    notWhen: { server: miss("not-found", 404) },
  },
  {
    code: "metadata-unreachable",
    name: "the host times out",
    severity: "warn",
    path: ["authorizationServerUrl"],
    fix: "Make the host reachable",
    when: { server: miss("timeout"), rest: { accepted: goodAccepted } },
    notWhen: { server: miss("not-found", 404) },
  },
  {
    code: "metadata-unreachable",
    name: "a certificate that is not trusted names the CA file",
    severity: "warn",
    path: ["metadataUrl"],
    fix: "Set caFile",
    when: { profile: { metadataUrl: `${issuer}/m` }, server: miss("tls") },
    notWhen: {},
  },
  {
    code: "metadata-unreachable",
    name: "with explicit endpoints nothing depends on the document",
    severity: "info",
    path: ["authorizationServerUrl"],
    fix: "look at why it answers HTTP 503",
    when: {
      server: miss("server-error", 503),
      profile: { authorizationEndpoint: `${issuer}/a`, tokenEndpoint: `${issuer}/t` },
    },
    notWhen: {},
  },
  {
    code: "private-address",
    name: "the issuer's host is private",
    severity: "warn",
    path: ["authorizationServerUrl"],
    fix: "--allow-private-addresses",
    when: { server: miss("private-address") },
    notWhen: { server: miss("not-found", 404) },
  },
  {
    code: "private-address",
    name: "the resource's host is private",
    severity: "warn",
    path: ["resource"],
    fix: "name its origin in trustedOrigins",
    when: { resource: miss("private-address") },
    notWhen: { resource: miss("not-found", 404) },
  },
  {
    code: "private-address",
    name: "the key set's host is private",
    severity: "warn",
    path: ["authorizationServerUrl"],
    fix: "find out who set it",
    when: { keys: { url: `${issuer}/keys`, outcome: "private-address" } },
    notWhen: {},
  },
  {
    code: "private-address",
    name: "the host of the client's document is private",
    severity: "warn",
    path: ["clientId"],
    fix: "name its origin in trustedOrigins",
    when: { profile: { clientId: clientUrl }, client: { url: clientUrl, outcome: "private-address" } },
    notWhen: { profile: { clientId: clientUrl }, client: { client_id: clientUrl, redirect_uris: [callback] } },
  },
  {
    code: "metadata-address-as-issuer",
    name: "the authorization server URL is the address of a document",
    severity: "info",
    path: ["authorizationServerUrl"],
    fix: `Set authorizationServerUrl to "${issuer}"`,
    when: { profile: { authorizationServerUrl: `${issuer}/.well-known/oauth-authorization-server` } },
    notWhen: {},
  },
  {
    code: "entra-v1-tokens",
    name: "a v2 profile meets v1 metadata",
    severity: "warn",
    path: ["authorizationServerUrl"],
    fix: "requestedAccessTokenVersion to 2",
    when: {
      profile: { authorizationServerUrl: `${tenant}/v2.0`, metadataUrl: `${tenant}/.well-known/openid-configuration` },
      server: { issuer: "https://sts.windows.net/11111111-2222-3333-4444-555555555555/" },
    },
    notWhen: at(`${tenant}/v2.0`),
  },
  {
    code: "entra-v1-tokens",
    name: "the resource takes v1 tokens only",
    severity: "warn",
    path: ["authorizationServerUrl"],
    fix: "requestedAccessTokenVersion to 2",
    when: {
      ...at(`${tenant}/v2.0`),
      resource: { resource: goodProfile.resource, authorization_servers: ["https://sts.windows.net/1/"] },
    },
    notWhen: {
      ...at(`${tenant}/v2.0`),
      resource: { resource: goodProfile.resource, authorization_servers: [`${tenant}/v2.0`] },
    },
  },
  {
    code: "origin-moved",
    name: "the token endpoint is at an origin that nobody named",
    severity: "error",
    path: ["authorizationServerUrl"],
    fix: 'add "https://evil.example" to trustedOrigins',
    when: { server: { token_endpoint: "https://evil.example/token" }, rest: { accepted: goodAccepted } },
    notWhen: {
      server: { token_endpoint: "https://evil.example/token" },
      rest: { accepted: goodAccepted, trustedOrigins: ["https://evil.example"] },
    },
  },
  {
    code: "set-outside-program",
    name: "somebody gave the gateway a token endpoint that the program leaves unset",
    severity: "error",
    path: ["tokenEndpoint"],
    fix: "Find out who set it. Applying takes it away",
    when: { rest: { accepted: goodAccepted, setElsewhere: { tokenEndpoint: "https://evil.example/token" } } },
    notWhen: { rest: { accepted: goodAccepted, filled: { tokenEndpoint: `${issuer}/token` } } },
  },
  {
    code: "metadata-moved",
    name: "the key set moved within its origin",
    severity: "warn",
    path: ["authorizationServerUrl"],
    fix: "apply it if it is meant",
    when: { server: { jwks_uri: `${issuer}/keys2` }, rest: { accepted: goodAccepted } },
    notWhen: { rest: { accepted: goodAccepted } },
  },
  {
    code: "endpoint-other-origin",
    name: "keys are elsewhere at first sight",
    severity: "info",
    path: ["authorizationServerUrl"],
    fix: "Nothing",
    when: { server: { jwks_uri: "https://keys.example/k" } },
    notWhen: {},
  },
  {
    code: "endpoint-contradicts-metadata",
    name: "the profile's token endpoint is another one",
    severity: "warn",
    path: ["tokenEndpoint"],
    fix: `so that discovery gives both. Or: Set tokenEndpoint to "${issuer}/token".`,
    when: { profile: { authorizationEndpoint: `${issuer}/authorize`, tokenEndpoint: `${issuer}/old` } },
    notWhen: {
      profile: { authorizationEndpoint: `${issuer}/authorize`, tokenEndpoint: "https://ID.example:443/token" },
    },
  },
  {
    code: "endpoint-missing",
    name: "the document has no token endpoint",
    severity: "error",
    path: ["authorizationServerUrl"],
    fix: "Set authorizationEndpoint and tokenEndpoint",
    when: { server: { token_endpoint: "javascript:alert(1)" } },
    notWhen: {
      server: { token_endpoint: undefined },
      profile: { authorizationEndpoint: `${issuer}/authorize`, tokenEndpoint: `${issuer}/token` },
    },
  },
  {
    code: "endpoint-insecure",
    name: "an https issuer has a plain http token endpoint",
    severity: "error",
    path: ["authorizationServerUrl"],
    fix: "publish its public https addresses",
    when: { server: { token_endpoint: "http://id.example/token" } },
    notWhen: {
      server: { token_endpoint: "http://id.example/token" },
      profile: { authorizationEndpoint: `${issuer}/authorize`, tokenEndpoint: `${issuer}/token` },
    },
  },
  {
    code: "endpoint-insecure",
    name: "the key set of an https issuer is plain http at another host",
    severity: "error",
    path: ["metadataUrl"],
    fix: "publish its public https addresses",
    when: { profile: { metadataUrl: `${issuer}/meta` }, server: { jwks_uri: "http://keys.example/k" } },
    notWhen: { server: { jwks_uri: "https://keys.example/k" } },
  },
  ...(
    [
      ["the loopback host", "https://localhost:8443/token"],
      ["a loopback address", "https://127.0.0.1/token"],
      ["a loopback address in brackets", "https://[::1]/token"],
      ["a name without a domain", "https://keycloak/token"],
      ["a name without a domain and with a port", "https://keycloak:8443/token"],
      ["a name for one network only", "https://id.acme.internal/token"],
      ["a private address", "https://10.1.2.3/token"],
      ["a private address in hexadecimal", "https://0xc0a80001/token"],
    ] as const
  ).map(
    ([what, url]): Case => ({
      code: "endpoint-not-public",
      name: `a public issuer's document leads to ${what}`,
      severity: "warn",
      path: ["authorizationServerUrl"],
      fix: "publish public addresses",
      when: { server: { token_endpoint: url } },
      notWhen: { server: { token_endpoint: "https://tokens.example/token" } },
    }),
  ),
  {
    code: "endpoint-user-information",
    name: "a token endpoint has what looks like a host before its host",
    severity: "warn",
    path: ["authorizationServerUrl"],
    fix: "publish token_endpoint without it",
    when: { server: { token_endpoint: "https://id.example@evil.example/token" } },
    notWhen: { server: { token_endpoint: `${issuer}/token@x` } },
  },
  {
    code: "registration-not-published",
    name: "the profile registers where nothing is announced",
    severity: "warn",
    path: ["registrationEndpoint"],
    fix: "Leave registrationEndpoint out",
    when: { profile: { registrationEndpoint: `${issuer}/register` }, server: { registration_endpoint: undefined } },
    notWhen: { server: { registration_endpoint: undefined } },
  },
  {
    code: "pkce-not-listed",
    name: "no list of PKCE methods",
    severity: "info",
    path: ["authorizationServerUrl"],
    fix: "Nothing",
    when: { server: { code_challenge_methods_supported: undefined } },
    notWhen: {},
  },
  {
    code: "pkce-s256-missing",
    name: "a list without S256",
    severity: "warn",
    path: ["authorizationServerUrl"],
    fix: "S256",
    when: { server: { code_challenge_methods_supported: ["plain"] } },
    notWhen: { server: { code_challenge_methods_supported: [] } },
  },
  {
    code: "code-flow-missing",
    name: "response types without code",
    severity: "error",
    path: ["authorizationServerUrl"],
    fix: "Switch the authorization code flow on",
    when: { server: { response_types_supported: ["id_token"], grant_types_supported: ["implicit"] } },
    notWhen: { server: { response_types_supported: undefined, grant_types_supported: undefined } },
  },
  {
    code: "par-required",
    name: "pushed requests are demanded",
    severity: "warn",
    path: ["authorizationServerUrl"],
    fix: "Take the demand off",
    when: { server: { require_pushed_authorization_requests: true } },
    notWhen: {
      server: { require_pushed_authorization_requests: false, pushed_authorization_request_endpoint: `${issuer}/par` },
    },
  },
  {
    code: "bound-tokens-required",
    name: "the resource demands DPoP",
    severity: "warn",
    path: ["resource"],
    fix: "Allow bearer tokens",
    when: { resource: { ...goodResource, dpop_bound_access_tokens_required: true } },
    notWhen: { resource: { ...goodResource, dpop_signing_alg_values_supported: ["ES256"] } },
  },
  {
    code: "bound-tokens-required",
    name: "clients can authenticate by mutual TLS alone",
    severity: "warn",
    path: ["authorizationServerUrl"],
    fix: "Allow bearer tokens",
    when: { server: { token_endpoint_auth_methods_supported: ["tls_client_auth"] } },
    notWhen: { server: { token_endpoint_auth_methods_supported: ["tls_client_auth", "client_secret_basic"] } },
  },
  {
    code: "key-set-unreachable",
    name: "the key set does not answer",
    severity: "warn",
    path: ["authorizationServerUrl"],
    fix: "answers with a key set",
    when: { keys: { url: `${issuer}/keys`, outcome: "timeout" } },
    notWhen: {},
  },
  {
    code: "key-set-empty",
    name: "the keys are for encryption only",
    severity: "warn",
    path: ["authorizationServerUrl"],
    fix: "publish its signing keys",
    when: { keys: { keys: [{ kty: "RSA", use: "enc" }] } },
    notWhen: { keys: { keys: [{ kty: "RSA", use: "sig" }] } },
  },
  {
    code: "scope-not-listed",
    name: "a scope is spelled otherwise",
    severity: "info",
    path: ["scopes"],
    fix: "Compare the spelling",
    when: { profile: { scopes: ["openid", "offline_access", "order.read"] } },
    notWhen: {
      profile: { scopes: ["openid", "offline_access", "order.read"] },
      server: { scopes_supported: undefined },
    },
  },
  {
    code: "offline-access-not-asked",
    name: "offline_access is offered and left out",
    severity: "info",
    path: ["scopes"],
    fix: 'Add "offline_access" to scopes',
    when: { profile: { scopes: ["openid"] } },
    notWhen: {},
  },
  {
    code: "scope-broad",
    name: "a write scope is added under review",
    severity: "warn",
    path: ["scopes"],
    fix: '"orders.write"',
    when: { profile: { scopes: ["openid", "offline_access", "orders.write"] }, rest: { previous: goodProfile } },
    notWhen: { profile: { scopes: ["openid", "offline_access", "orders.write"] } },
  },
  {
    code: "resource-not-uri",
    name: "an identifier without a scheme",
    severity: "warn",
    path: ["resource"],
    fix: "URI form",
    when: { profile: { resource: "orders-api" } },
    notWhen: { profile: { resource: "urn:example:orders" } },
  },
  {
    code: "resource-not-uri",
    name: "Entra's GUID has a URI form",
    severity: "warn",
    path: ["resource"],
    fix: 'Set resource to "api://11111111-2222-3333-4444-555555555555", and add "api://11111111-2222-3333-4444-555555555555/orders.read" to scopes',
    when: {
      ...at(`${tenant}/v2.0`),
      profile: { authorizationServerUrl: `${tenant}/v2.0`, resource: "11111111-2222-3333-4444-555555555555" },
    },
    notWhen: {
      profile: {
        authorizationServerUrl: `${tenant}/v2.0`,
        resource: "api://11111111-2222-3333-4444-555555555555",
        scopes: ["openid", "api://11111111-2222-3333-4444-555555555555/orders.read"],
      },
      server: { issuer: `${tenant}/v2.0` },
    },
  },
  {
    code: "resource-scope-prefix",
    name: "Entra's scopes are of another API",
    severity: "warn",
    path: ["resource"],
    fix: 'Set resource to "api://b".',
    when: {
      profile: {
        authorizationServerUrl: `${tenant}/v2.0`,
        resource: "api://a",
        scopes: ["openid", "offline_access", "api://b/Orders.Read"],
      },
      server: { issuer: `${tenant}/v2.0` },
    },
    notWhen: {
      profile: {
        authorizationServerUrl: `${tenant}/v2.0`,
        resource: "api://b",
        scopes: ["openid", "offline_access", "api://b/Orders.Read"],
      },
      server: { issuer: `${tenant}/v2.0` },
    },
  },
  ...(
    [
      [
        "a slash at the resource's end",
        { resource: "https://api.example/", scopes: ["openid", "https://api.example/Orders.Read"] },
        'Set resource to "https://api.example".',
      ],
      [
        "scopes that name no resource",
        { resource: "api://b", scopes: ["openid", "Orders.Read"] },
        'Add "api://b/Orders.Read" to scopes, and take "Orders.Read" out of scopes.',
      ],
      [
        "scopes of several resources",
        { resource: "api://b", scopes: ["api://a/Read", "api://b/Read"] },
        'Take "api://a/Read" out of scopes.',
      ],
    ] as const
  ).map(
    ([what, changes, fix]): Case => ({
      code: "resource-scope-prefix",
      name: `Entra is given ${what}`,
      severity: "warn",
      path: ["resource"],
      fix,
      when: {
        ...at(`${tenant}/v2.0`),
        profile: { authorizationServerUrl: `${tenant}/v2.0`, ...changes },
        resource: miss("not-found", 404),
      },
      notWhen: {
        ...at(`${tenant}/v2.0`),
        profile: {
          authorizationServerUrl: `${tenant}/v2.0`,
          resource: "https://api.example/",
          scopes: ["openid", "email", "https://api.example//Orders.Read"],
        },
      },
    }),
  ),
  {
    code: "resource-ignored",
    name: "Auth0 is given a resource",
    severity: "info",
    path: ["resource"],
    fix: "compatibility profile",
    when: at("https://t.auth0.com/"),
    notWhen: at("https://id.example/"),
  },
  {
    code: "resource-mismatch",
    name: "the resource publishes a slash at its end",
    severity: "warn",
    path: ["resource"],
    fix: 'Set resource to "https://api.example/orders/".',
    when: { resource: { ...goodResource, resource: "https://api.example/orders/" } },
    notWhen: {},
  },
  {
    code: "resource-metadata-unusable",
    name: "the document names a list of resources",
    severity: "warn",
    path: ["resource"],
    fix: "publish metadata as RFC 9728 §2 has it",
    when: { resource: miss("unusable", 200) },
    notWhen: { resource: miss("not-found", 404) },
  },
  {
    code: "resource-metadata-unusable",
    name: "the authorization servers are no list",
    severity: "warn",
    path: ["resource"],
    fix: "publish metadata as RFC 9728 §2 has it",
    when: { resource: { ...goodResource, authorization_servers: issuer } },
    notWhen: {},
  },
  {
    code: "resource-metadata-of-origin",
    name: "the document at the root is about the origin",
    severity: "info",
    path: ["resource"],
    fix: 'Set resource to "https://api.example".',
    when: {
      resource: { resource: "https://api.example" },
      resourceForm: "root",
      server: { protected_resources: undefined },
    },
    notWhen: { resource: { ...goodResource }, resourceForm: "root" },
  },
  {
    code: "resource-metadata-missing",
    name: "the API publishes nothing",
    severity: "info",
    path: ["resource"],
    fix: "Nothing",
    when: { resource: miss("not-found", 404) },
    notWhen: { resource: miss("timeout") },
  },
  {
    code: "issuer-not-among-authorization-servers",
    name: "the resource names another authorization server",
    severity: "info",
    path: ["authorizationServerUrl"],
    fix: 'Nothing, where the resource takes tokens of "https://id.example"',
    when: { resource: { ...goodResource, authorization_servers: ["https://other.example"] } },
    notWhen: { resource: { resource: goodResource.resource } },
  },
  {
    code: "resource-not-among-protected-resources",
    name: "the authorization server lists other resources",
    severity: "info",
    path: ["resource"],
    fix: "Compare the spelling of resource",
    when: { server: { protected_resources: ["https://api.example/other"] } },
    notWhen: { server: { protected_resources: undefined } },
  },
  {
    code: "client-id-missing",
    name: "there is no client id and no way to register",
    severity: "warn",
    path: ["clientId"],
    fix: "Register a client at the authorization server and set clientId",
    when: { profile: { clientId: undefined }, server: { registration_endpoint: undefined } },
    notWhen: { profile: { clientId: undefined } },
  },
  {
    code: "client-id-missing",
    name: "the profile gives its endpoints, and nothing is published",
    severity: "warn",
    path: ["clientId"],
    fix: "Register a client",
    when: {
      profile: { clientId: undefined, authorizationEndpoint: `${issuer}/a`, tokenEndpoint: `${issuer}/t` },
      server: miss("not-found", 404),
    },
    notWhen: {
      profile: { clientId: undefined, authorizationEndpoint: `${issuer}/a`, tokenEndpoint: `${issuer}/t` },
      server: miss("timeout"),
    },
  },
  {
    code: "client-id-missing",
    name: "the service did not fill one in",
    severity: "warn",
    path: ["clientId"],
    fix: "Register a client",
    when: {
      profile: { clientId: undefined },
      server: { registration_endpoint: undefined, client_id_metadata_document_supported: false },
      rest: { filled: {} },
    },
    notWhen: {
      profile: { clientId: undefined },
      server: { registration_endpoint: undefined },
      rest: { filled: { clientId: "theirs" } },
    },
  },
  {
    code: "client-id-document-unsupported",
    name: "the server says that it does not support documents",
    severity: "warn",
    path: ["clientId"],
    fix: "Register a client at the authorization server",
    when: {
      profile: { clientId: clientUrl },
      client: { client_id: clientUrl, redirect_uris: [callback] },
      server: { client_id_metadata_document_supported: false },
    },
    notWhen: { profile: { clientId: clientUrl }, client: { client_id: clientUrl, redirect_uris: [callback] } },
  },
  {
    code: "client-id-kept",
    name: "the issuer changes under review and the client id does not",
    severity: "warn",
    path: ["clientId"],
    fix: 'Register the client at "https://id.example"',
    when: { rest: { previous: { ...goodProfile, authorizationServerUrl: "https://old.example" } } },
    notWhen: { rest: { previous: { ...goodProfile, authorizationServerUrl: "https://id.example/" } } },
  },
  {
    code: "client-id-document-callback",
    name: "redirect_uris has the callback with a slash",
    severity: "error",
    path: ["clientId"],
    fix: `Add "${callback}" to redirect_uris`,
    when: {
      profile: { clientId: clientUrl },
      client: { client_id: clientUrl, redirect_uris: [`${callback}/`] },
      rest: { callbackUrls: [callback] },
    },
    notWhen: {
      profile: { clientId: clientUrl },
      client: { client_id: clientUrl, redirect_uris: [callback] },
      rest: { callbackUrls: [callback] },
    },
  },
  {
    code: "client-id-document-unreadable",
    name: "the document is about another client",
    severity: "warn",
    path: ["clientId"],
    fix: "client_id equal to that address",
    when: {
      profile: { clientId: clientUrl },
      server: { client_id_metadata_document_supported: true },
      client: { client_id: `${clientUrl}/`, redirect_uris: [callback] },
    },
    notWhen: { profile: { clientId: clientUrl }, client: { client_id: clientUrl, redirect_uris: [callback] } },
  },
  {
    code: "client-id-document-unreadable",
    name: "the document is about another client, and nobody says that it is read",
    severity: "info",
    path: ["clientId"],
    fix: "registered under that very id, nothing is to be done",
    when: { profile: { clientId: clientUrl }, client: { client_id: `${clientUrl}/`, redirect_uris: [callback] } },
    notWhen: {
      profile: { clientId: clientUrl },
      server: { client_id_metadata_document_supported: false },
      client: { client_id: `${clientUrl}/`, redirect_uris: [callback] },
    },
  },
];
