import type { Policy } from "../policy/schema";
import { type FrontEnd, frontEnds, reviewScenario } from "../testing/review-scenario";
import {
  type AttachmentValues,
  type GatewayValues,
  type Program,
  type Scenario,
  supportGateway,
  UNKNOWN,
} from "../testing/scenario";
import { catalogue, type ReviewCode } from "./catalogue";

const server: AttachmentValues = { serverId: "petalpal-api", gateway: "support", publicId: "gw_petalpal-api" };
const attached: Program = { gateways: { support: supportGateway }, attachments: { api: server } };

/** The support gateway with some fields changed. */
function edit(from: GatewayValues, to: GatewayValues): Scenario {
  return {
    before: { ...attached, gateways: { support: { ...supportGateway, ...from } } },
    after: { ...attached, gateways: { support: { ...supportGateway, ...to } } },
  };
}

const to = (changed: GatewayValues) => edit({}, changed);
const entra = (tenant: string) => `https://login.microsoftonline.com/${tenant}/v2.0`;
const tenant = "11111111-2222-3333-4444-555555555555";
const billing = { ...supportGateway, name: "Billing Gateway", resource: "https://billing.petalpal.com" };
const two: Program = { gateways: { support: supportGateway, billing }, attachments: { api: server } };

const partner = { ...billing, authorizationServerUrl: "https://login.partner.example/" };

/** The server at a new gateway beside the old one. */
function movedTo(changed: GatewayValues): Program {
  return {
    gateways: { support: supportGateway, other: { ...billing, ...changed } },
    attachments: { api: { ...server, gateway: "other" } },
  };
}

interface Case {
  readonly code: ReviewCode;
  readonly severity: "error" | "warn" | "info";
  readonly scenario: Scenario;
  readonly before?: string;
  readonly after?: string;
  /** Where not every front end can tell it. */
  readonly only?: readonly FrontEnd[];
}

const stateful = ["terraform", "pulumi", "pulumi events"] as const;

