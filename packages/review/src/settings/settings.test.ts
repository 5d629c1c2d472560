import fc from "fast-check";
import { reviewScenario } from "../testing/review-scenario";
import { supportGateway } from "../testing/scenario";

const foreign = "https://e.x";
/** What is said of an edit of `settings`, the usual note that they change left out. */
async function told(before: unknown, after: unknown, policy = {}): Promise<string[]> {
  const gateways = (settings: unknown) => ({ support: { ...supportGateway, settings } });
  const { findings } = await reviewScenario(
    { before: { gateways: gateways(before) }, after: { gateways: gateways(after) } },
    "terraform",
    { policy: { policy: { version: 1, default: policy }, file: "mcpstack-review.yaml" } },
  );
  return findings
    .filter(({ code }) => code !== "settings-changed")
    .map(({ code, severity }) => `${severity} ${code}`)
    .sort();
}
const set = (settings: unknown, policy = {}) =>
  told({ region: "eu" }, { region: "eu", ...(settings as object) }, policy);
const decides = ["error settings-decide-sign-in"];
const address = ["warn settings-name-address"];

const json = (value: unknown) => JSON.stringify(value);
const leading: readonly Record<string, unknown>[] = [
  { wellKnown: foreign },
  { openid_configuration: foreign },
  { iss: foreign },
  { issuerUri: foreign },
  { jwkSetUri: foreign },
  { authorizationServerUri: foreign },
  { tokenUri: foreign },
  { discovery: foreign },
  { oauth: { discovery: foreign } },
  { auth_server_metadata: { x: foreign } },
  { "authorization-server-url": foreign },
  { AuthorizationServerURL: foreign },
  { login_url: foreign },
  { userinfoEndpoint: foreign },
  { introspection_endpoint: foreign },
  { jwks: { keys: [{ kty: "RSA" }] } },
  { idp: foreign },
  { idp: { url: "/x" } },
  { domain: "evil.auth0.com" },
  { domain: "evil" },
  { tenant: "evil" },
  { tenantId: "common" },
  { realm: "evil" },
  { upstream: { url: foreign } },
  { publicKey: "-----BEGIN PUBLIC KEY-----" },
  { signingCertificate: "x" },
  { redirectUri: `${foreign}/cb` },
  { callbackUrl: `${foreign}/cb` },
  { publicId: "gw_x" },
  { organizationId: "org_evil" },
  { clientID: "evil" },
  { scope: "admin" },
  { scopes_supported: ["admin"] },
  { extraAuthorizeParams: { scope: "admin" } },
  { userRoles: ["admin"] },
  { permissions: ["*"] },
  { grantTypes: ["implicit"] },
  { audience: "https://other" },
  { ｉssuer: foreign },
  { "is\u200bsuer": foreign },
  { "au\u0000thorizationServerUrl": foreign },
  { ıssuer: foreign },
  { iSsUeR_Url: foreign },
  { i_s_s_u_e_r: foreign },
  { issurl: foreign },
  { userrole: "admin" },
  { config: json({ issuer: foreign }) },
  { config: json(json({ issuer: foreign })) },
  { config: json(json(json([{ name: "issuer", value: foreign }]))) },
  { config: `issuer=${foreign}` },
  { config: `issuer: ${foreign}` },
  { config: "region: eu\ntenant: common" },
  { config: `<issuer>${foreign}</issuer>` },
  { config: `see {"issuer": "${foreign}"}` },
  { query: `prompt=none&audience=x` },
  { query: `x%3D1%26scope%3Dadmin` },
  { fields: [{ name: "issuer", value: foreign }] },
  { fields: [{ k: "/oauth/issuer", v: foreign }] },
  { fields: [["issuer", foreign]] },
  { "profile/token_endpoint": foreign },
  { tokens: foreign },
  { keys: foreign },
  { keys: ["evil.example.com"] },
  { loginBanner: "https://e.x" },
  { loginBanner: "evil.example.com" },
  { loginPage: "/evil" },
  { loginPage: "evil/login" },
  { scopeLine: "openid orders:write" },
  { loginPage: { template: "x" } },
  { loginPageUrl: "x" },
  { pageLogin: "x" },
  { log_in: "x" },
  { logInFlow: "x" },
  { logon: "x" },
  { logOnUrl: "/x" },
  { myissuer: "x" },
  { clientidmap: "x" },
  { allowUntrusted: true },
  { tokenUri: "/x" },
  { algorithms: ["none"] },
  { skipVerify: true },
  { skipverify: true },
  { skipTokenVerification: true },
  { verifySsl: false },
  { verify_ssl: false },
  { insecure: true },
  { allowInsecure: true },
  { validate: false },
  { jwt: { verify: false } },
  { connection: "evil-idp" },
  { extraAuthorizeParams: { connection: "evil-idp" } },
  { params: [{ name: "connection", value: "evil-idp" }] },
  { query: "prompt=none&hd=evil.example" },
  { hd: "evil" },
  { superuser: true },
  { superUser: true },
  { act_as: "root" },
  { actAs: "root" },
  { delegate: "eve" },
  { pem: "x" },
  { caBundle: "x" },
  { ca_bundle: "x" },
  { thumbprint: "ab12" },
  { idpThumbprints: ["ab12"] },
  { fingerprint: "ab12" },
  { keyFingerprint: "ab12" },
  { modulus: "x", exponent: "AQAB" },
  { publicExponent: "AQAB" },
  { anything: "-----BEGIN CERTIFICATE-----\nMIIB" },
  { anything: ["-----BEGIN PUBLIC KEY-----\nMIIB"] },
  { anything: "x\n-----BEGIN RSA PUBLIC KEY-----\nMIIB" },
  { rights: ["admin"] },
  { userRights: "all" },
  { access: "public" },
  { publicAccess: true },
  { admin_access: true },
  { allowUnverified: true },
  { allowUnsigned: true },
  { allow_unsigned_tokens: true },
  { allowExpired: true },
  { allowExpiredTokens: true },
  { checkExpiry: false },
  { ignoreExpiration: true },
  { skipNonce: true },
  { nonce: false },
  ...[
    "verify_exp",
    "verifyExp",
    "verifyexp",
    "verify_nbf",
    "verify_iat",
    "validateLifetime",
    "requireSignedTokens",
  ].map((name) => ({ [name]: false })),
  ...["requireExpirationTime", "stateCheck", "state_check", "checkLifetime", "require_exp"].map((name) => ({
    [name]: false,
  })),
  ...["ignore_exp", "ignoreExp", "ignoreNbf", "skipIat", "nbf", "iat", "isAdmin", "superAdmin", "superadmin"].map(
    (name) => ({ [name]: true }),
  ),
  { jwt: { ignore_exp: true } },
  { verify: { exp: false } },
  { jwt_leeway: 1e9 },
  { jwtLeewaySeconds: 1e9 },
  { jwt: { leeway: 1e9 } },
  { clockSkew: 1e9 },
  { clock_tolerance: "10y" },
  { writeAccess: true },
  { read_write_access: true },
  { accessPolicy: "open" },
  { accessLevel: "owner" },
  { hmacKey: "x" },
  { hmackey: "x" },
  { spki: "x" },
  { anything: { kty: "RSA", n: "x", e: "AQAB" } },
  { directoryId: "x" },
  { userPool: "x" },
  { userPoolId: "x" },
  { userFlow: "x" },
  { user_flow_id: "x" },
];

