/** A value that the engine knows only after the apply: the id of a gateway that the same change makes, inside of a text. */
export interface Made {
  readonly madeFrom: string;
  readonly before: string;
}

type Value = string | boolean | number | readonly string[] | Readonly<Record<string, unknown>> | Made;
export type GatewayArguments = Readonly<Record<string, Value>>;

export interface Program {
  readonly gateways: Readonly<Record<string, GatewayArguments>>;
  readonly attachments: Readonly<Record<string, { serverId: string; gateway: string; publicId?: string }>>;
}

const gateway = (more: GatewayArguments = {}): GatewayArguments => ({
  name: "Support",
  providerType: "manual",
  authorizationServerUrl: "https://auth.petalpal.invalid",
  metadataCheck: "off",
  clientId: "support-mcp",
  scopes: ["openid", "profile"],
  ...more,
});
const resource = (name: string) => `https://${name}.petalpal.invalid`;
const entra = (tenant: string) => `https://login.microsoftonline.com/${tenant}/v2.0`;
const endpoints = (host: string) => ({
  authorizationEndpoint: "https://auth.petalpal.invalid/authorize",
  tokenEndpoint: `https://${host}/token`,
});

/** One row a gateway: its name in the program, what it was, what it becomes, and what the review must say of it. */
export const rows: readonly (readonly [
  string,
  GatewayArguments | undefined,
  GatewayArguments | undefined,
  readonly string[],
])[] = [
  ["untouched", gateway(), gateway(), []],
  ["described", gateway(), gateway({ description: "In other words" }), []],
  ["reordered", gateway(), gateway({ scopes: ["profile", "openid"] }), []],
  [
    "issuer_new",
    gateway(),
    gateway({ authorizationServerUrl: "https://login.other.example" }),
    ["authorization-server-new", "client-kept-for-new-issuer"],
  ],
  [
    "issuer_known",
    gateway(),
    gateway({ authorizationServerUrl: entra("8a5f0c1e-0000-4000-8000-000000000001"), clientId: "entra" }),
    ["authorization-server-changed", "client-changed"],
  ],
  [
    "slash",
    gateway(),
    gateway({ authorizationServerUrl: "https://auth.petalpal.invalid/" }),
    ["trailing-slash-changed"],
  ],
  [
    "tenant",
    gateway({ authorizationServerUrl: entra("8a5f0c1e-0000-4000-8000-000000000001") }),
    gateway({ authorizationServerUrl: entra("common") }),
    ["authorization-server-new", "client-kept-for-new-issuer", "tenant-common"],
  ],
  [
    "lookalike",
    gateway(),
    gateway({ authorizationServerUrl: "https://auth.petalpa1.invalid" }),
    ["authorization-server-new", "client-kept-for-new-issuer", "lookalike-host"],
  ],
  [
    "punycode",
    gateway(),
    gateway({ authorizationServerUrl: "https://login.xn--ptalpal-dya.example" }),
    ["authorization-server-new", "client-kept-for-new-issuer", "punycode-host"],
  ],
  ["provider_type", gateway(), gateway({ providerType: "auth0" }), ["provider-type-changed"]],
  ["client", gateway(), gateway({ clientId: "other" }), ["client-changed"]],
  ["audience", gateway({ resource: resource("a") }), gateway({ resource: resource("b") }), ["audience-changed"]],
  [
    "audience_slash",
    gateway({ resource: resource("c") }),
    gateway({ resource: `${resource("c")}/` }),
    ["trailing-slash-changed"],
  ],
  [
    "scopes",
    gateway(),
    gateway({ scopes: ["openid", "email", "orders:write", "api://x/.default"] }),
    ["scope-added", "scope-added-broad", "scope-added-write", "scope-removed"],
  ],
  ["metadata_added", gateway(), gateway({ metadataUrl: "https://auth.petalpal.invalid/meta" }), ["metadata-url-added"]],
  [
    "metadata_moved",
    gateway({ metadataUrl: "https://auth.petalpal.invalid/meta" }),
    gateway({ metadataUrl: "https://cdn.other.example/meta" }),
    ["metadata-url-moved"],
  ],
  [
    "metadata_removed",
    gateway({ metadataUrl: "https://auth.petalpal.invalid/meta" }),
    gateway(),
    ["metadata-url-removed"],
  ],
  ["discovery", gateway(), gateway(endpoints("auth.petalpal.invalid")), ["discovery-replaced"]],
  [
    "endpoint",
    gateway(endpoints("auth.petalpal.invalid")),
    gateway(endpoints("token.other.example")),
    ["endpoint-origin-moved"],
  ],
  [
    "registration",
    gateway(),
    gateway({ registrationEndpoint: "https://auth.petalpal.invalid/register" }),
    ["registration-opened"],
  ],
  ["origins", gateway(), gateway({ trustedOrigins: ["https://login.other.example"] }), ["trusted-origin-added"]],
  ["codes", gateway(), gateway({ findings: { "issuer-trailing-slash": "off" } }), ["finding-switched-off"]],
  ["check", gateway({ metadataCheck: "warn" }), gateway(), ["metadata-check-lowered"]],
  ["settings", gateway({ settings: { region: "eu" } }), gateway({ settings: { region: "us" } }), ["settings-changed"]],
  [
    "secret",
    gateway(),
    gateway({ settings: { clientSecret: "correct-horse-battery" } }),
    ["secret-in-plain", "settings-changed"],
  ],
  [
    "unknown",
    gateway(),
    gateway({ resource: { madeFrom: "twin", before: "https://api.petalpal.invalid/" } }),
    ["unknown-until-apply"],
  ],
  [
    "unknown_client",
    gateway(),
    gateway({ clientId: { madeFrom: "twin", before: "client-" } }),
    ["unknown-until-apply"],
  ],
  ["pair", gateway({ resource: resource("pair") }), gateway({ resource: resource("pair") }), []],
  [
    "twin",
    undefined,
    gateway({
      name: "Twin",
      resource: resource("pair"),
      authorizationServerUrl: entra("8a5f0c1e-0000-4000-8000-000000000001"),
    }),
    ["issuers-conflict", "metadata-check-lowered"],
  ],
  [
    "stranger",
    undefined,
    gateway({ authorizationServerUrl: "https://login.stranger.example" }),
    // It comes under the name of those that go.
    ["authorization-server-new", "metadata-check-lowered", "sign-in-moved"],
  ],
  ["unused", gateway(), undefined, ["gateway-deleted"]],
  ["used", gateway({ name: "Used" }), undefined, ["gateway-gone-attached"]],
];

