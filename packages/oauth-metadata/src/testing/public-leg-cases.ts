import type { PublicLegFlaw } from "@mcpstack/local-api";
import type { FindingCode, Severity } from "@mcpstack/model";
import type { PublicLeg } from "../public-leg/read-public-leg";

export const mcpUrl = "https://api.mcpstack.com/api/v1/gateway/gw/mcp";
const route = "https://api.mcpstack.com/api/v1/gateway/gw";
const metadataUrl = `${route}/.well-known/oauth-protected-resource`;
const attempts = [{ url: metadataUrl, outcome: "found" as const, status: 200 }];

/** A public leg about which there is nothing to say. */
export const goodLeg: PublicLeg = {
  mcpUrl,
  expectedMetadataUrl: metadataUrl,
  challenge: { kind: "answered", status: 401, challenge: { resourceMetadata: metadataUrl } },
  protectedResource: {
    kind: "found",
    form: "challenge",
    url: metadataUrl,
    document: { resource: mcpUrl, authorization_servers: [route] },
    attempts,
  },
  authorizationServerUrl: route,
  authorizationServer: {
    kind: "found",
    form: "appended-openid",
    url: `${route}/.well-known/openid-configuration`,
    document: {
      issuer: route,
      authorization_endpoint: `${route}/authorize`,
      token_endpoint: `${route}/token`,
      registration_endpoint: `${route}/register`,
      jwks_uri: `${route}/.well-known/jwks.json`,
      response_types_supported: ["code"],
      code_challenge_methods_supported: ["S256"],
    },
    attempts,
  },
  keySet: {
    kind: "found",
    document: { keys: 1, signingKeys: 1 },
    attempt: { url: `${route}/jwks`, outcome: "found", status: 200 },
  },
};

const server = (document: object) => ({
  authorizationServer: {
    ...goodLeg.authorizationServer,
    document: { ...goodLeg.authorizationServer?.document, ...document },
  } as PublicLeg["authorizationServer"],
});
const answered = (status: number, challenge?: object): Partial<PublicLeg> => ({
  challenge: { kind: "answered", status, ...(challenge ? { challenge } : {}) },
});

export interface PublicLegCase {
  readonly code: FindingCode;
  readonly name: string;
  readonly severity: Severity;
  readonly change: Partial<PublicLeg>;
  /** The switch of the local API that makes a real route like that. */
  readonly flaw?: PublicLegFlaw;
}

export const publicLegCases: readonly PublicLegCase[] = [
  {
    code: "public-insecure",
    name: "the MCP URL is http",
    severity: "error",
    change: { mcpUrl: mcpUrl.replace("https", "http") },
  },
  {
    code: "public-unreachable",
    name: "the route does not answer",
    severity: "warn",
    change: { challenge: { kind: "unreachable", attempt: { url: mcpUrl, outcome: "timeout" } } },
  },
  {
    code: "public-metadata-not-found",
    name: "the documents are not there",
    severity: "error",
    change: {
      ...answered(404),
      protectedResource: { kind: "missing", attempts: [{ url: metadataUrl, outcome: "not-found", status: 404 }] },
    },
    flaw: "metadata-404",
  },
  {
    code: "public-metadata-not-found",
    name: "the documents are HTML",
    severity: "error",
    change: {
      protectedResource: { kind: "missing", attempts: [{ url: metadataUrl, outcome: "not-json", status: 200 }] },
    },
    flaw: "metadata-html",
  },
  {
    code: "public-metadata-not-found",
    name: "no authorization server is named",
    severity: "error",
    change: { authorizationServerUrl: undefined, authorizationServer: undefined },
    flaw: "no-authorization-servers",
  },
  {
    code: "public-resource-mismatch",
    name: "the resource is not the MCP URL, be it by a slash",
    severity: "error",
    change: {
      protectedResource: {
        ...goodLeg.protectedResource,
        document: { resource: `${mcpUrl}/` },
      } as PublicLeg["protectedResource"],
    },
    flaw: "resource-slash",
  },
  {
    code: "public-issuer-mismatch",
    name: "the issuer is another one, be it by a slash",
    severity: "error",
    change: server({ issuer: `${route}/` }),
    flaw: "issuer-slash",
  },
  {
    code: "public-issuer-mismatch",
    name: "the issuer is at another host",
    severity: "error",
    change: server({ issuer: "https://x.example" }),
    flaw: "wrong-issuer",
  },
  {
    code: "public-further-server",
    name: "a second authorization server is another one",
    severity: "error",
    change: { furtherServers: [{ issuer: "https://evil.example" }] },
  },
  {
    code: "public-challenge-missing",
    name: "there is no challenge",
    severity: "error",
    change: answered(401),
    flaw: "no-challenge",
  },
  {
    code: "public-challenge-missing",
    name: "the challenge names no metadata",
    severity: "error",
    change: answered(401, {}),
    flaw: "challenge-without-metadata",
  },
  {
    code: "public-challenge-mismatch",
    name: "the challenge names other metadata",
    severity: "error",
    change: answered(401, { resourceMetadata: "https://other.example/m" }),
    flaw: "challenge-names-other-metadata",
  },
  {
    code: "public-open",
    name: "a call without a token succeeds",
    severity: "warn",
    change: answered(200),
    flaw: "unauthenticated-200",
  },
  {
    code: "public-endpoint-unusable",
    name: "endpoints are missing",
    severity: "error",
    change: server({ token_endpoint: undefined }),
    flaw: "no-endpoints",
  },
  {
    code: "public-endpoint-unusable",
    name: "clients can neither register nor have a document",
    severity: "error",
    change: server({ registration_endpoint: undefined }),
    flaw: "no-registration",
  },
  {
    code: "public-code-flow-missing",
    name: "codes are neither given nor taken",
    severity: "error",
    change: server({ response_types_supported: ["token"], grant_types_supported: ["client_credentials"] }),
  },
  {
    code: "public-response-types-missing",
    name: "there is no list of response types",
    severity: "warn",
    change: server({ response_types_supported: undefined }),
  },
  {
    code: "public-response-types-missing",
    name: "the response types are a text",
    severity: "warn",
    change: server({ response_types_supported: undefined, invalid_fields: ["response_types_supported"] }),
  },
  {
    code: "public-pkce-missing",
    name: "S256 is not in the list",
    severity: "error",
    change: server({ code_challenge_methods_supported: ["plain"] }),
    flaw: "no-s256",
  },
  {
    code: "public-pkce-missing",
    name: "there is no list",
    severity: "error",
    change: server({ code_challenge_methods_supported: undefined }),
    flaw: "no-pkce",
  },
  {
    code: "public-key-set-unusable",
    name: "the key set is empty",
    severity: "warn",
    change: {
      keySet: {
        kind: "found",
        document: { keys: 0, signingKeys: 0 },
        attempt: { url: `${route}/jwks`, outcome: "found" },
      },
    },
    flaw: "empty-keys",
  },
  {
    code: "public-metadata-appended",
    name: "the document is only where strict clients do not look",
    severity: "info",
    change: {
      authorizationServer: {
        ...goodLeg.authorizationServer,
        form: "appended-oauth",
      } as PublicLeg["authorizationServer"],
    },
  },
];