test.each(leading.map((settings) => [json(settings), settings]))(
  "A name that may decide where users sign in, or with what rights, is an error: %s",
  async (_, settings) => expect(await set(settings)).toEqual(decides),
);

const addressed: readonly Record<string, unknown>[] = [
  { logoUrl: "https://cdn.example.com/x.png" },
  { webhook: "https://hooks.example.com" },
  { site: "HTTPS:\\\\e.x\\y" },
  { site: "https:/e.x" },
  { site: "//e.x/y" },
  { site: "ｈttps://e.x" },
  { site: "https%3A%2F%2Fe.x" },
  { site: "https%253A%252F%252Fe.x" },
  { site: "ht\u200btps://e.x" },
  { site: "evil.example.com" },
  { site: "evil.example.com:8443/x" },
  { site: "10.0.0.7" },
  { site: "wss://e.x" },
  { site: "https://petalpal.eu.auth0.com.e.x/" },
  { site: "https://petalpal.eu.auth0.com@e.x/" },
  { site: "Look at https://e.x for more" },
  { nested: [{ deep: json({ url: foreign }) }] },
  { origins: { [foreign]: true } },
];

test.each(addressed.map((settings) => [json(settings), settings]))(
  "An address that the gateway did not use before is told, whatever it is called, and stops nothing: %s",
  async (_, settings) => expect(await set(settings)).toEqual(address),
);