/** Likewise for attachments. */
export const attachmentRows: readonly (readonly [
  string,
  Program["attachments"][string] | undefined,
  Program["attachments"][string] | undefined,
  readonly string[],
])[] = [
  [
    "stays",
    { serverId: "server-0001", gateway: "untouched", publicId: "gw_one" },
    { serverId: "server-0001", gateway: "untouched", publicId: "gw_one" },
    [],
  ],
  [
    "moves",
    { serverId: "server-0002", gateway: "untouched", publicId: "gw_two" },
    { serverId: "server-0002", gateway: "described", publicId: "gw_two" },
    ["attachment-moved"],
  ],
  [
    "rerouted",
    { serverId: "server-0003", gateway: "untouched", publicId: "gw_three" },
    { serverId: "server-0003", gateway: "untouched", publicId: "gw_drei" },
    ["public-id-changed"],
  ],
  ["leaves", { serverId: "server-0004", gateway: "untouched" }, undefined, ["server-without-gateway"]],
  ["orphaned", { serverId: "server-0005", gateway: "used" }, undefined, []],
  ["joins", undefined, { serverId: "server-0006", gateway: "untouched" }, ["gateway-attached"]],
  ["first", undefined, { serverId: "server-0007", gateway: "twin" }, []],
];

function programOf(side: 1 | 2): Program {
  const pick = <T>(
    table: readonly (readonly [string, T | undefined, T | undefined, readonly string[]])[],
  ): Record<string, T> =>
    Object.fromEntries(table.flatMap((row) => (row[side] === undefined ? [] : [[row[0], row[side] as T]])));
  return { gateways: pick(rows), attachments: pick(attachmentRows) };
}

export const base = programOf(1);
export const head = programOf(2);

/** What must be said, by the name of the resource. */
export const expected: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  [...rows, ...attachmentRows].map(([name, , , codes]) => [name, codes]),
);

export function isMade(value: unknown): value is Made {
  return typeof value === "object" && value !== null && "madeFrom" in value;
}
