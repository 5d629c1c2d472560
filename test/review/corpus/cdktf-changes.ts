// Changes of a CDKTF program, each before and after: the text that is synthesised may be the same and mean something else.
import {
  DataMcpstackGateway,
  Gateway,
  type GatewayProps,
  type IGateway,
  McpstackProvider,
  ServerGatewayAttachment,
} from "@mcpstack/cdktf";
import {
  Fn,
  TerraformHclModule,
  TerraformIterator,
  TerraformLocal,
  type TerraformStack,
  TerraformVariable,
  Token,
} from "cdktf";
import type { Said } from "./changes";

/** Writes one side of a change into a stack. */
export type Side = (stack: TerraformStack) => void;

const own = "https://auth.petalpal.invalid";
const foreign = "https://login.other.example";

const gateway = (stack: TerraformStack, name: string, more: Partial<GatewayProps> = {}) =>
  new Gateway(stack, name, { name, providerType: "manual", authorizationServerUrl: own, ...more });
const attach = (stack: TerraformStack, to: Pick<IGateway, "gatewayId"> | string, name = "api") =>
  new ServerGatewayAttachment(stack, name, {
    serverId: "srv_api",
    gatewayId: typeof to === "string" ? to : to.gatewayId,
  });
/** One gateway, and a server that uses it. */
export const ordinary: Side = (stack) => {
  attach(stack, gateway(stack, "support"));
};
const withIssuer =
  (issuer: (stack: TerraformStack) => string): Side =>
  (stack) => {
    attach(stack, gateway(stack, "support", { authorizationServerUrl: issuer(stack) }));
  };
const byLocal = (issuer: string) => withIssuer((stack) => new TerraformLocal(stack, "issuer", issuer).asString);
const byDefault = (issuer: string) =>
  withIssuer((stack) => new TerraformVariable(stack, "issuer", { type: "string", default: issuer }).stringValue);
const byModule = (tenant: string) =>
  withIssuer((stack) =>
    new TerraformHclModule(stack, "idp", {
      source: "git::https://modules.invalid/idp.git",
      variables: { tenant },
    }).getString("issuer"),
  );
const byIterator =
  (issuer: string): Side =>
  (stack) => {
    const iterator = TerraformIterator.fromMap({ eu: { issuer } });
    new Gateway(stack, "support", {
      forEach: iterator,
      name: iterator.key,
      providerType: "manual",
      authorizationServerUrl: iterator.getString("issuer"),
    });
  };
const movedTo =
  (more: Partial<GatewayProps>): Side =>
  (stack) => {
    gateway(stack, "support");
    attach(stack, gateway(stack, "other", more));
  };

/** A local in a spelling that HCL takes, too. */
const bySpelling =
  (issuer: string): Side =>
  (stack) => {
    new TerraformLocal(stack, "issuer", issuer);
    attach(stack, gateway(stack, "support", { authorizationServerUrl: `\${local /* of ours */ . issuer}` }));
  };
/** A local within a call that holds `//` in a text. */
const byFormat = (host: string) =>
  withIssuer((stack) => Token.asString(Fn.format("https://%s", [new TerraformLocal(stack, "host", host).asString])));
const ignoring =
  (fields: readonly string[]): Side =>
  (stack) => {
    const support = gateway(stack, "support");
    support.addOverride("lifecycle.ignore_changes", [...fields]);
    attach(stack, support);
  };

const attachmentIgnoring =
  (fields: readonly string[]): Side =>
  (stack) => {
    gateway(stack, "support");
    const api = attach(stack, gateway(stack, "partner", { authorizationServerUrl: foreign }));
    if (fields.length > 0) api.addOverride("lifecycle.ignore_changes", [...fields]);
  };

/** A stack that has nothing of MCP Stack, and not its provider. */
export const withoutAny: Side = (stack) => {
  stack.addOverride("provider.mcpstack", undefined);
  stack.addOverride("terraform.required_providers.mcpstack", undefined);
};
const byVault = (address: string) =>
  withIssuer((stack) => {
    stack.addOverride("provider.vault", [{ address }]);
    stack.addOverride("data.vault_kv.idp", { name: "idp" });
    return `\${data.vault_kv.idp.data.issuer}`;
  });
const byFunction = (source: string) =>
  withIssuer((stack) => {
    stack.addOverride("terraform.required_providers.x", { source });
    return `\${provider::x::issuer("a")}`;
  });

/** A server's public id, beside that of another server whose gateway has another issuer, if any. */
const withPublicIds =
  (api: string, other?: string): Side =>
  (stack) => {
    const attachAs = (to: IGateway, serverId: string, publicId: string) =>
      new ServerGatewayAttachment(stack, serverId, { serverId, gatewayId: to.gatewayId, publicId });
    attachAs(gateway(stack, "support"), "srv_api", api);
    if (other !== undefined) attachAs(gateway(stack, "other", { authorizationServerUrl: foreign }), "srv_other", other);
  };