test.each(
  [
    { identityResolution: { claim: "email" } },
    { resolution: { subject: "mail" } },
    { allowedEmails: ["*"] },
    { access_list: { allow_users: ["eve"] } },
    { allowAnonymous: true },
    { members: ["eve"] },
    { groups: ["everyone"] },
    { GROUP: "x" },
    { default_user: "eve" },
    { defaultUser: "eve" },
    { config: json({ groups: ["everyone"] }) },
  ].map((settings) => [json(settings), settings]),
)("A name of who signs in, or as whom, is a warning, set as well as taken out: %s", async (_, settings) => {
  expect(await set(settings)).toEqual(["warn settings-decide-sign-in"]);
  expect(await told(settings, {})).toEqual(["warn settings-decide-sign-in"]);
  expect(await told(settings, { ...settings, region: "us" })).toEqual([]);
});

test.each(
  [
    { tags: ["auth", "prod"] },
    { tags: ["prod", "auth"] },
    { features: ["login", "search"] },
    { list: ["role", "team"] },
    { labels: ["oauth", "mcp"], fields: ["login", "search"], headers: ["authorization", "x-request-id"] },
    { tags: ["auth", "prod", "eu"], nested: [{ tags: ["scope", "tenant"] }] },
    { columns: [{ name: "role", type: "text" }] },
    {
      columns: [
        { id: "issuer", label: "Issuer" },
        { id: "scope", label: "Scope", width: 3 },
      ],
    },
    { items: [{ key: "login", icon: "key", visible: true }] },
  ].map((settings) => [json(settings), settings]),
)("Words beside each other are no name and its value: %s", async (_, settings) =>
  expect(await set(settings)).toEqual([]),
);

test.each(
  [
    { fields: [["issuer", "x"]] },
    {
      fields: [
        ["region", "eu"],
        ["scope", "admin"],
      ],
    },
    { fields: json([["issuer", "x"]]) },
    { x: ["issuer", foreign] },
    { x: ["issuer", "evil.sh"] },
    { x: ["issuer", "evil-host:8443"] },
    { x: ["oauth", { enabled: true }] },
    { x: ["insecure", true] },
    { x: ["issuer", json({ x: 1 })] },
    { setting: ["issuer", "x"] },
    { extraHeader: ["authorization", "x"] },
    { x: { name: "role", value: "admin" } },
    { x: { name: "role", type: "text", default: "admin" } },
    { x: { name: "role", stringValue: "admin" } },
    { x: { op: "replace", path: "/issuer", value: "x" } },
    { x: { name: "issuer", url: foreign } },
    { x: { name: "issuer", url: "evil.sh" } },
  ].map((settings) => [json(settings), settings]),
)("A pair in a list of pairs, a name with an address, and an object with a value are: %s", async (_, settings) =>
  expect(await set(settings)).toEqual(decides),
);