const cases: readonly (readonly [string, Case])[] = [
  [
    "an issuer that nobody used before",
    {
      code: "authorization-server-new",
      severity: "error",
      scenario: to({ authorizationServerUrl: "https://login.other.example/" }),
      before: "https://petalpal.eu.auth0.com/",
      after: "https://login.other.example/",
    },
  ],
  [
    "a new gateway with a new issuer",
    {
      code: "authorization-server-new",
      severity: "warn",
      scenario: { before: {}, after: { gateways: { support: supportGateway } } },
      after: "https://petalpal.eu.auth0.com/",
    },
  ],
  [
    "an issuer that another gateway uses",
    {
      code: "authorization-server-changed",
      severity: "error",
      scenario: {
        before: {
          gateways: {
            support: supportGateway,
            other: { ...billing, authorizationServerUrl: "https://login.petalpal.com" },
          },
        },
        after: {
          gateways: {
            support: { ...supportGateway, authorizationServerUrl: "https://login.petalpal.com" },
            other: { ...billing, authorizationServerUrl: "https://login.petalpal.com" },
          },
        },
      },
    },
  ],
  [
    "an issuer that is spelled otherwise",
    {
      code: "issuer-respelled",
      severity: "warn",
      scenario: to({ authorizationServerUrl: "https://PETALPAL.eu.auth0.com:443/" }),
      before: "https://petalpal.eu.auth0.com/",
      after: "https://PETALPAL.eu.auth0.com:443/",
    },
  ],
  [
    "an issuer without its slash",
    {
      code: "trailing-slash-changed",
      severity: "warn",
      scenario: to({ authorizationServerUrl: "https://petalpal.eu.auth0.com" }),
    },
  ],
  [
    "a resource with a slash",
    { code: "trailing-slash-changed", severity: "warn", scenario: to({ resource: "https://api.petalpal.com/" }) },
  ],
  [
    "a tenant that becomes common",
    {
      code: "tenant-common",
      severity: "error",
      scenario: edit({ authorizationServerUrl: entra(tenant) }, { authorizationServerUrl: entra("common") }),
    },
  ],
  [
    "another provider type",
    {
      code: "provider-type-changed",
      severity: "warn",
      scenario: to({ providerType: "entra" }),
      before: "auth0",
      after: "entra",
    },
  ],
  ["another client", { code: "client-changed", severity: "warn", scenario: to({ clientId: "other-client" }) }],
  [
    "a new issuer with the old client",
    {
      code: "client-kept-for-new-issuer",
      severity: "warn",
      scenario: to({ authorizationServerUrl: "https://login.other.example/" }),
    },
  ],
  [
    "another resource",
    { code: "audience-changed", severity: "warn", scenario: to({ resource: "https://api.other.example" }) },
  ],
  [
    "a resource that is left out",
    {
      code: "audience-changed",
      severity: "warn",
      scenario: to({ resource: undefined }),
      before: "https://api.petalpal.com",
    },
  ],
  [
    "a further scope",
    {
      code: "scope-added",
      severity: "info",
      scenario: to({ scopes: ["email", ...supportGateway.scopes] }),
      after: "email",
    },
  ],
  [
    "a write scope",
    {
      code: "scope-added-write",
      severity: "warn",
      scenario: to({ scopes: [...supportGateway.scopes, "orders:write"] }),
      after: "orders:write",
    },
  ],
  [
    "a broad scope",
    {
      code: "scope-added-broad",
      severity: "warn",
      scenario: to({ scopes: [...supportGateway.scopes, "api://x/.default"] }),
      after: "api://x/.default",
    },
  ],
  [
    "a new gateway with a write scope",
    {
      code: "scope-added-write",
      severity: "warn",
      scenario: { before: {}, after: { gateways: { support: { ...supportGateway, scopes: ["orders:write"] } } } },
    },
  ],
  [
    "one scope less",
    { code: "scope-removed", severity: "info", scenario: to({ scopes: ["openid", "profile"] }), before: "orders:read" },
  ],
  [
    "a metadata URL",
    { code: "metadata-url-added", severity: "warn", scenario: to({ metadataUrl: "https://petalpal.eu.auth0.com/x" }) },
  ],
  [
    "another metadata URL",
    {
      code: "metadata-url-moved",
      severity: "warn",
      scenario: edit(
        { metadataUrl: "https://petalpal.eu.auth0.com/x" },
        { metadataUrl: "https://petalpal.eu.auth0.com/y" },
      ),
    },
  ],
  [
    "a metadata URL on another origin",
    {
      code: "metadata-url-moved",
      severity: "error",
      scenario: edit(
        { metadataUrl: "https://petalpal.eu.auth0.com/x" },
        { metadataUrl: "https://cdn.other.example/x" },
      ),
    },
  ],
  [
    "a metadata URL that is left out",
    {
      code: "metadata-url-removed",
      severity: "info",
      scenario: edit({ metadataUrl: "https://petalpal.eu.auth0.com/x" }, {}),
    },
  ],
  [
    "a token endpoint on another origin",
    {
      code: "endpoint-origin-moved",
      severity: "error",
      scenario: edit(
        { authorizationEndpoint: "https://a.petalpal.com/a", tokenEndpoint: "https://a.petalpal.com/t" },
        { authorizationEndpoint: "https://a.petalpal.com/a", tokenEndpoint: "https://b.other.example/t" },
      ),
    },
  ],
  ...(
    [
      ["a Keycloak realm", "https://sso.petalpal.com/realms/prod/auth", "https://sso.petalpal.com/realms/evil/auth"],
      ["a user flow", "https://p.b2clogin.com/p/B2C_1_in/authorize", "https://p.b2clogin.com/p/B2C_1_evil/authorize"],
      ["a project", "https://id.googleapis.com/v1/projects/a", "https://id.googleapis.com/v1/projects/evil"],
      ["a parameter", "https://sso.petalpal.com/authorize?p=prod", "https://sso.petalpal.com/authorize?p=evil"],
    ] as const
  ).flatMap(([what, was, will]) =>
    (["authorizationEndpoint", "tokenEndpoint", "registrationEndpoint"] as const).map((field): [string, Case] => {
      const both = { authorizationEndpoint: was, tokenEndpoint: was, registrationEndpoint: was };
      return [
        `another ${what.replace(/^an? /, "")} of the same origin in ${field}`,
        {
          code: "endpoint-moved",
          severity: "warn",
          scenario: edit(both, { ...both, [field]: will }),
          before: was,
          after: will,
        },
      ];
    }),
  ),
  [
    "a file of certificate authorities that is called as before",
    {
      code: "ca-file-not-compared",
      severity: "info",
      scenario: {
        before: { ...attached, provider: { caFile: "ca.pem" } },
        after: { ...attached, provider: { caFile: "ca.pem" } },
      },
      after: "ca.pem",
    },
  ],
  [
    "explicit endpoints",
    {
      code: "discovery-replaced",
      severity: "warn",
      scenario: to({ authorizationEndpoint: "https://a.petalpal.com/a", tokenEndpoint: "https://a.petalpal.com/t" }),
    },
  ],
  [
    "a registration endpoint",
    {
      code: "registration-opened",
      severity: "warn",
      scenario: to({ registrationEndpoint: "https://petalpal.eu.auth0.com/oidc/register" }),
    },
  ],
  [
    "plain http",
    { code: "https-lost", severity: "error", scenario: to({ metadataUrl: "http://petalpal.eu.auth0.com/x" }) },
  ],
  [
    "user information in a URL",
    {
      code: "url-user-info",
      severity: "error",
      scenario: to({ authorizationServerUrl: "https://petalpal.eu.auth0.com:pw@evil.example/" }),
      after: "https://***@evil.example/",
    },
  ],
  [
    "a host that differs by a letter",
    {
      code: "lookalike-host",
      severity: "error",
      scenario: to({ authorizationServerUrl: "https://petalpa1.eu.auth0.com/" }),
    },
  ],
  [
    "a known host below another domain",
    {
      code: "lookalike-host",
      severity: "error",
      scenario: to({ authorizationServerUrl: "https://petalpal.eu.auth0.com.evil.example/" }),
    },
  ],
  [
    "a host in punycode",
    { code: "punycode-host", severity: "warn", scenario: to({ authorizationServerUrl: "https://pеtalpal.example/" }) },
  ],
  [
    "an issuer that the metadata names anew",
    {
      code: "issuer-accepted",
      severity: "error",
      only: stateful,
      scenario: edit(
        { metadata: { issuer: "https://petalpal.eu.auth0.com/" } },
        { metadata: { issuer: "https://petalpal.eu.auth0.com/v2" } },
      ),
    },
  ],
  [
    "a published token endpoint on another origin",
    {
      code: "accepted-origin-moved",
      severity: "error",
      only: stateful,
      scenario: edit(
        { metadata: { tokenEndpoint: "https://petalpal.eu.auth0.com/t" } },
        { metadata: { tokenEndpoint: "https://token.other.example/t" } },
      ),
    },
  ],
  [
    "a published key set at another path",
    {
      code: "accepted-metadata-changed",
      severity: "info",
      only: stateful,
      scenario: edit(
        { metadata: { jwksUri: "https://petalpal.eu.auth0.com/k" } },
        { metadata: { jwksUri: "https://petalpal.eu.auth0.com/k2" } },
      ),
    },
  ],
  [
    "S256 that is gone",
    {
      code: "pkce-lost",
      severity: "warn",
      only: stateful,
      scenario: edit(
        { metadata: { issuer: "x", codeChallengeMethods: ["S256"] } },
        { metadata: { issuer: "x", codeChallengeMethods: ["plain"] } },
      ),
    },
  ],
  [
    "a deleted gateway with a server",
    {
      code: "gateway-gone-attached",
      severity: "error",
      scenario: { before: two, after: { gateways: { billing } } },
      before: "petalpal-api",
    },
  ],
  [
    "a deleted gateway without servers",
    { code: "gateway-deleted", severity: "info", scenario: { before: two, after: attached } },
  ],
  [
    "a further server",
    {
      code: "gateway-attached",
      severity: "info",
      scenario: {
        before: attached,
        after: { ...attached, attachments: { api: server, shop: { serverId: "shop", gateway: "support" } } },
      },
      after: "shop",
    },
  ],
  [
    "another public id",
    {
      code: "public-id-changed",
      severity: "warn",
      scenario: { before: attached, after: { ...attached, attachments: { api: { ...server, publicId: "gw_new" } } } },
      before: "gw_petalpal-api",
      after: "gw_new",
    },
  ],
  [
    "a server that moves",
    {
      code: "attachment-moved",
      severity: "warn",
      scenario: { before: two, after: { ...two, attachments: { api: { ...server, gateway: "billing" } } } },
      before: "Support Gateway",
      after: "Billing Gateway",
    },
  ],
  [
    "a server that moves by a new attachment",
    {
      code: "attachment-moved",
      severity: "warn",
      scenario: { before: two, after: { ...two, attachments: { renamed: { ...server, gateway: "billing" } } } },
    },
  ],
  [
    "a server without a gateway",
    {
      code: "server-without-gateway",
      severity: "error",
      scenario: { before: attached, after: { gateways: attached.gateways ?? {} } },
      before: "Support Gateway",
    },
  ],
  [
    "an attachment that names another server",
    {
      code: "server-without-gateway",
      severity: "error",
      scenario: { before: attached, after: { ...attached, attachments: { api: { ...server, serverId: "shop" } } } },
    },
  ],
  [
    "two issuers for one resource",
    {
      code: "issuers-conflict",
      severity: "warn",
      scenario: {
        before: attached,
        after: {
          ...attached,
          gateways: {
            support: supportGateway,
            twin: { ...supportGateway, name: "Twin", authorizationServerUrl: "https://login.petalpal.com" },
          },
        },
      },
    },
  ],
  [
    "a lower metadata check",
    {
      code: "metadata-check-lowered",
      severity: "warn",
      scenario: edit({ metadataCheck: "error" }, { metadataCheck: "off" }),
      before: "error",
      after: "off",
    },
  ],
  [
    "a metadata check that is switched off",
    { code: "metadata-check-lowered", severity: "warn", scenario: to({ metadataCheck: "off" }) },
  ],
  [
    "a provider's lower metadata check",
    {
      code: "metadata-check-lowered",
      severity: "warn",
      scenario: {
        before: { ...attached, provider: { metadataCheck: "error" } },
        after: { ...attached, provider: { metadataCheck: "warn" } },
      },
    },
  ],
  [
    "a finding that is switched off",
    {
      code: "finding-switched-off",
      severity: "warn",
      scenario: to({ findings: { "issuer-mismatch": "off" } }),
      after: "issuer-mismatch: off",
    },
  ],
  [
    "a trusted origin",
    {
      code: "trusted-origin-added",
      severity: "warn",
      scenario: to({ trustedOrigins: ["https://login.other.example"] }),
    },
  ],
  [
    "a provider's trusted origin",
    {
      code: "trusted-origin-added",
      severity: "warn",
      scenario: {
        before: { ...attached, provider: { organization: "o" } },
        after: { ...attached, provider: { organization: "o", trustedOrigins: ["https://x.example"] } },
      },
    },
  ],
  [
    "a file of authorities",
    {
      code: "ca-file-added",
      severity: "warn",
      scenario: {
        before: { ...attached, provider: { organization: "o" } },
        after: { ...attached, provider: { organization: "o", caFile: "./ca.pem" } },
      },
    },
  ],
  [
    "insecure metadata",
    {
      code: "insecure-metadata-allowed",
      severity: "error",
      scenario: {
        before: { ...attached, provider: { organization: "o" } },
        after: { ...attached, provider: { organization: "o", allowInsecureMetadata: true } },
      },
    },
  ],
  [
    "another organization",
    {
      code: "organization-changed",
      severity: "error",
      scenario: {
        before: { ...attached, provider: { organization: "a" } },
        after: { ...attached, provider: { organization: "b" } },
      },
    },
  ],
  [
    "another API",
    {
      code: "api-changed",
      severity: "error",
      scenario: {
        before: { ...attached, provider: { apiUrl: "https://api.mcpstack.com" } },
        after: { ...attached, provider: { apiUrl: "https://api.other.example" } },
      },
    },
  ],
  [
    "an API over http",
    {
      code: "api-insecure",
      severity: "error",
      scenario: { before: attached, after: { ...attached, provider: { apiUrl: "http://api.petalpal.com" } } },
    },
  ],
  [
    "an issuer that is not known",
    { code: "cannot-be-reviewed", severity: "error", scenario: to({ authorizationServerUrl: UNKNOWN }) },
  ],
  [
    "an issuer of a new gateway that is not known",
    {
      code: "unknown-until-apply",
      severity: "warn",
      scenario: {
        before: {},
        after: { gateways: { support: { ...supportGateway, authorizationServerUrl: UNKNOWN } } },
      },
    },
  ],
  [
    "a resource that is not known",
    { code: "unknown-until-apply", severity: "warn", scenario: to({ resource: UNKNOWN }) },
  ],
  [
    "a server that moves to a new gateway with an issuer of its own",
    {
      code: "sign-in-moved",
      severity: "error",
      scenario: { before: attached, after: movedTo({ authorizationServerUrl: "https://login.other.example/" }) },
      before: "https://petalpal.eu.auth0.com/",
      after: "https://login.other.example/",
    },
  ],
  [
    "a server that moves to an issuer which only another server used",
    {
      code: "sign-in-moved",
      severity: "error",
      scenario: {
        before: { ...attached, gateways: { support: supportGateway, partner } },
        after: {
          gateways: { support: supportGateway, partner },
          attachments: { api: { ...server, gateway: "partner" } },
        },
      },
    },
  ],
  [
    "a server that moves to a new gateway with the same issuer and another token endpoint",
    {
      code: "sign-in-moved",
      severity: "error",
      scenario: {
        before: attached,
        after: movedTo({
          authorizationEndpoint: "https://petalpal.eu.auth0.com/authorize",
          tokenEndpoint: "https://token.other.example/t",
        }),
      },
      after: "https://token.other.example/t",
    },
  ],
  [
    "a server that moves to a new gateway whose issuer is not known",
    {
      code: "cannot-be-reviewed",
      severity: "error",
      scenario: { before: attached, after: movedTo({ authorizationServerUrl: UNKNOWN }) },
    },
  ],
  [
    "a server that moves to a gateway from outside",
    {
      code: "cannot-be-reviewed",
      severity: "error",
      scenario: {
        before: attached,
        after: { ...attached, attachments: { api: { ...server, gateway: "gw_outside" } } },
      },
    },
  ],
  [
    "a server that moves by another attachment to a gateway from outside",
    {
      code: "cannot-be-reviewed",
      severity: "error",
      scenario: {
        before: attached,
        after: { ...attached, attachments: { other: { ...server, gateway: "gw_outside" } } },
      },
    },
  ],
  [
    "a gateway that comes under the name of one that goes, with another issuer",
    {
      code: "sign-in-moved",
      severity: "error",
      scenario: {
        before: { gateways: { support: supportGateway } },
        after: {
          gateways: { again: { ...supportGateway, authorizationServerUrl: "https://login.other.example/" } },
        },
      },
    },
  ],
  [
    "a new gateway with a known issuer and a token endpoint elsewhere",
    {
      code: "endpoint-foreign",
      severity: "warn",
      scenario: {
        before: attached,
        after: {
          ...attached,
          gateways: {
            support: supportGateway,
            other: {
              ...billing,
              authorizationEndpoint: "https://petalpal.eu.auth0.com/authorize",
              tokenEndpoint: "https://token.other.example/t",
            },
          },
        },
      },
    },
  ],
  [
    "a first token endpoint on another origin",
    {
      code: "endpoint-origin-moved",
      severity: "error",
      scenario: to({
        authorizationEndpoint: "https://petalpal.eu.auth0.com/authorize",
        tokenEndpoint: "https://token.other.example/t",
      }),
    },
  ],
  [
    "an Entra token endpoint of another tenant",
    {
      code: "endpoint-origin-moved",
      severity: "error",
      scenario: edit(
        { authorizationServerUrl: entra(tenant) },
        {
          authorizationServerUrl: entra(tenant),
          authorizationEndpoint: `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/authorize`,
          tokenEndpoint: "https://login.microsoftonline.com/99999999-2222-3333-4444-555555555555/oauth2/v2.0/token",
        },
      ),
    },
  ],
  [
    "a first metadata URL on another origin",
    {
      code: "metadata-url-added",
      severity: "error",
      scenario: to({ metadataUrl: "https://cdn.other.example/metadata.json" }),
    },
  ],
  [
    "a common tenant from an issuer of another kind",
    { code: "tenant-common", severity: "error", scenario: to({ authorizationServerUrl: entra("common") }) },
  ],
  [
    "write-only settings that are written again",
    { code: "write-only-settings-changed", severity: "warn", scenario: to({ settingsWoVersion: 2 }) },
  ],
  [
    "settings with a token endpoint in another spelling",
    {
      code: "settings-decide-sign-in",
      severity: "error",
      scenario: to({ settings: { oauth: { Token_Endpoint: "https://token.other.example/t" } } }),
      after: "oauth.Token_Endpoint",
    },
  ],
  [
    "a client that is not known",
    { code: "unknown-until-apply", severity: "info", scenario: to({ clientId: UNKNOWN }) },
  ],
  [
    "settings with an address that was not used before",
    {
      code: "settings-name-address",
      severity: "warn",
      scenario: to({ settings: { logoUrl: "https://cdn.other.example/x.png" } }),
      after: "logoUrl",
    },
  ],
  [
    "settings",
    {
      code: "settings-changed",
      severity: "info",
      scenario: edit({ settings: { a: 1 } }, { settings: { a: 2, b: true } }),
      before: "a",
      after: "a, b",
    },
  ],
  [
    "a secret in settings",
    {
      code: "secret-in-plain",
      severity: "error",
      scenario: to({ settings: { oauth: { clientSecret: "hunter2hunter2" } } }),
    },
  ],
  [
    "a secret in a description",
    { code: "secret-in-plain", severity: "error", scenario: to({ description: "key mcpstack_sk_0123456789" }) },
  ],
  [
    "a credential in the provider",
    {
      code: "secret-in-plain",
      severity: "error",
      scenario: { before: attached, after: { ...attached, provider: { apiKey: "mcpstack_sk_0123456789" } } },
    },
  ],
];