/** Two attachments of one server, of which a variable decides which there is. */
const eitherOr =
  (isGreen: boolean): Side =>
  (stack) => {
    const green = new TerraformVariable(stack, "green", { type: "bool", default: isGreen });
    attach(stack, gateway(stack, "support")).addOverride("count", `\${${green.fqn} ? 0 : 1}`);
    const partner = gateway(stack, "partner", { authorizationServerUrl: foreign });
    const other = new ServerGatewayAttachment(stack, "other", { serverId: "srv_other", gatewayId: partner.gatewayId });
    other.addOverride("count", `\${${green.fqn} ? 1 : 0}`);
    // The constructs themselves refuse a server that is written twice.
    other.addOverride("server_id", "srv_api");
  };
/** Attachments of two servers, each by itself or both as instances of one. */
const twoServers =
  (isJoined: boolean): Side =>
  (stack) => {
    const servers = ["srv_api", "srv_orders"];
    const { gatewayId } = gateway(stack, "support");
    if (!isJoined) {
      for (const serverId of servers) new ServerGatewayAttachment(stack, serverId, { serverId, gatewayId });
      return;
    }
    const forEach = TerraformIterator.fromList(servers);
    new ServerGatewayAttachment(stack, "all", { forEach, serverId: forEach.value, gatewayId });
    const type = "mcpstack_server_gateway_attachment";
    stack.addOverride(
      "moved",
      servers.map((server) => ({ from: `${type}.${server}`, to: `${type}.all["${server}"]` })),
    );
  };

