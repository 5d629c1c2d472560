import type { GatewayProfile } from "@mcpstack/model";
import fc from "fast-check";
import { authorizationServerCandidates, protectedResourceCandidates } from "../discovery/well-known";
import type { Attached } from "../judge/attached";

type Json = Readonly<Record<string, unknown>>;

/** A gateway, what hangs on it, and all that is published around it. */
export interface World {
  readonly profile: GatewayProfile;
  readonly attached: Attached;
  readonly mcpUrl: string;
  /** By address. */
  readonly documents: Readonly<Record<string, Json>>;
  /** The challenges of addresses that ask for a token. */
  readonly challenges: Readonly<Record<string, string>>;
}

const guid = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";
const tenant = "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555";

/** Where products have their issuers. */
const issuers = [
  "https://id.example",
  "https://id.example/realms/a",
  "https://t.auth0.com/",
  `${tenant}/v2.0`,
  "https://login.microsoftonline.com/consumers/v2.0",
  "https://contoso.ciamlogin.com/11111111-2222-3333-4444-555555555555/v2.0",
  "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC",
  "https://accounts.google.com",
  "https://b\u00fcro.example",
] as const;

/** How an issuer may be spelled, or be another one. */
const spellings: readonly ((issuer: string) => string)[] = [
  (issuer) => issuer.replace(/\/$/, ""),
  (issuer) => `${issuer.replace(/\/$/, "")}/`,
  (issuer) => issuer.replace(/^https:\/\/[^/]+/, (origin) => origin.replace(/[a-z]+$/, (end) => end.toUpperCase())),
  (issuer) => issuer.replace(/^(https:\/\/[^/]+)/, "$1:443"),
  (issuer) => issuer.replace(/^(https:\/\/[^/]+)/, "$1:8443"),
  (issuer) => issuer.replace("https:", "http:"),
  (issuer) => new URL(issuer).href,
  (issuer) => `${issuer.replace(/\/$/, "")}?t=1`,
  (issuer) => `${issuer.replace(/\/$/, "")}/other`,
  () => "https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0",
  () => "https://sts.windows.net/11111111-2222-3333-4444-555555555555/",
  () => "https://login.microsoftonline.com/{tenantid}/v2.0",
  () => "https://keycloak:8080/realms/a",
  () => "https://elsewhere.example",
];

const resources = [
  undefined,
  `api://${guid}`,
  guid,
  "https://graph.microsoft.com",
  "https://api.example.com",
  "https://api.example.com/",
  "https://api.example.com/mcp",
  "https://api.example.com/mcp?x=1",
  "urn:example:api",
] as const;

const scopes = [
  "openid",
  "offline_access",
  "plants.read",
  "plants.write",
  "User.Read",
  "repo",
  ".default",
  `api://${guid}/plants.read`,
  `api://${guid}/plants.write`,
  `api://${guid}/.default`,
  `${guid}/plants.read`,
  "api://other/plants.read",
  "https://graph.microsoft.com/Mail.Send",
  "https://api.example.com/plants.read",
  "https://api.example.com/plants.write",
  "https://api.example.com//plants.read",
];

const maybe = <T>(arbitrary: fc.Arbitrary<T>, freq = 1) => fc.option(arbitrary, { nil: undefined, freq });
const spelled = (issuer: string) => fc.constantFrom(...spellings).map((spell) => spell(issuer));
/** Mostly as it is: what is wrong everywhere at once is met by nobody. */
const mostly = <T>(usual: T, ...others: fc.Arbitrary<T>[]) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, ...others);

const requirements = fc.uniqueArray(fc.constantFrom(...scopes), { maxLength: 3 });
const tool = fc.record({
  name: fc.constantFrom("list", "add"),
  enabled: mostly<boolean | undefined>(true, fc.constantFrom(false, undefined)),
  requiredScopes: maybe(requirements, 4),
});

const serverDocument = (issuer: string, own: string) =>
  fc
    .record({
      token_endpoint: mostly(`${own}/token`, fc.constantFrom("http://id.example/token", "https://localhost/t")),
      registration_endpoint: maybe(fc.constant(`${own}/register`)),
      code_challenge_methods_supported: maybe(fc.constantFrom(["S256"], ["plain"])),
      scopes_supported: maybe(fc.constantFrom(["openid"], ["openid", "offline_access", "plants.read"])),
      require_pushed_authorization_requests: maybe(fc.boolean()),
      tls_client_certificate_bound_access_tokens: maybe(fc.boolean()),
      token_endpoint_auth_methods_supported: maybe(fc.constantFrom(["none"], ["tls_client_auth"])),
      authorization_response_iss_parameter_supported: maybe(fc.boolean()),
      client_id_metadata_document_supported: maybe(fc.boolean()),
      protected_resources: maybe(fc.constantFrom(["https://api.example.com"], ["https://b.example"])),
    })
    .map((fields): Json => ({ issuer, authorization_endpoint: `${own}/authorize`, ...fields }));