describe.each(frontEnds)("told by %s", (frontEnd) => {
  test.each(cases.filter(([, { only }]) => only === undefined || (only as readonly string[]).includes(frontEnd)))(
    "%s is a finding",
    async (_, { code, severity, scenario, before, after }) => {
      const { findings } = await reviewScenario(scenario, frontEnd);
      const finding = findings.find((found) => found.code === code);
      expect({ codes: findings.map((found) => found.code), severity: finding?.severity }).toEqual({
        codes: expect.arrayContaining([code]),
        severity,
      });
      if (before !== undefined) expect(finding?.before).toBe(before);
      if (after !== undefined) expect(finding?.after).toBe(after);
      expect(JSON.stringify(findings)).not.toMatch(/hunter2|mcpstack_sk_0/);
    },
  );

  const silent: readonly (readonly [string, Scenario])[] = [
    ["nothing", { before: attached, after: attached }],
    ["a description", to({ description: "For support" })],
    ["a name", to({ name: "Help Gateway" })],
    ["the order of scopes", to({ scopes: [...supportGateway.scopes].reverse() })],
    ["a raised metadata check", edit({ metadataCheck: "warn" }, { metadataCheck: "error" })],
    ["a metadata check that says the default", to({ metadataCheck: "warn" })],
    ["a trusted origin that goes", edit({ trustedOrigins: ["https://x.example"] }, {})],
    ["a finding that gets louder", edit({ findings: { a: "off" } }, { findings: { a: "error" } })],
    [
      "the API's address with its slash",
      {
        before: { ...attached, provider: { apiUrl: "https://api.mcpstack.com" } },
        after: { ...attached, provider: { apiUrl: "https://api.mcpstack.com/" } },
      },
    ],
    [
      "an API on the loopback",
      {
        before: { ...attached, provider: { apiUrl: "http://127.0.0.1:8080" } },
        after: { ...attached, provider: { apiUrl: "http://127.0.0.1:8080" } },
      },
    ],
    [
      "a new gateway with a known issuer and its first server",
      {
        before: attached,
        after: {
          gateways: { support: supportGateway, billing },
          attachments: { api: server, bill: { serverId: "billing-api", gateway: "billing" } },
        },
      },
    ],
    [
      "a first metadata URL on the issuer's own origin, under another provider",
      edit({ metadataUrl: "https://petalpal.eu.auth0.com/a" }, { metadataUrl: "https://petalpal.eu.auth0.com/a" }),
    ],
    ["an attachment that is renamed", { before: attached, after: { ...attached, attachments: { renamed: server } } }],
  ];
  test.each(silent)("%s is no finding", async (_, scenario) => {
    expect((await reviewScenario(scenario, frontEnd)).findings).toEqual([]);
  });
});