test.each(
  (
    [
      {
        supportEmail: "help@petalpal.com",
        users: 40,
        allowedFileTypes: ["png"],
        substitute: "x",
        mailSubjectTitle: "Hi",
      },
      { region: "us" },
      { retries: 3, maxTokens: 4096, tokenBudget: 10 },
      { author: "Ada", authored: "2026-01-01", coauthors: ["Bob"] },
      { catalogIndex: 3, androidClient: true, issueReport: "weekly", blogInfo: "x" },
      { loginTimeoutSeconds: 30, signInButtonColor: "#fff", scopeDescription: "What it may do" },
      { loginBanner: "Hello", audienceSurvey: "spring", discoveryBlurb: "Find and/or sort: by day", loginPages: 3 },
      { subjectLine: "Hi", groupsPage: true, loginHeadline: "Welcome!", loginImage: "tulips" },
      { theme: { label: "Hello: there" }, note: "Write to us: we answer" },
      { version: "1.2.3", file: "index.html", tool: "tickets.read", feature: "billing.invoice" },
      { docs: "https://petalpal.eu.auth0.com/docs", api: "https://api.petalpal.com/v2", host: "api.petalpal.com" },
      { mime: "application/json", ratio: "16:9", time: "12:30:00", path: "/v1//x" },
      { maintenance: true, maintenanceWindow: "sunday", sustenance: 1, lieutenant: "x" },
      { logoName: "x", logInfo: true, logOnError: true, logIndex: 3, logOnly: true, logNote: "x" },
      {
        oscilloscope: 1,
        giftCertificate: "x",
        distrust: 1,
        clientIdle: 3,
        publicIdle: 1,
        openIdle: 2,
        keySetting: "x",
      },
      { emailSubject: "Hi", groupBy: "day", mail_subject: "Hi" },
      { connectionTimeout: 3, connectionPool: 5, hdVideo: true, sortAlgorithm: "quick", qualities: ["hd", "sd"] },
      { qualities: [{ name: "hd", label: "High" }], verifyEmail: true, validated: true, contact: "as" },
      { providerLogoUrl: "https://petalpal.eu.auth0.com/logo.png", defaultUserColor: "red", trustpilot: 4 },
      { capabilities: { streaming: true }, elevated: true, card: { elevated: true }, right: "10px", align: "right" },
      { assetFingerprint: "ab12", allRightsReserved: true, copyright: "x", accessibility: true, accessLog: true },
      { backoffExponent: 2, exponent: 2, shardModulus: 7, announce: true, pronounce: "x", openness: 1, accessory: "x" },
      { allowExpiredCoupons: true, allowUnverifiedReviews: true, couponExpiry: "2027-01-01", checkExpiryHours: 3 },
      { userFlowReport: true, parentDirectoryId: "x", directory: "x", temper: 1, tempem: "x", quickAccess: ["home"] },
      { discoverable: true, postcode: "12345", keyboard: "qwertz" },
      { exp: 40, userExp: 3, expLevel: 2, useState: true, state: "CA", requireState: true, checkState: "open" },
      { lifetime: 30, cacheLifetime: 30, lifetimeValue: 9, requireSignedUrls: true, signedUp: true, isAdminPage: true },
      { adminPage: "x", administrator: "Ada", writeDelay: 3, policy: "keep", level: 2, refundPolicy: "30 days" },
      { clock: "24h", skew: 2, rotationTolerance: 3, superAdminPage: true, stateCheckInterval: 3 },
      {
        loginReminderDays: 3,
        authCacheHours: 3,
        jwksCacheTtl: 60,
        callbackDelay: 2,
        maxLoginAttempts: 5,
        trustScore: 5,
      },
      { loginSound: true, authMetrics: true, ssoStats: true, loadBalancingAlgorithm: "least-conn", mfaReminder: true },
      { box: { n: 1, e: 2, s: 3, w: 4 }, expiration: "2027-01-01", leeway: 3 },
    ] as readonly Record<string, unknown>[]
  ).map((settings) => [json(settings), settings]),
)("Nothing is said of what leads nowhere: %s", async (_, settings) => expect(await set(settings)).toEqual([]));

test("A name that may be one of an address is a warning where it leads to an origin that the gateway uses", async () => {
  expect(await set({ tokenUri: "https://petalpal.eu.auth0.com/other" })).toEqual(["warn settings-decide-sign-in"]);
  expect(await set({ upstream: { url: "https://api.petalpal.com/v2" } })).toEqual(["warn settings-decide-sign-in"]);
  expect(await set({ tokenUrl: "https://petalpal.eu.auth0.com/other" })).toEqual(decides);
  expect(await set({ providerLogoUrl: "https://cdn.example.com/x.png" })).toEqual(address);
});

test("What stays as it was is not told again, and an address that was used under another name neither", async () => {
  const settings = { issuer: { x: foreign }, logoUrl: "https://cdn.example.com/x.png", region: "eu" };
  expect(await told(settings, { ...settings, region: "us" })).toEqual([]);
  expect(await told(settings, { ...settings, icon: "https://cdn.example.com/y.png" })).toEqual([]);
});

test("A name that decides and is taken out is a warning, since what it brought about goes with it", async () => {
  expect(await told({ oauth: { requireIssuer: true } }, {})).toEqual(["warn settings-decide-sign-in"]);
});

test("The policy's list of origins lets an address through, makes any other an error, and lets no name through", async () => {
  const policy = { settings_origins: ["https://cdn.example.com"] };
  expect(await set({ logoUrl: "https://cdn.example.com/x.png" }, policy)).toEqual([]);
  expect(await set({ logoUrl: foreign }, policy)).toEqual(["error settings-name-address"]);
  expect(await set({ issuerUri: "https://cdn.example.com" }, policy)).toEqual(decides);
});