const resourceDocument = (resource: string, issuer: string) =>
  fc.record({
    resource: mostly(
      resource,
      fc.constantFrom(`${resource}/`, resource.replace("https:", "http:"), "https://x.example"),
    ),
    authorization_servers: maybe(
      fc.oneof(
        fc.constant([issuer]),
        spelled(issuer).map((one) => [one]),
        spelled(issuer).map((one) => [issuer, one]),
      ),
      4,
    ),
    dpop_bound_access_tokens_required: maybe(fc.boolean()),
    tls_client_certificate_bound_access_tokens: maybe(fc.boolean()),
  });

const route = "https://api.mcpstack.com/api/v1/gateway/gw";
const mcpUrls = [`${route}/mcp`, "https://tools.example.com/mcp"] as const;

const withoutUndefined = (value: Json): Json =>
  Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined));

/** Worlds as products make them, each with a few things that are otherwise. */
export const worlds: fc.Arbitrary<World> = fc
  .record({
    issuer: fc.constantFrom(...issuers),
    resource: fc.constantFrom(...resources),
    mcpUrl: fc.constantFrom(...mcpUrls),
  })
  .chain(({ issuer, resource, mcpUrl }) => {
    const own = issuer.replace(/\/$/, "");
    const at = mcpUrl.startsWith(route) ? route : issuer;
    return fc
      .record({
        written: mostly<string>(issuer, spelled(issuer)),
        published: mostly<string>(issuer, spelled(issuer)),
        publishedAtRoute: mostly<string>(at, spelled(at)),
        metadataUrl: maybe(
          fc.constantFrom(
            `${own}/.well-known/openid-configuration`,
            "https://id.example/meta",
            "https://id.example/404",
          ),
        ),
        clientId: maybe(fc.constantFrom(guid, "client", "https://app.example/client.json"), 4),
        endpoints: maybe(fc.constantFrom(own, "https://other.example")),
        registrationEndpoint: maybe(fc.constantFrom(`${own}/register`, `${own}/r`)),
        scopes: maybe(fc.uniqueArray(fc.constantFrom(...scopes), { minLength: 1, maxLength: 5 }), 6),
        servers: fc.array(
          fc.record({ id: fc.constantFrom("srv_1", "srv_2"), tools: maybe(fc.array(tool, { maxLength: 3 }), 4) }),
          { maxLength: 2 },
        ),
      })
      .chain(({ published, publishedAtRoute, ...choices }) =>
        fc
          .record({
            document: serverDocument(published, own),
            documentAtRoute: serverDocument(publishedAtRoute, at.replace(/\/$/, "")),
            resourceDocument: maybe(resourceDocument(resource ?? "https://api.example.com", issuer), 3),
            routeDocument: resourceDocument(mcpUrl, at),
            challenge: fc.boolean(),
          })
          .map((made) => worldOf({ resource, mcpUrl, at, ...choices, ...made })),
      );
  });

function worldOf(made: {
  readonly resource: string | undefined;
  readonly mcpUrl: string;
  readonly at: string;
  readonly written: string;
  readonly metadataUrl: string | undefined;
  readonly clientId: string | undefined;
  readonly endpoints: string | undefined;
  readonly registrationEndpoint: string | undefined;
  readonly scopes: string[] | undefined;
  readonly servers: Attached["servers"];
  readonly document: Json;
  readonly documentAtRoute: Json;
  readonly resourceDocument: Json | undefined;
  readonly routeDocument: Json;
  readonly challenge: boolean;
}): World {
  const { resource, mcpUrl, at, written, metadataUrl, endpoints, document } = made;
  const profile = withoutUndefined({
    name: "Support",
    providerType: "manual",
    authorizationServerUrl: written,
    metadataUrl,
    clientId: made.clientId,
    authorizationEndpoint: endpoints && `${endpoints}/authorize`,
    tokenEndpoint: endpoints && `${endpoints}/token`,
    registrationEndpoint: made.registrationEndpoint,
    resource,
    scopes: made.scopes,
  }) as unknown as GatewayProfile;
  const atRoute = authorizationServerCandidates(at).map(({ url }) => [url, made.documentAtRoute]);
  const atIssuer = authorizationServerCandidates(written).map(({ url }) => [url, document]);
  const metadata = `${new URL(mcpUrl).origin}/.well-known/oauth-protected-resource${new URL(mcpUrl).pathname}`;
  const [described] = resource?.startsWith("https://") ? protectedResourceCandidates(resource) : [];
  return {
    profile,
    attached: { servers: made.servers },
    mcpUrl,
    documents: Object.fromEntries(
      [
        ...atRoute,
        ...atIssuer,
        ...(metadataUrl === undefined || metadataUrl.endsWith("/404") ? [] : [[metadataUrl, document]]),
        ...(described && made.resourceDocument ? [[described.url, made.resourceDocument]] : []),
        [metadata, made.routeDocument],
        [
          "https://app.example/client.json",
          { client_id: "https://app.example/client.json", redirect_uris: ["https://app.example/cb"] },
        ],
      ].map(([url, body]) => [url, withoutUndefined(body as Json)]),
    ),
    challenges: { [mcpUrl]: made.challenge ? `Bearer resource_metadata="${metadata}"` : "Bearer" },
  };
}