test("a new gateway is told of no grants that become void, since it has none", async () => {
  const { findings } = await reviewScenario({ after: { gateways: { support: supportGateway } } }, "terraform");
  expect(findings.map(({ code }) => code)).toContain("authorization-server-new");
  expect(JSON.stringify(findings)).not.toContain("void");
  const moved = await reviewScenario(to({ authorizationServerUrl: "https://login.other.example/" }), "terraform");
  expect(JSON.stringify(moved.findings)).toContain("are void");
});

test.each(["terraform", "pulumi", "cdktf"] as const)(
  "%s: sentences name fields as its users write them",
  async (frontEnd) => {
    const names = [
      ["trustedOrigins", "trusted_origins"],
      ["tokenEndpoint", "token_endpoint"],
      ["metadataCheck", "metadata_check"],
      ["authorizationEndpoint", "authorization_endpoint"],
    ] as const;
    const endpoints = { authorizationEndpoint: "https://x.example/a", tokenEndpoint: "https://x.example/t" };
    const gateway = { ...supportGateway, name: "My tokenEndpoint, my token_endpoint" };
    const program = (more: object, provider: Record<string, unknown>) => ({
      gateways: { support: { ...gateway, ...more } },
      provider,
    });
    const scenario = {
      before: program({}, {}),
      after: program(
        { ...endpoints, metadataCheck: "off", metadata: { issuer: "https://petalpal.eu.auth0.com/" } },
        { trustedOrigins: ["https://x.example"], metadataCheck: "off" },
      ),
    };
    const policy: Policy = {
      version: 1,
      default: { issuers: ["https://petalpal.eu.auth0.com/"], trusted_origins: [], metadata_check: "warn" },
    };
    const { findings } = await reviewScenario(scenario, frontEnd, { policy: { policy, file: "p.yaml" } });
    const sentences = findings
      .flatMap(({ summary, why, fix }) => [summary.replaceAll(gateway.name, ""), why, fix])
      .join(" ");
    for (const [camel, snake] of names) {
      const [own, other] = frontEnd === "terraform" ? [snake, camel] : [camel, snake];
      expect(sentences).toContain(own);
      expect(sentences).not.toContain(other);
    }
    expect(findings.some(({ summary }) => summary.includes(gateway.name))).toBe(true);
  },
);

