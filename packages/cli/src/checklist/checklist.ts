import { type Finding, type FindingEntry, findingEntry, type GatewayProfile, originOf } from "@mcpstack/model";
import { coverage, type Discovered, isBroadScope, judge, type ServerFacts, serverFor } from "@mcpstack/oauth-metadata";

/** `confirmed` and `contradicted` by what is published; `open` is for the provider's console. */
export type Standing = "confirmed" | "contradicted" | "open";

export interface ChecklistEntry {
  /** The exact text to register or compare; absent for a setting without one. */
  readonly value?: string | undefined;
  readonly standing: Standing;
  /** Why it stands so, or what it is for; a sentence. */
  readonly note?: string | undefined;
}

export interface ChecklistItem {
  readonly title: string;
  /** What to do with the entries, as an instruction. */
  readonly instruction: string;
  readonly optional?: true;
  readonly entries: readonly ChecklistEntry[];
}

export interface Checklist {
  readonly gateway: { readonly id: string; readonly name?: string | undefined };
  readonly servers: readonly string[];
  readonly items: readonly ChecklistItem[];
  /** What the published metadata says against the profile. */
  readonly findings: readonly Pick<Finding, "code" | "severity" | "summary" | "fix">[];
}

export interface ChecklistInput {
  readonly id: string;
  readonly profile: GatewayProfile;
  readonly servers: readonly ServerFacts[];
  /** Undefined where nothing was read. */
  readonly discovered?: Discovered | undefined;
}

/** Fills the provider checklist of the help page in. Pure. */
export function checklistOf(input: ChecklistInput): Checklist {
  const { id, profile, servers, discovered } = input;
  const callbackUrls = callbacksOf(servers).map(({ url }) => url);
  const found = judge({ profile, discovered, trustedOrigins: [], callbackUrls, attached: { servers } });
  return {
    gateway: { id, name: profile.name },
    servers: servers.map(({ id: server, name }) => name ?? server),
    items: [
      issuer(input),
      applicationType(input),
      client(input),
      callback(input),
      logout(),
      origin(input),
      scopes(input),
      audience(input),
    ],
    findings: found
      .filter(({ severity }) => severity !== "info")
      .map(({ code, severity, summary, fix }) => ({ code, severity, summary, fix })),
  };
}

function issuer({ profile, discovered }: ChecklistInput): ChecklistItem {
  const server = discovered && serverFor(discovered, profile);
  const published = server?.document?.issuer;
  const entry: ChecklistEntry =
    published === undefined
      ? {
          value: profile.authorizationServerUrl,
          standing: "open",
          note: discovered && "Its metadata could not be read.",
        }
      : published === profile.authorizationServerUrl
        ? { value: published, standing: "confirmed", note: `Published at ${server?.url}.` }
        : {
            value: published,
            standing: "contradicted",
            note: `That is the published issuer; the gateway has ${profile.authorizationServerUrl}.`,
          };
  return {
    title: "Authorization server",
    instruction: "The issuer, character by character as the provider publishes it.",
    entries: [entry],
  };
}

function applicationType({ profile, discovered }: ChecklistInput): ChecklistItem {
  const document = discovered && serverFor(discovered, profile).document;
  const pkce = document?.code_challenge_methods_supported;
  const flow = document?.response_types_supported;
  return {
    title: "Application type",
    instruction: "Register the gateway as a web application that uses the authorization code flow with PKCE.",
    entries: [
      { value: "Web application", standing: "open" },
      {
        value: "authorization code flow",
        standing: flow === undefined ? "open" : flow.includes("code") ? "confirmed" : "contradicted",
        note: flow && `The provider lists the response types ${flow.join(", ")}.`,
      },
      {
        value: "PKCE with S256",
        standing: pkce === undefined ? "open" : pkce.includes("S256") ? "confirmed" : "contradicted",
        note: pkce
          ? `The provider lists ${pkce.join(", ")}.`
          : document && "The provider does not list its methods; several take S256 all the same.",
      },
    ],
  };
}

