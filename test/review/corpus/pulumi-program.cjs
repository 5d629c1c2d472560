// The changes of the corpus that only Pulumi knows, each before and after; `SIDE` says which. What is made for a change is called by its
// name, two underscores and a name of its own.
const pulumi = require("@pulumi/pulumi");
const { Gateway, ServerGatewayAttachment } = require("@mcpstack/pulumi");

const own = "https://auth.petalpal.invalid";
const foreign = "https://login.other.example";
const head = process.env.SIDE === "head";
const servers = JSON.parse(process.env.SERVERS);
const evilId = process.env.EVIL_ID;

let current = "";
const gateway = (name, more = {}, options = {}) =>
  new Gateway(
    `${current}__${name}`,
    {
      name: `${current} ${more.called ?? name}`,
      providerType: "manual",
      authorizationServerUrl: own,
      ...Object.fromEntries(Object.entries(more).filter(([key]) => key !== "called")),
    },
    options,
  );
const attach = (id, name = "api", more = {}) =>
  new ServerGatewayAttachment(`${current}__${name}`, { serverId: servers[current], gatewayId: id, ...more });
/** A value that is known only after the apply. */
const late = (value) =>
  new Gateway(`${current}__late`, {
    name: `${current} late`,
    providerType: "manual",
    authorizationServerUrl: own,
  }).id.apply(() => value);

const both = (before, after) => () => (head ? after() : before());
const ordinary = () => attach(gateway("support").id);

const changes = {
  issuer: both(ordinary, () => attach(gateway("support", { authorizationServerUrl: foreign }).id)),
  issuer_secret: both(
    () => gateway("support", { authorizationServerUrl: pulumi.secret(own) }),
    () => gateway("support", { authorizationServerUrl: pulumi.secret(foreign) }),
  ),
  issuer_secret_beside_an_edit: both(
    () => gateway("support", { authorizationServerUrl: pulumi.secret(own) }),
    () => gateway("support", { authorizationServerUrl: pulumi.secret(own), description: "In other words" }),
  ),
  scopes_secret: both(
    () => gateway("support", { scopes: pulumi.secret(["openid"]) }),
    () => gateway("support", { scopes: pulumi.secret(["openid", "admin"]) }),
  ),
  issuer_unknown: both(ordinary, () => attach(gateway("support", { authorizationServerUrl: late(foreign) }).id)),
  endpoints_elsewhere: both(ordinary, () =>
    attach(gateway("support", { authorizationEndpoint: `${own}/a`, tokenEndpoint: `${foreign}/t` }).id),
  ),
  settings_in_disguise: both(ordinary, () =>
    attach(gateway("support", { settings: { oauth: { Jwks_Uri: foreign } } }).id),
  ),
  settings_by_words: both(ordinary, () =>
    attach(gateway("support", { settings: { further: { wellKnown: foreign } } }).id),
  ),
  settings_with_an_address: both(ordinary, () =>
    attach(gateway("support", { settings: { logo: "https://cdn.other.example/x.png" } }).id),
  ),
  settings_write_only: both(ordinary, () =>
    attach(gateway("support", { settingsWo: { secret: "abcdefgh" }, settingsWoVersion: 1 }).id),
  ),
  moved_to_new: both(ordinary, () => {
    gateway("support");
    attach(gateway("other", { authorizationServerUrl: foreign }).id);
  }),
  moved_by_condition: both(ordinary, () => {
    const [one, two] = [gateway("support"), gateway("other", { authorizationServerUrl: foreign })];
    attach(pulumi.all([one.id, two.id]).apply(([, id]) => id));
  }),
  moved_by_what_is_made_of_an_id: both(ordinary, () => {
    gateway("support");
    attach(gateway("fresh").id.apply(() => evilId));
  }),
  moved_to_a_gateway_that_is_read: both(ordinary, () => {
    gateway("support");
    attach(Gateway.get(`${current}__read`, evilId).id);
  }),
  settings_secret: both(ordinary, () => attach(gateway("support", { settings: pulumi.secret({ a: 1 }) }).id)),
  settings_unknown: both(ordinary, () =>
    attach(gateway("support", { settings: { oauth: { issuer: late(foreign) } } }).id),
  ),
  connection_secret: both(
    () => gateway("support"),
    () => gateway("support", { connection: pulumi.secret({ organization: "org_petalpal" }), description: "x" }),
  ),
  moved_outside: both(ordinary, () => {
    gateway("support");
    attach(evilId);
  }),
  public_id_taken_over: both(
    () => attach(gateway("support").id, "api", { publicId: "gw_corpus_taken" }),
    () => {
      const api = attach(gateway("support").id, "api", { publicId: "gw_corpus_given_up" });
      const other = gateway("other", { authorizationServerUrl: foreign });
      const more = { serverId: process.env.FREE_SERVER, publicId: "gw_corpus_taken" };
      new ServerGatewayAttachment(`${current}__other`, { gatewayId: other.id, ...more }, { dependsOn: [api] });
    },
  ),
  moved_by_another_attachment: both(ordinary, () => {
    gateway("support");
    attach(gateway("other", { authorizationServerUrl: foreign }).id, "again");
  }),
  adopted: both(
    () => {},
    () => gateway("theirs", { name: "theirs", authorizationServerUrl: foreign, adopt: true }),
  ),
  renamed_without_alias: both(
    () => gateway("support"),
    () => gateway("again", { called: "support", authorizationServerUrl: foreign }),
  ),
  renamed_with_alias: both(ordinary, () =>
    attach(
      gateway(
        "again",
        { called: "support", authorizationServerUrl: foreign },
        { aliases: [{ name: `${current}__support` }] },
      ).id,
    ),
  ),
  connection_by_id: both(
    () => gateway("support", { connection: { organization: "petalpal" } }),
    () => gateway("support", { connection: { organization: "org_petalpal" } }),
  ),
  trusted: both(ordinary, () => attach(gateway("support", { trustedOrigins: [foreign] }).id)),

  nothing: ordinary,
  described: both(ordinary, () => attach(gateway("support", { description: "In other words" }).id)),
  alias: both(ordinary, () =>
    attach(gateway("again", { called: "support" }, { aliases: [{ name: `${current}__support` }] }).id),
  ),
  second: both(ordinary, () => {
    ordinary();
    gateway("second");
  }),
};

for (const name of Object.keys(changes)) {
  current = name;
  changes[name]();
}