test.each(["terraform", "pulumi", "cdktf"] as const)(
  "%s: an organization that is named otherwise is told as what is known of it",
  async (frontEnd) => {
    const said = async (was: Program["provider"], will: Program["provider"]) =>
      (
        await reviewScenario(
          { before: { ...attached, provider: was ?? {} }, after: { ...attached, provider: will ?? {} } },
          frontEnd,
        )
      ).findings.map(({ severity, summary, fix }) => ({ severity, summary, fix }));
    const rest = { metadataCheck: "warn" };
    const other = { summary: "The provider is pointed at another organization" };
    expect(await said({ organization: "org_petalpal" }, { organization: "org_evil" })).toMatchObject([other]);
    const [open, ...more] = await said({ organization: "org_petalpal" }, { organization: "petalpal" });
    expect(more).toEqual([]);
    expect(open?.severity).toBe("error");
    // A synthesised stack has no ids of its resources.
    if (frontEnd === "cdktf") expect(open).toMatchObject(other);
    else {
      expect(open?.summary).toMatch(
        /names its organization otherwise, and the input does not tell whether that is org_petalpal/,
      );
      expect(open?.fix).toMatch(/write org_petalpal/);
      const [dropped] = await said({ ...rest, organization: "petalpal" }, rest);
      expect(dropped?.summary).toMatch(/no longer names its organization, and the input does not tell/);
      // No policy can allow what nothing names.
      expect(dropped?.fix).toBe("If it is the same one, write org_petalpal, which is compared with the resources.");
      expect(await said({ ...rest, organization: "org_petalpal" }, rest)).toEqual([]);
      expect(await said({ ...rest, organization: "petalpal" }, { ...rest, organization: "org_petalpal" })).toEqual([]);
    }
  },
);

