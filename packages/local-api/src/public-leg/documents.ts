import type { RouteAddresses } from "../routes/route-addresses";
import type { StoredGateway } from "../store/records";
import type { PublicLegFlaw } from "./flaws";

type Document = Record<string, unknown>;
type Flaws = ReadonlySet<PublicLegFlaw>;

/** RFC 9728 §2. */
export function protectedResourceMetadata(route: RouteAddresses, gateway: StoredGateway, flaws: Flaws): Document {
  let resource = route.mcpUrl;
  if (flaws.has("wrong-resource")) resource = "https://other.example.com/mcp";
  if (flaws.has("resource-slash")) resource = `${route.mcpUrl}/`;
  return {
    resource,
    ...(flaws.has("no-authorization-servers") ? {} : { authorization_servers: [route.issuer] }),
    scopes_supported: gateway.scopes ?? [],
    bearer_methods_supported: ["header"],
  };
}

/** RFC 8414 §2, and what OpenID Connect Discovery §3 adds. */
export function authorizationServerMetadata(route: RouteAddresses, gateway: StoredGateway, flaws: Flaws): Document {
  let { issuer } = route;
  if (flaws.has("wrong-issuer")) issuer = "https://other.example.com";
  if (flaws.has("issuer-slash")) issuer = `${route.issuer}/`;
  return {
    issuer,
    ...(flaws.has("no-endpoints")
      ? {}
      : { authorization_endpoint: `${route.issuer}/authorize`, token_endpoint: `${route.issuer}/token` }),
    ...(flaws.has("no-registration") ? {} : { registration_endpoint: `${route.issuer}/register` }),
    jwks_uri: `${route.issuer}/.well-known/jwks.json`,
    scopes_supported: gateway.scopes ?? [],
    response_types_supported: ["code"],
    grant_types_supported: ["authorization_code", "refresh_token"],
    token_endpoint_auth_methods_supported: ["none"],
    ...(flaws.has("no-pkce") ? {} : { code_challenge_methods_supported: [flaws.has("no-s256") ? "plain" : "S256"] }),
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["ES256"],
  };
}

/** RFC 9728 §5.1: undefined where there is no challenge at all. */
export function challenge(route: RouteAddresses, flaws: Flaws): string | undefined {
  if (flaws.has("no-challenge")) return undefined;
  if (flaws.has("challenge-without-metadata")) return "Bearer";
  const named = flaws.has("challenge-names-other-metadata")
    ? "https://other.example.com/.well-known/oauth-protected-resource"
    : route.protectedResourceMetadataUrl;
  return `Bearer resource_metadata="${named}"`;
}
