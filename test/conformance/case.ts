import { startTableIssuer, type TableIssuer, type TableIssuerOptions } from "@mcpstack/local-api";
import type { Finding, FindingCode, GatewayProfile } from "@mcpstack/model";
import {
  discover,
  type ExchangeInput,
  type JudgeInput,
  judge,
  judgeExchange,
  judgePublicLeg,
  type MetadataReader,
  namedBy,
} from "@mcpstack/oauth-metadata";

/** What a case runs with. */
export interface Bench {
  readonly reader: MetadataReader;
  readonly tls: { readonly key: string; readonly cert: string };
  /** Closed after the case. */
  readonly opened: { close(): Promise<void> }[];
}

/** One conformance case; the name of its file says what must be found, or, after `no-`, what must not. */
export interface Case {
  /** Codes of warnings and errors that come along. */
  readonly beside?: readonly FindingCode[];
  run(bench: Bench): Promise<readonly Finding[]>;
}

/** An issuer and a resource in order, and a profile that fits them; a case says what is otherwise. */
export interface ProfileSituation {
  readonly issuer?: TableIssuerOptions;
  /** Where https matters. */
  readonly https?: true;
  readonly arrange?: (issuer: TableIssuer) => void;
  readonly profile?: (issuer: TableIssuer) => Partial<GatewayProfile>;
  /** The URLs that the program wrote. Default: the profile's. */
  readonly names?: (issuer: TableIssuer) => readonly string[];
  readonly judged?: (issuer: TableIssuer, profile: GatewayProfile) => Partial<JudgeInput>;
  readonly beside?: readonly FindingCode[];
}

/** A case about a Gateway profile and what is published for it. */
export function profileCase({
  issuer: options,
  https,
  arrange,
  profile,
  names,
  judged,
  beside = [],
}: ProfileSituation): Case {
  return {
    beside,
    async run({ reader, tls, opened }) {
      const issuer = await startTableIssuer({ ...(https ? { tls } : {}), ...options });
      opened.push(issuer);
      arrange?.(issuer);
      const written: GatewayProfile = {
        name: "Support",
        providerType: "manual",
        authorizationServerUrl: issuer.url,
        clientId: "support",
        resource: issuer.resource,
        scopes: ["openid", "offline_access"],
        ...profile?.(issuer),
      };
      const discovered = await discover(reader, written, { programUrls: names?.(issuer) ?? namedBy(written) });
      return judge({ profile: written, discovered, trustedOrigins: [], ...judged?.(issuer, written) });
    },
  };
}

export interface RouteSituation {
  readonly arrange?: (route: Route) => void;
  /** `plain`: over plain http, which is a finding. Default: over plain http, where that is not what the case is about. */
  readonly transport?: "plain" | "https";
  /** Where the issuer's metadata is. */
  readonly wellKnown?: TableIssuerOptions["wellKnown"];
  readonly beside?: readonly FindingCode[];
}

/** A public route in order, made of a table: its issuer is the route's own. */
export interface Route {
  readonly issuer: TableIssuer;
  readonly mcpPath: string;
  readonly metadataPath: string;
  /** The protected resource's metadata, at the address beside the MCP URL. */
  setResource(document: object): void;
}

/** A case about the public route of an attached server. */
export function routeCase({ arrange, transport, wellKnown, beside = [] }: RouteSituation): Case {
  return {
    beside,
    async run({ reader, tls, opened }) {
      const path = "/api/v1/gateway/gw_support";
      const [mcpPath, metadataPath] = [`${path}/mcp`, `${path}/.well-known/oauth-protected-resource`];
      const issuer = await startTableIssuer({
        ...(transport === "https" ? { tls } : {}),
        path,
        resourcePath: mcpPath,
        ...(wellKnown ? { wellKnown } : {}),
      });
      opened.push(issuer);
      issuer.remove(`/.well-known/oauth-protected-resource${mcpPath}`);
      const setResource = (body: object) => issuer.set(metadataPath, { body });
      setResource({ resource: issuer.resource, authorization_servers: [issuer.url] });
      const challenge = `Bearer resource_metadata="${issuer.origin}${metadataPath}"`;
      issuer.set(mcpPath, { status: 401, headers: { "www-authenticate": challenge } });
      arrange?.({ issuer, mcpPath, metadataPath, setResource });
      const findings = judgePublicLeg(await reader.publicLeg(issuer.resource, { programUrls: [issuer.resource] }));
      return transport === undefined ? findings.filter(({ code }) => code !== "public-insecure") : findings;
    },
  };
}

/** A case about servers and agents, which the API tells of; nothing is published about them. */
export function exchangeCase(input: ExchangeInput): Case {
  return { run: async () => judgeExchange(input) };
}

/** What an apply accepted of an issuer in order. */
export function acceptedOf(issuer: TableIssuer) {
  return {
    issuer: issuer.url,
    authorizationEndpoint: `${issuer.url}/authorize`,
    tokenEndpoint: `${issuer.url}/token`,
    registrationEndpoint: `${issuer.url}/register`,
    jwksUri: `${issuer.url}/jwks`,
    codeChallengeMethods: ["S256"],
    resource: issuer.resource,
  };
}

/** A tenant of Entra ID; its documents are served from the local issuer by their metadata URL. */
export const entraTenant = "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555";

export const server = { id: "srv_1", name: "Orders" };
export const agent = {
  id: "agt_1",
  name: "Helper",
  serverIds: ["srv_1"],
  allowedOrigins: ["https://app.example.com"],
};
export const tool = { name: "list_orders", enabled: true, requiredScopes: ["orders.read"] };