test.each(["terraform", "pulumi"] as const)(
  "%s: an organization that is no longer named is told where a gateway is made in it, or where it was another one",
  async (frontEnd) => {
    const said = async (was: string, after: Program) =>
      (
        await reviewScenario(
          {
            before: { ...attached, provider: { metadataCheck: "warn", organization: was } },
            after: { ...after, provider: { metadataCheck: "warn" } },
          },
          frontEnd,
        )
      ).findings
        .filter(({ code }) => code === "organization-changed")
        .map(({ severity }) => severity);
    expect(
      await said("org_petalpal", { ...attached, gateways: { support: { ...supportGateway, description: "x" } } }),
    ).toEqual([]);
    expect(await said("org_petalpal", { ...attached, gateways: { support: supportGateway, billing } })).toEqual([
      "error",
    ]);
    expect(await said("org_other", attached)).toEqual(["error"]);
  },
);

const host = "https://petalpal.eu.auth0.com";
const spellings = [
  [`${host}/token`, `${host}:443/token`],
  [`${host}/token`, "HTTPS://PETALPAL.eu.auth0.com/token"],
  [`${host}/token`, `${host}/./x/../token`],
  [`${host}/~a-b`, `${host}/%7ea%2Db`],
  [`${host}/a%2Fb`, `${host}/a%2fb`],
  [`${host}`, `${host}/`],
] as const;