const called: readonly Record<string, unknown>[] = [
  { minClientVersion: "10.4.2.1", gatewayVersion: "2.1.0.0", clientVersion: { min: "1.0.0.0" } },
  { accessRelease: "v1.2.3", provider_versions: ["10.4.2.1"] },
  { translationKey: "ui.gateway.support.title", resourceKeys: { title: "ui.gateway.title" } },
  { "ui.gateway.support.title": "Hello", featureKey: "ui.sidebar.pin.v2" },
  { resourceName: "petalpal.support.tickets.v1", sessionStore: "cache.redis.prod.v2", codeStyle: "a.b.c.d" },
  { appId: "com.acme.app", clientBundle: "com.acme.app", clientPackageId: "com.petalpal.support.ios" },
  { keyFile: "report.final.pdf", resourceFile: "a.b.c.tar.gz" },
  { gateway: { version: "10.4.2.1", kind: "a.b.c.d" }, proxies: [{ version: "2.1.0.0" }] },
  { proxyAllowlist: "10.0.0.0/8", accessAllowlist: ["192.168.0.0/16"], ver: "1.3.6.1.4.1" },
];

test.each(called.map((settings) => [json(settings), settings]))(
  "Versions, keys and names with dots lead nowhere, whatever else their names say: %s",
  async (_, settings) => {
    expect(await set(settings)).toEqual([]);
    expect(await set(settings, { settings_origins: ["https://cdn.example.com"] })).toEqual([]);
  },
);

test.each(
  [
    { accountName: "Booking.com" },
    { providerName: "Salesforce.com" },
    { clientName: "monday.com" },
    { codeOwner: "platform.team.petalpal.com" },
    { loginTitle: "Booking.com" },
    { companyName: "Booking.com" },
  ].map((settings) => [json(settings), settings]),
)("What is called like a host is told and stops nothing, also beside a list of origins: %s", async (_, settings) => {
  expect(await set(settings)).toEqual(address);
  expect(await set(settings, { settings_origins: ["https://cdn.example.com"] })).toEqual(address);
  expect(await set(settings, { settings_origins: [Object.values(settings)[0]] })).toEqual([]);
});

test.each(
  [
    { accountName: foreign },
    { providerName: "//e.x" },
    { clientVersion: "see https://e.x" },
    { providerHostName: "evil.example.com" },
    { upstreamName: "evil.example.com" },
    { upstreams: [{ name: "evil.example.com" }] },
    { proxy: { displayName: "evil.example.com" } },
    { providerId: "evil.example.com" },
    { proxy: "10.4.2.1" },
    { gateway: "10.4.2.1:8443" },
    { upstream: "evil.corp.prod.internal1" },
    { provider: "Salesforce.com" },
    { key: "evil.example.com" },
    { client: { reached: "localhost:3000" } },
  ].map((settings) => [json(settings), settings]),
)(
  "A name that leans is an error with a URL, and with a host unless it says that something is called so: %s",
  async (_, settings) => expect(await set(settings)).toEqual(decides),
);