function client({ profile, discovered }: ChecklistInput): ChecklistItem {
  const { clientId } = profile;
  const published = discovered && serverFor(discovered, profile).document;
  const registration = profile.registrationEndpoint ?? published?.registration_endpoint;
  if (clientId === undefined) {
    return {
      title: "Client id",
      instruction: "The gateway has none: it registers itself (RFC 7591), which the provider must allow.",
      entries: [
        registration === undefined
          ? {
              standing: published ? "contradicted" : "open",
              note: "No registration endpoint is known. Register a client, and give the gateway its id.",
            }
          : { value: registration, standing: "confirmed", note: "The registration endpoint." },
      ],
    };
  }
  const document = discovered?.clientIdDocument;
  return {
    title: "Client id",
    instruction: "The client that is registered for the gateway.",
    entries: [
      {
        value: clientId,
        standing: document === undefined ? "open" : document.kind === "found" ? "confirmed" : "contradicted",
        note:
          document &&
          (document.kind === "found" ? "Its metadata document is there." : "No metadata document is there."),
      },
    ],
  };
}

function callback({ servers, discovered }: ChecklistInput): ChecklistItem {
  const registered = discovered?.clientIdDocument?.document?.redirect_uris;
  return {
    title: "Allowed callback URLs",
    instruction: "Register each exactly as it stands here. A slash more or less is another URL.",
    entries: callbacksOf(servers).map(({ url, server, derived }) => ({
      value: url,
      standing: registered === undefined ? "open" : registered.includes(url) ? "confirmed" : "contradicted",
      note: `Of the server ${server}.${derived ? " Derived from its public id: the service names none." : ""}`,
    })),
  };
}

function callbacksOf(servers: readonly ServerFacts[]) {
  return servers.flatMap(({ id, name, callbackUrl, derivedCallbackUrl }) => {
    const url = callbackUrl ?? derivedCallbackUrl;
    return url === undefined ? [] : [{ url, server: name ?? id, derived: callbackUrl === undefined }];
  });
}

function logout(): ChecklistItem {
  return {
    title: "Allowed logout URL",
    instruction: "Not needed by the gateway; leave it as your rules for applications say.",
    optional: true,
    entries: [],
  };
}

function origin({ servers }: ChecklistInput): ChecklistItem {
  const origins = [...new Set(callbacksOf(servers).flatMap(({ url }) => originOf(url) ?? []))].sort();
  return {
    title: "Allowed origin",
    instruction: "Only where the provider asks for one.",
    optional: true,
    entries: origins.map((value) => ({ value, standing: "open" })),
  };
}

function scopes({ profile, servers, discovered }: ChecklistInput): ChecklistItem {
  const supported = discovered && serverFor(discovered, profile).document?.scopes_supported;
  const covers = coverage(profile);
  return {
    title: "Scopes",
    instruction: "Allow these for the client and no more: as few as the enabled tools need.",
    entries: [...new Set(profile.scopes ?? [])].sort().map((scope) => {
      const tools = servers.flatMap((server) =>
        (server.tools ?? [])
          .filter((tool) => tool.enabled !== false && tool.requiredScopes?.some((one) => covers(scope, one)))
          .map(({ name }) => name),
      );
      const notes = [
        ...(tools.length > 0
          ? [
              `Needed by ${tools.slice(0, 5).join(", ")}${tools.length > 5 ? ` and ${tools.length - 5} more tools` : ""}.`,
            ]
          : []),
        ...(isBroadScope(scope)
          ? ["It grants much: allow it only if the upstream API enforces the user's own rights."]
          : []),
        ...(supported && !supported.includes(scope) ? ["The provider does not list it, which is allowed."] : []),
      ];
      return {
        value: scope,
        standing: supported?.includes(scope) ? ("confirmed" as const) : ("open" as const),
        note: notes.length > 0 ? notes.join(" ") : undefined,
      };
    }),
  };
}

function audience({ profile, discovered }: ChecklistInput): ChecklistItem {
  const { resource } = profile;
  const published = discovered?.protectedResource?.document?.resource;
  if (resource === undefined) {
    return {
      title: "Audience (resource)",
      instruction: "The gateway asks for none: tokens must be for the upstream API by the provider's default.",
      entries: [],
    };
  }
  return {
    title: "Audience (resource)",
    instruction: "Tokens for this client must carry the upstream API's identifier as their audience.",
    entries: [
      {
        value: resource,
        standing: published === undefined ? "open" : published === resource ? "confirmed" : "contradicted",
        note:
          published === undefined || published === resource
            ? undefined
            : `The API publishes ${published} about itself.`,
      },
    ],
  };
}

/** The title of a finding's page. */
export function titleOf(code: string): string {
  const entry: FindingEntry | undefined = findingEntry(code);
  return entry?.title ?? code;
}