describe.each(["terraform", "pulumi", "cdktf"] as const)("%s: an address that is spelled otherwise", (frontEnd) => {
  const said = async (scenario: Scenario, policy: Policy["default"] = {}) =>
    (
      await reviewScenario(scenario, frontEnd, { policy: { policy: { version: 1, default: policy }, file: "p" } })
    ).findings
      .filter(({ code }) => code !== "ca-file-not-compared")
      .map(({ severity, code }) => `${severity} ${code}`);
  const provider = (was: object, will: object): Scenario => ({
    before: { ...attached, provider: { organization: "o", ...was } },
    after: { ...attached, provider: { organization: "o", ...will } },
  });

  test.each(spellings)("is no other endpoint and no other metadata URL: %s and %s", async (was, will) => {
    const endpoints = { authorizationEndpoint: `${host}/authorize`, tokenEndpoint: `${host}/t` };
    for (const field of ["authorizationEndpoint", "tokenEndpoint", "registrationEndpoint", "metadataUrl"]) {
      expect(await said(edit({ ...endpoints, [field]: was }, { ...endpoints, [field]: will }))).toEqual([]);
      expect(await said(edit({ ...endpoints, [field]: will }, { ...endpoints, [field]: was }))).toEqual([]);
    }
  });

  test.each([
    `${host}./token`,
    `${host}:8443/token`,
    `${host}/TOKEN`,
    `${host}/token/`,
    `${host}/token?`,
    `${host}%2f/token`,
    `${host}\\@other.example/token`,
    "https://petalpal.eu.auth0.com\u3002other.example/token",
    "http://petalpal.eu.auth0.com/token",
  ])("is none where it leads elsewhere, or where readers may part it otherwise: %s", async (will) => {
    const endpoints = { authorizationEndpoint: `${host}/authorize`, tokenEndpoint: `${host}/token` };
    expect((await said(edit(endpoints, { ...endpoints, tokenEndpoint: will }))).join()).toMatch(/endpoint-/);
  });

  test("is no other API, no further origin and no other file, for the policy either", async () => {
    const policy = {
      api_urls: ["https://api.petalpal.com"],
      trusted_origins: ["https://a.example", "https://b.example"],
      ca_files: ["certificates/ca.pem"],
    };
    const was = {
      apiUrl: "https://api.petalpal.com",
      trustedOrigins: ["https://a.example", "https://b.example"],
      caFile: "certificates/ca.pem",
    };
    const will = {
      apiUrl: "https://API.petalpal.com:443/",
      trustedOrigins: ["https://b.example:443", "https://A.example/", "https://a.example"],
      caFile: "./certificates//./ca.pem",
    };
    for (const limits of [{}, policy]) {
      expect(await said(provider(was, will), limits)).toEqual([]);
      expect(await said(provider(will, was), limits)).toEqual([]);
    }
    expect(await said(provider({}, { apiUrl: "https://API.mcpstack.com:443/" }))).toEqual([]);
  });

  test("is another one where it is more than its spelling", async () => {
    const was = { apiUrl: "https://api.petalpal.com/v1", trustedOrigins: ["https://a.example"], caFile: "ca.pem" };
    expect(await said(provider(was, { ...was, apiUrl: "https://api.petalpal.com/V1" }))).toEqual(["error api-changed"]);
    expect(await said(provider(was, { ...was, trustedOrigins: ["https://a.example."] }))).toEqual([
      "warn trusted-origin-added",
    ]);
    // A step back may follow a link.
    expect(await said(provider(was, { ...was, caFile: "x/../ca.pem" }))).toEqual(["warn ca-file-added"]);
  });
});

test("An issuer that is spelled otherwise leads nobody elsewhere, and a policy that allows it allows both", async () => {
  const said = async (scenario: Scenario, policy: Policy["default"] = {}) =>
    (
      await reviewScenario(scenario, "terraform", { policy: { policy: { version: 1, default: policy }, file: "p" } })
    ).findings.map(({ severity, code }) => `${severity} ${code}`);
  for (const will of [
    "https://PETALPAL.eu.auth0.com/",
    `${host}:443`,
    `${host}/./`,
    "https://petalpal.eu.auth0.com/%7e/../",
  ])
    expect(await said(to({ authorizationServerUrl: will }), { issuers: [host] })).toEqual(["warn issuer-respelled"]);
  const accepted = (issuer: string, tokenEndpoint: string) => ({ metadata: { issuer, tokenEndpoint } });
  expect(await said(edit(accepted(`${host}/`, `${host}/t`), accepted(host, `${host}:443/t`)))).toEqual([
    "warn issuer-accepted",
  ]);
});