const hosts: readonly (readonly [string, Record<string, unknown>])[] = [
  ["error settings-decide-sign-in", { upstream: "evil.sh" }],
  ["error settings-decide-sign-in", { upstream: "evil-host:8443" }],
  ["error settings-decide-sign-in", { proxy: "2001:db8::1" }],
  ["error settings-decide-sign-in", { proxy: "evil.com, good.example.com" }],
  ["error settings-decide-sign-in", { upstreams: ["evil.sh", "good.example.com"] }],
  ["error settings-decide-sign-in", { upstreamVersion: "203.0.113.9:8443" }],
  ["error settings-decide-sign-in", { upstreamVersion: "localhost:9999" }],
  ["error settings-decide-sign-in", { upstreamName: "evil.sh" }],
  ["error settings-decide-sign-in", { upstreams: [{ name: "evil.sh" }] }],
  ["settings-name-address", { webhookHost: "evil.sh" }],
  ["settings-name-address", { server: "evil.sh" }],
  ["settings-name-address", { site: "evil\u3002com" }],
  ["settings-name-address", { site: "evil\uff61com" }],
  ["settings-name-address", { webhook: "tcp:evil.com" }],
  ["settings-name-address", { webhook: "evil.com good.example.com" }],
  ["settings-name-address", { hosts: { "evil.sh": true } }],
  ["settings-name-address", { backend: "xn--e1afmkfd.xn--p1ai" }],
  ["settings-name-address", { backend: "\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444" }],
  ["settings-name-address", { frontend: "evil.zone" }],
  ["settings-name-address", { place: "evil.zone" }],
  ["settings-name-address", { place: "evil.sh:8443" }],
  ["settings-name-address", { place: "evil.sh/hook" }],
  ["settings-name-address", { place: "evil.com; evil.zone" }],
  ["settings-name-address", { link: "evil.com" }],
  ["settings-name-address", { backendHost: "\u0909\u0926\u093e\u0939\u0930\u0923.\u092d\u093e\u0930\u0924" }],
  ["settings-name-address", { place: "\u0909\u0926\u093e\u0939\u0930\u0923.\u092d\u093e\u0930\u0924" }],
  ["settings-name-address", { webhookHosts: ["*.evil.com"] }],
  ["settings-name-address", { webhookHost: "api-*.evil.com" }],
  ["settings-name-address", { backendHost: ".evil.com" }],
  ["settings-name-address", { relayHost: "me@evil.com" }],
  ["settings-name-address", { relayHost: "me@10.0.0.7" }],
  ["settings-name-address", { backendHost: "{tenant}.evil.com" }],
  ["settings-name-address", { backendHost: "$" + "{tenant}.evil.com:8443/x" }],
  ["settings-name-address", { backendHost: "<env>.evil.com" }],
  ["settings-name-address", { backendHost: "evil.{env}.com" }],
  ["settings-name-address", { repositoryHost: "git@evil.com:repo" }],
  ["settings-name-address", { repositoryAddresses: "git@evil.com:repo" }],
  ["settings-name-address", { emailAddress: "evil.com" }],
  // Marks make another host of it.
  ["settings-name-address", { site: "https://pe\u0301talpal.eu.auth0.com" }],
];

test.each(hosts.map(([code, settings]) => [json(settings), code, settings] as const))(
  "A host counts below any public suffix, in each of its spellings, and in a list: %s",
  async (_, code, settings) => {
    const says = (severity: string) => [code.startsWith("error") ? code : `${severity} ${code}`];
    expect(await set(settings)).toEqual(says("warn"));
    expect(await set(settings, { settings_origins: ["https://cdn.example.com"] })).toEqual(says("error"));
  },
);

test.each(
  [{ upstreamModule: "evil.sh" }, { proxyModule: "evil.sh, good.example.com" }].map((settings) => [
    json(settings),
    settings,
  ]),
)("What is called like a host beside a word for one is told: %s", async (_, settings) => {
  expect(await set(settings, { settings_origins: ["https://cdn.example.com"] })).toEqual(address);
});

test.each(
  [
    { script: "install.sh", page: "guide.md", entry: "main.py", archive: "export.zip", module: "lib.rs" },
    { link: "guide.md", href: "intro.md", location: "docs.zip", homepage: "index.md" },
    { sortBy: "order.id", column: "customer.name", action: "ticket.open", "orders.search": true },
    {
      files: ["install.sh", "guide.md"],
      text: "Run install.sh, then read guide.md",
      note: "Ask booking.com for a room",
    },
    { ratio: "16:9", time: "12:30:45", mac: "00:1a:2b:3c:4d:5e", server: "main", gateway: "eu-west", host: "primary" },
    { gatewayName: "Support for Booking.com", siteName: "Petalpal.com, the shop", serverName: "Ours at Booking.com" },
    { server: "prod.v2", upstream: "orders:read", proxy: "a:b" },
    { emailAddress: "help@petalpal.com", serverAdmin: "ada@petalpal.com", addresses: ["a@petalpal.com"] },
    { server: "*", host: "{tenant}", backendHost: ".", upstream: "prod-*", hostPattern: "{a}.{b}", proxy: "@main" },
    { image: "petalpal/support:1.2.3", tag: "support:3", range: "10.0.0.0/8, 192.168.0.0/16" },
  ].map((settings) => [json(settings), settings]),
)("Files, parts of something, times and texts lead nowhere: %s", async (_, settings) => {
  expect(await set(settings)).toEqual([]);
  expect(await set(settings, { settings_origins: ["https://cdn.example.com"] })).toEqual([]);
});

test("What was a name is no address that was used before", async () => {
  const settings = { companyName: "evil.example.com" };
  expect(await told(settings, { ...settings, upstream: "evil.example.com" })).toEqual(decides);
});