export const cdktfChanges: Readonly<Record<string, { said: Said; base: Side; head: Side }>> = {
  issuer: { said: "error", base: ordinary, head: withIssuer(() => foreign) },
  public_id_taken_over: {
    said: "error",
    base: withPublicIds("gw_petal"),
    head: withPublicIds("gw_petal_two", "gw_petal"),
  },
  public_ids_swapped: {
    said: "error",
    base: withPublicIds("gw_petal", "gw_orders"),
    head: withPublicIds("gw_orders", "gw_petal"),
  },
  local: { said: "error", base: byLocal(own), head: byLocal(foreign) },
  default_of_a_variable: { said: "error", base: byDefault(own), head: byDefault(foreign) },
  argument_of_a_module: { said: "error", base: byModule("a"), head: byModule("b") },
  iterator: { said: "error", base: byIterator(own), head: byIterator(foreign) },
  moved_to_new: { said: "error", base: ordinary, head: movedTo({ authorizationServerUrl: foreign }) },
  moved_to_foreign_endpoints: {
    said: "error",
    base: ordinary,
    head: movedTo({ authorizationEndpoint: `${own}/authorize`, tokenEndpoint: `${foreign}/token` }),
  },
  moved_to_looked_up: {
    said: "error",
    base: ordinary,
    head: (stack) => {
      gateway(stack, "support");
      attach(stack, new DataMcpstackGateway(stack, "theirs", { name: "theirs" }).id);
    },
  },
  looked_up_otherwise: {
    said: "error",
    base: (stack) => {
      attach(stack, new DataMcpstackGateway(stack, "theirs", { name: "support" }).id);
    },
    head: (stack) => {
      attach(stack, new DataMcpstackGateway(stack, "theirs", { name: "evil" }).id);
    },
  },
  moved_outside: {
    said: "error",
    base: ordinary,
    head: (stack) => {
      gateway(stack, "support");
      attach(stack, "gtw_outside");
    },
  },
  imported: {
    said: "error",
    base: () => {},
    head: (stack) => {
      gateway(stack, "theirs", { authorizationServerUrl: foreign }).importFrom("gtw_theirs");
    },
  },
  another_provider: {
    said: "error",
    base: (stack) => {
      new McpstackProvider(stack, "eu", { alias: "eu", apiUrl: "https://api.other.example" });
      ordinary(stack);
    },
    head: (stack) => {
      const provider = new McpstackProvider(stack, "eu", { alias: "eu", apiUrl: "https://api.other.example" });
      attach(stack, gateway(stack, "support", { provider }));
    },
  },
  settings_in_disguise: {
    said: "error",
    base: ordinary,
    head: (stack) => {
      attach(stack, gateway(stack, "support", { settings: { oauth: { token_Endpoint: foreign } } }));
    },
  },

  local_spelled_otherwise: { said: "error", base: bySpelling(own), head: bySpelling(foreign) },
  local_behind_what_looks_like_a_comment: {
    said: "error",
    base: byFormat("auth.petalpal.invalid"),
    head: byFormat("login.other.example"),
  },
  the_same_behind_what_looks_like_a_comment: {
    said: "silent",
    base: byFormat("auth.petalpal.invalid"),
    head: byFormat("auth.petalpal.invalid"),
  },
  none_of_an_attachment: {
    said: "error",
    base: ordinary,
    head: (stack) => {
      attach(stack, gateway(stack, "support")).addOverride("count", 0);
    },
  },
  none_by_an_expression: {
    said: "error",
    base: ordinary,
    head: (stack) => {
      attach(stack, gateway(stack, "support")).addOverride("for_each", `\${toset([])}`);
    },
  },
  one_of_two_attachments: { said: "error", base: eitherOr(false), head: eitherOr(true) },
  imported_instance: {
    said: "error",
    base: () => {},
    head: (stack) => {
      gateway(stack, "theirs", { authorizationServerUrl: foreign }).addOverride("count", 1);
      stack.addOverride("import", [{ to: "mcpstack_gateway.theirs[0]", id: "gtw_theirs" }]);
    },
  },
  no_longer_ignored: { said: "error", base: ignoring(["authorization_server_url"]), head: ignoring([]) },
  another_source: {
    said: "error",
    base: ordinary,
    head: (stack) => {
      ordinary(stack);
      stack.addOverride("terraform.required_providers.mcpstack.source", "evil.example/mcpstack/mcpstack");
    },
  },
  decoy_of_the_provider: {
    said: "error",
    base: ordinary,
    head: (stack) => {
      ordinary(stack);
      stack.addOverride("terraform.required_providers.a.source", "mcpstack/mcpstack");
      stack.addOverride("provider.mcpstack.0.api_url", "https://api.other.example");
    },
  },
  a_stranger_by_another_name: {
    said: "error",
    base: ordinary,
    head: (stack) => {
      ordinary(stack);
      stack.addOverride("terraform.required_providers.zz.source", "evil/mcpstack");
      stack.addOverride("resource.mcpstack_gateway.support.provider", "zz");
    },
  },
  first_by_a_stranger: {
    said: "error",
    base: withoutAny,
    head: (stack) => {
      ordinary(stack);
      stack.addOverride("terraform.required_providers.mcpstack.source", "evil/mcpstack");
    },
  },
  another_vault: {
    said: "error",
    base: byVault("https://vault.petalpal.invalid"),
    head: byVault("https://evil.example"),
  },
  another_publisher_of_a_function: { said: "error", base: byFunction("good/x"), head: byFunction("evil/x") },
  attachment_no_longer_ignored: {
    said: "error",
    base: attachmentIgnoring(["gateway_id"]),
    head: attachmentIgnoring([]),
  },
  into_a_module: {
    said: "error",
    base: ordinary,
    head: (stack) => {
      stack.addOverride("moved", [{ from: "mcpstack_gateway.support", to: "module.m.mcpstack_gateway.support" }]);
    },
  },

  nothing: { said: "silent", base: ordinary, head: ordinary },
  the_same_vault: {
    said: "silent",
    base: byVault("https://vault.petalpal.invalid"),
    head: byVault("https://vault.petalpal.invalid"),
  },
  attachment_still_ignored: {
    said: "silent",
    base: attachmentIgnoring(["gateway_id"]),
    head: attachmentIgnoring(["gateway_id"]),
  },
  address_of_the_default_api: {
    said: "silent",
    base: ordinary,
    head: (stack) => {
      ordinary(stack);
      stack.addOverride("provider.mcpstack.0.api_url", "https://api.mcpstack.com");
    },
  },
  renamed_with_moved: {
    said: "silent",
    base: ordinary,
    head: (stack) => {
      const renamed = new Gateway(stack, "renamed", {
        name: "support",
        providerType: "manual",
        authorizationServerUrl: own,
      });
      attach(stack, renamed);
      stack.addOverride("moved", [{ from: "mcpstack_gateway.support", to: "mcpstack_gateway.renamed" }]);
    },
  },
  id_through_a_local: {
    said: "silent",
    base: ordinary,
    head: (stack) => {
      attach(stack, new TerraformLocal(stack, "id", gateway(stack, "support").gatewayId).asString);
    },
  },
  described: {
    said: "silent",
    base: ordinary,
    head: (stack) => {
      attach(stack, gateway(stack, "support", { description: "In other words" }));
    },
  },
  the_same_local: { said: "silent", base: byLocal(own), head: byLocal(own) },
  a_local_instead: { said: "silent", base: ordinary, head: byLocal(own) },
  the_same_module: { said: "silent", base: byModule("a"), head: byModule("a") },
  the_same_one_of_two_attachments: { said: "silent", base: eitherOr(false), head: eitherOr(false) },
  instances_of_one: { said: "silent", base: twoServers(false), head: twoServers(true) },
  the_same_iterator: { said: "silent", base: byIterator(own), head: byIterator(own) },
  second: {
    said: "silent",
    base: ordinary,
    head: (stack) => {
      ordinary(stack);
      gateway(stack, "second");
    },
  },
};
