import { startTableIssuer, type TableIssuer, type TableIssuerOptions } from "@mcpstack/local-api";
import {
  type Advice,
  type DocumentChange,
  type Finding,
  type FindingCode,
  type GatewayProfile,
  type ProfileChange,
  validateNewGateway,
} from "@mcpstack/model";
import {
  type Attached,
  acceptMetadata,
  discover,
  type JudgeInput,
  judge,
  judgePublicLeg,
  liveMetadata,
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

/** A situation that is judged, changed as a finding advises, and judged again. */
export interface Trial {
  judge(): Promise<readonly Finding[]>;
  /** Writes what was advised: into the profile, and applies it; or into the published document. */
  take(advice: Advice): Promise<void>;
}

/** One conformance case; the name of its file says what must be found, or, after `no-`, what must not. */
export interface Case {
  /** Codes of warnings and errors that come along. */
  readonly beside?: readonly FindingCode[];
  /** Does what the advice says in words alone, where it is no change of a profile or a document that the finding could name. */
  readonly mend?: (() => Promise<void> | void) | undefined;
  /** No check can see that it was done, as with a setting at the provider: the finding says so and is switched off then. */
  readonly unseen?: boolean | undefined;
  open(bench: Bench): Promise<Trial>;
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
  /** What the advice says in words alone, for whoever publishes. */
  readonly mend?: (issuer: TableIssuer) => void;
  /** The same for whoever writes the profile, and what the program then names. */
  readonly write?: (issuer: TableIssuer) => Partial<GatewayProfile>;
  readonly name?: (issuer: TableIssuer) => readonly string[];
  /** The same for whoever changes what the API tells of. */
  readonly told?: Partial<JudgeInput>;
  readonly unseen?: true;
}

/** A case about a Gateway profile and what is published for it. */
export function profileCase(situation: ProfileSituation): Case {
  const {
    issuer: options,
    https,
    arrange,
    profile,
    names,
    judged,
    beside = [],
    mend,
    write: rewrite,
    name,
    told,
    unseen,
  } = situation;
  let mended: (() => void) | undefined;
  return {
    beside,
    unseen,
    ...(mend || rewrite || name || told ? { mend: () => mended?.() } : {}),
    async open({ reader, tls, opened }) {
      const issuer = await startTableIssuer({ ...(https ? { tls } : {}), ...options });
      opened.push(issuer);
      arrange?.(issuer);
      const first: GatewayProfile = {
        name: "Support",
        providerType: "manual",
        authorizationServerUrl: issuer.url,
        clientId: "support",
        resource: issuer.resource,
        scopes: ["openid", "offline_access"],
        ...profile?.(issuer),
      };
      let named = names?.(issuer);
      let input: Omit<JudgeInput, "discovered"> = {
        profile: first,
        trustedOrigins: [],
        ...judged?.(issuer, first),
      };
      const read = (written: GatewayProfile) => {
        reader.restart();
        return discover(reader, written, { programUrls: named ?? namedBy(written) });
      };
      /** What an apply does: it writes the profile, takes away what stands beside it, and accepts what may be accepted. */
      const apply = async (written: GatewayProfile) => {
        const { accepted, choice = input.profile, formerly, trustedOrigins } = input;
        const live = liveMetadata(await read(written), written);
        const { metadata } = acceptMetadata({ accepted, choice, formerly, live, profile: written, trustedOrigins });
        input = {
          ...input,
          profile: written,
          ...(accepted ? { accepted: metadata ?? accepted, choice: written } : {}),
          setElsewhere: undefined,
          filled: undefined,
        };
      };
      const write = async (change: ProfileChange) => {
        const written = Object.fromEntries(
          Object.entries({ ...input.profile, ...change }).filter(([, value]) => value !== null),
        ) as unknown as GatewayProfile;
        expect(validateNewGateway({ ...written })).toEqual([]);
        await apply(written);
      };
      let waiting: Promise<void> = Promise.resolve();
      mended = () => {
        mend?.(issuer);
        named = name?.(issuer) ?? named;
        input = { ...input, ...told };
        waiting = apply({ ...input.profile, ...rewrite?.(issuer) });
      };
      return {
        async judge() {
          await waiting;
          return judge({ ...input, discovered: await read(input.profile) });
        },
        take: ({ profile: change, document }) => (document ? publish(issuer, document) : write(change ?? {})),
      };
    },
  };
}

/** A case about what hangs on a gateway of Entra ID. */
export function entraCase(situation: {
  readonly scopes: (api: string) => readonly string[];
  readonly servers: Attached["servers"];
  /** The servers once what the advice says in words alone was done. */
  readonly mend?: Attached["servers"];
}): Case {
  const clientId = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";
  const resource = `api://${clientId}`;
  const { scopes, servers, mend } = situation;
  return profileCase({
    arrange: (issuer) => issuer.setMetadata({ issuer: `${entraTenant}/v2.0` }),
    profile: (issuer) => ({
      authorizationServerUrl: `${entraTenant}/v2.0`,
      metadataUrl: `${issuer.url}/.well-known/openid-configuration`,
      clientId,
      resource,
      scopes: scopes(resource),
    }),
    judged: () => ({ attached: { servers } }),
    ...(mend ? { told: { attached: { servers: mend } } } : {}),
  });
}

/** A case about what hangs on a gateway of Cognito, whose scopes always have the identifier of their API before them. */
export function cognitoCase(situation: {
  readonly scopes: readonly string[];
  readonly servers: Attached["servers"];
}): Case {
  const { scopes, servers } = situation;
  return profileCase({
    arrange: (issuer) => issuer.setMetadata({ issuer: cognitoPool }),
    profile: (issuer) => ({
      authorizationServerUrl: cognitoPool,
      metadataUrl: `${issuer.url}/.well-known/openid-configuration`,
      resource: undefined,
      scopes,
    }),
    judged: () => ({ attached: { servers } }),
  });
}

/** Has the document at an address be what its owner is asked to publish. */
async function publish(issuer: TableIssuer, { at, fields }: DocumentChange): Promise<void> {
  const changes = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, value === null ? undefined : value]),
  );
  const { pathname } = new URL(at);
  if (!at.includes("protected-resource") && at.includes("/.well-known/")) {
    issuer.setMetadata(changes);
    // What was no document has nothing to keep.
    if (issuer.body(pathname) === undefined || Array.isArray(issuer.body(pathname)))
      issuer.set(pathname, { body: issuer.metadata() });
    return;
  }
  const before = issuer.body(pathname) ?? {};
  issuer.set(pathname, {
    body: Object.fromEntries(Object.entries({ ...before, ...changes }).filter(([, v]) => v !== undefined)),
  });
}