describe("An authorization server that is named by its document, or as it was accepted,", () => {
  const [issuer, inserted] = [
    "https://wk.example.com/t",
    "https://wk.example.com/.well-known/oauth-authorization-server/t",
  ];
  const document = `${issuer}/.well-known/openid-configuration`;
  const said = async (scenario: Scenario, policy: Policy["default"] = {}) =>
    (
      await reviewScenario(scenario, "terraform", { policy: { policy: { version: 1, default: policy }, file: "p" } })
    ).findings.map(({ severity, code }) => `${severity} ${code}`);
  const named = (authorizationServerUrl: string, more: GatewayValues = {}) => ({ authorizationServerUrl, ...more });
  const spellings = [issuer, `${issuer}/`, document, inserted];
  const pairs = spellings.flatMap((was) => spellings.map((will) => [was, will] as const));

  test.each(pairs.filter(([was, will]) => was !== will))(
    "is the issuer that its users know, and the policy allows both: %s, %s",
    async (was, will) => {
      const isSlash = [was, will].every((one) => one.replace(/\/$/, "") === issuer);
      const respelled = [isSlash ? "warn trailing-slash-changed" : "warn issuer-respelled"];
      expect(await said(edit(named(was), named(will)))).toEqual(respelled);
      for (const one of spellings.slice(0, 3))
        expect(await said(edit(named(was), named(will)), { issuers: [one] })).toEqual(respelled);
    },
  );

  test("stands for a pattern of the policy as the issuer does, and serves one resource with it", async () => {
    expect(await said(edit(named(document), named(issuer)), { issuers: ["https://*.example.com/t"] })).toEqual([
      "warn issuer-respelled",
    ]);
    expect(await said(edit(named(issuer), named(document)), { issuers: ["https://*.example.com/t"] })).toEqual([
      "warn issuer-respelled",
    ]);
    const gateways = (url: string) => ({
      support: { ...supportGateway, ...named(issuer) },
      other: { ...billing, ...named(url), resource: supportGateway.resource },
    });
    expect(
      await said({
        before: { gateways: { support: { ...supportGateway, ...named(issuer) } } },
        after: { gateways: gateways(document) },
      }),
    ).not.toContain("warn issuers-conflict");
  });

  test("may have that document's address beside it: it is looked at anyway", async () => {
    expect(await said(edit(named(document), named(issuer, { metadataUrl: document })))).toEqual([
      "warn issuer-respelled",
      "info metadata-url-added",
    ]);
    expect(await said(edit(named(issuer), named(issuer, { metadataUrl: inserted })))).toEqual([
      "info metadata-url-added",
    ]);
    expect(
      await said(edit(named(issuer, { metadataUrl: inserted }), named(issuer, { metadataUrl: document }))),
    ).toEqual(["info metadata-url-moved"]);
    expect(await said(edit(named(issuer), named(issuer, { metadataUrl: `${document}?p=other` })))).toEqual([
      "warn metadata-url-added",
    ]);
  });

  test("keeps its client where it becomes exactly what was accepted", async () => {
    const accepted = { metadata: { issuer: "https://login.example.net/tenant" } };
    expect(await said(edit(named(issuer, accepted), named("https://login.example.net/tenant", accepted)))).toEqual([
      "warn issuer-respelled",
    ]);
  });

  test.each([
    [document, "https://wk.example.com/other"],
    [document, `${document}?p=other`],
    [issuer, `${issuer}/.well-known/openid-configuration/x`],
    [issuer, `${issuer}/.well-known/other`],
    [`${issuer}?p=one`, document],
    ["https://wk.example.com", document],
    [document, "http://wk.example.com/t/.well-known/openid-configuration"],
  ])("is another one where a document of another issuer is named: %s, %s", async (was, will) => {
    expect(await said(edit(named(was), named(will)))).toContainEqual(
      expect.stringMatching(/^error authorization-server-/),
    );
    expect(await said(edit(named(was), named(will)), { issuers: [was] })).toContain("error issuer-not-allowed");
  });
});

test("every code of the plan alone is told by a case", () => {
  const elsewhere = [
    "change-deferred",
    "changed-outside",
    "gateway-forgotten",
    "gateway-imported",
    "gateway-replaced-attached",
    "policy-changed",
    "issuer-not-allowed",
    "audience-not-allowed",
    "scope-not-allowed",
    "metadata-check-required",
    "client-not-allowed",
    "trust-not-allowed",
    "policy-too-wide",
    "base-policy-invalid",
    "exception-expired",
  ];
  const told = new Set([...cases.map(([, { code }]) => code), ...elsewhere]);
  expect(Object.keys(catalogue).filter((code) => !told.has(code))).toEqual([]);
});