test.each([
  ["10.4.2.1", { minClient: "10.4.2.1" }],
  ["https://10.4.2.1", { minClient: "10.4.2.1" }],
  ["Salesforce.com", { account: "Salesforce.com" }],
  ["https://SALESFORCE.com:443/", { account: "Salesforce.com" }],
  ["*.petalpal.com", { proxy: "a.petalpal.com" }],
  ["*.petalpal.com", { proxy: "*.petalpal.com" }],
  ["*.petalpal.com", { proxy: "{tenant}.petalpal.com" }],
  [".petalpal.com", { proxy: ".petalpal.com" }],
  ["petalpal.com", { proxy: "me@petalpal.com" }],
  ["https://xn--bcher-kva.example", { proxy: "https://b\u00fccher.example/x" }],
  [
    "xn--p1b6ci4b4b3a.xn--h2brj9c",
    { proxy: "https://\u0909\u0926\u093e\u0939\u0930\u0923.\u092d\u093e\u0930\u0924/x" },
  ],
])("The policy's list may name a host as it is written: %s", async (origin, settings) => {
  expect(await set(settings)).toEqual(decides);
  expect(await set(settings, { settings_origins: [origin] })).toEqual([]);
  expect(await set({ ...settings, site: foreign }, { settings_origins: [origin] })).toEqual([
    "error settings-name-address",
  ]);
});

test("Neither a value nor what stands in a text is printed", async () => {
  const gateways = (settings: unknown) => ({ support: { ...supportGateway, settings } });
  const { findings } = await reviewScenario(
    {
      before: { gateways: gateways({}) },
      after: { gateways: gateways({ config: "issuer=https://hidden.example", logo: "https://shy.example/x" }) },
    },
    "terraform",
  );
  expect(findings.map(({ after }) => after).sort()).toEqual(["config", "config, logo", "logo"]);
  expect(JSON.stringify(findings)).not.toMatch(/hidden\.example|shy\.example/);
});

describe("However it is spelled", () => {
  const names = [
    "issuer",
    "openid configuration",
    "well known",
    "jwk set uri",
    "token endpoint",
    "authorization server url",
    "tenant id",
    "public key",
    "redirect uri",
    "scope",
    "user role",
    "oauth discovery",
    "idp url",
  ];
  const wide = (text: string) => text.replace(/[!-~]/g, (c) => String.fromCodePoint((c.codePointAt(0) ?? 0) + 0xfee0));
  const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
  const joins: readonly ((words: string[]) => string)[] = [
    (words) => words.join("_"),
    (words) => words.join("-"),
    (words) => words.join("."),
    (words) => words.join(" "),
    (words) => words.join(""),
    (words) => words.join("").toUpperCase(),
    (words) => words.map(capital).join(""),
    (words) => words.map((word, index) => (index === 0 ? word : capital(word))).join(""),
    (words) => words.join("_").toUpperCase(),
  ];
  const invisible = ["", "\u200b", "\u200d", "\u2060", "\ufeff", "\u0000", "\u00ad", "\u0301", "\ufe0f", "\u202e"];
  const places: readonly ((name: string, value: unknown) => object)[] = [
    (name, value) => ({ [name]: value }),
    (name, value) => ({ x: { [name]: value } }),
    (name, value) => ({ x: [{ y: { [name]: value } }] }),
    (name, value) => ({ [`x/${name}`]: value }),
    (name, value) => ({ [name]: { x: [value] } }),
    (name, value) => ({ x: json({ [name]: value }) }),
    (name, value) => ({ x: json(json({ y: { [name]: value } })) }),
    // A text with spaces in the place of a name is a title.
    (name, value) => ({ x: [{ name: name.replaceAll(" ", "_"), value }] }),
  ];
  const settings = fc
    .record({
      name: fc.constantFrom(...names),
      join: fc.constantFrom(...joins),
      wide: fc.boolean(),
      hidden: fc.constantFrom(...invisible),
      at: fc.nat(20),
      place: fc.constantFrom(...places),
      value: fc.constantFrom<unknown>(foreign, "x", true, 7, ["x"]),
    })
    .map(({ name, join, wide: isWide, hidden, at, place, value }) => {
      const joined = join(name.split(" "));
      const spelled = isWide ? wide(joined) : joined;
      return place(spelled.slice(0, at) + hidden + spelled.slice(at), value);
    });

  test("a name that decides is an error", async () => {
    await fc.assert(
      fc.asyncProperty(settings, async (made) => {
        expect(await set(made)).toEqual(decides);
      }),
      { numRuns: 400 },
    );
  });
});