export interface RouteSituation {
  readonly arrange?: (route: Route) => void;
  /** `plain`: over plain http, which is a finding. Default: over plain http, where that is not what the case is about. */
  readonly transport?: "plain" | "https";
  /** Where the issuer's metadata is. */
  readonly wellKnown?: TableIssuerOptions["wellKnown"];
  readonly beside?: readonly FindingCode[];
  /** The server's path. Default: a gateway's, whose documents are beside it. */
  readonly path?: string;
  /** What the advice says in words alone. `https`: the same over https. `unseen`: no check can see it. */
  readonly mend?: ((route: Route) => void) | "https" | "unseen";
}

export interface Route {
  readonly issuer: TableIssuer;
  readonly mcpPath: string;
  readonly metadataPath: string;
  /** Publishes the document at the address beside the MCP URL. */
  setResource(document: object): void;
}

/** A case about the public route of an attached server, or about any MCP server. */
export function routeCase(situation: RouteSituation): Case {
  const { transport, beside = [], mend } = situation;
  let mended: (() => Promise<void>) | undefined;
  return {
    beside,
    unseen: mend === "unseen",
    ...(mend === undefined ? {} : { mend: () => mended?.() }),
    async open(bench) {
      const { reader } = bench;
      let route = await startRoute(situation, transport === "https", bench);
      mended = async () => {
        if (mend === "https") route = await startRoute(situation, true, bench);
        else if (typeof mend === "function") mend(route);
      };
      return {
        async judge() {
          reader.restart();
          const { resource } = route.issuer;
          const findings = judgePublicLeg(await reader.publicLeg(resource, { programUrls: [resource] }));
          return transport === undefined ? findings.filter(({ code }) => code !== "public-insecure") : findings;
        },
        async take({ document }) {
          if (document) await publish(route.issuer, document);
        },
      };
    },
  };
}

async function startRoute(
  { arrange, path: given, wellKnown }: RouteSituation,
  secure: boolean,
  { tls, opened }: Bench,
): Promise<Route> {
  const path = given === undefined ? "/api/v1/gateway/gw_support" : "";
  const mcpPath = given ?? `${path}/mcp`;
  const metadataPath =
    given === undefined
      ? `${path}/.well-known/oauth-protected-resource`
      : `/.well-known/oauth-protected-resource${given}`;
  const issuer = await startTableIssuer({
    ...(secure ? { tls } : {}),
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
  const route = { issuer, mcpPath, metadataPath, setResource };
  arrange?.(route);
  return route;
}

/** What hangs on a gateway, and the scopes of its profile. */
export type AttachedSituation = Attached & Pick<GatewayProfile, "scopes">;

/** A case about servers and agents, which the API tells of; nothing is published about them. */
export function attachedCase(
  first: AttachedSituation,
  mend?: ((situation: AttachedSituation) => AttachedSituation) | "unseen",
): Case {
  let situation = first;
  return {
    unseen: mend === "unseen",
    ...(typeof mend !== "function"
      ? {}
      : {
          mend: () => {
            situation = mend(situation);
          },
        }),
    async open() {
      situation = first;
      return {
        async judge() {
          const { scopes, ...attached } = situation;
          const profile = {
            name: "Support",
            providerType: "manual",
            authorizationServerUrl: "https://id.example.com",
            scopes,
          };
          return judge({ profile, attached, trustedOrigins: [] });
        },
        async take({ profile }) {
          const scopes = profile?.scopes ?? undefined;
          situation = { ...situation, scopes: typeof scopes === "string" ? [scopes] : scopes };
        },
      };
    },
  };
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

const cognitoPool = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Petals";

export const server = { id: "srv_1", name: "Orders" };
export const agent = {
  id: "agt_1",
  name: "Helper",
  serverIds: ["srv_1"],
  allowedOrigins: ["https://app.example.com"],
};
export const tool = { name: "list_orders", enabled: true, requiredScopes: ["orders.read"] };
