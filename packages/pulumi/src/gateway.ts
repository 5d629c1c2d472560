import * as pulumi from "@pulumi/pulumi";
import type { ServerGatewayAttachmentArgs } from "./attachment";
import { ServerGatewayAttachment } from "./attachment";
import type { ConnectionArgs } from "./connection";
import type { GatewayMetadata } from "./metadata";
import { assertInstalled, providerText } from "./program/provider-text";
import { engineSettings } from "./program/settings-text";
import { withoutValueUndefined } from "./program/without-value";

/** Kinds of identity provider that are known by name; the service takes others too. */
export type ProviderType = "manual" | "sqlos" | "auth0" | "entra" | "workos" | (string & {});
/** How loudly findings about published metadata may be said. */
export type MetadataCheck = "error" | "warn" | "off";
/** What a single finding counts as. */
export type FindingSeverity = "error" | "warn" | "info" | "off";

/** A Gateway profile: the OAuth and resource settings that servers use for user-scoped access. */
export interface GatewayArgs {
  /** Name of the Gateway profile, shown in the dashboard. */
  readonly name: pulumi.Input<string>;
  /** What the gateway is for, in one line or several. */
  readonly description?: pulumi.Input<string | undefined>;
  /** Kind of identity provider: `manual`, `sqlos`, `auth0`, `entra`, `workos`, or another name that the service knows. */
  readonly providerType: pulumi.Input<ProviderType>;
  /**
   * Issuer identifier of the authorization server, exactly as its metadata spells it, trailing slash included. Metadata is looked for
   * below its well-known addresses (RFC 8414 §3, OpenID Connect Discovery §4). Empty only for a gateway that is taken over and has none.
   */
  readonly authorizationServerUrl: pulumi.Input<string>;
  /** Exact address of the discovery document, where it is not at a well-known address of the authorization server. */
  readonly metadataUrl?: pulumi.Input<string | undefined>;
  /** Authorization endpoint, where discovery is missing or not standard. */
  readonly authorizationEndpoint?: pulumi.Input<string | undefined>;
  /** Token endpoint, where discovery is missing or not standard. */
  readonly tokenEndpoint?: pulumi.Input<string | undefined>;
  /** Dynamic client registration endpoint (RFC 7591), where clients register themselves. */
  readonly registrationEndpoint?: pulumi.Input<string | undefined>;
  /**
   * Client id that was registered at the identity provider. Leave it out where the client registers itself. It may be the https URL of a
   * client id metadata document.
   */
  readonly clientId?: pulumi.Input<string | undefined>;
  /** Resource identifier (audience) that the upstream API demands in access tokens (RFC 8707 §2). */
  readonly resource?: pulumi.Input<string | undefined>;
  /** Scopes that the gateway may ask for; a server may use fewer. Order means nothing. */
  readonly scopes?: pulumi.Input<pulumi.Input<string>[] | undefined>;
  /**
   * Further origins (scheme, host and port) that metadata may move to within a planned change, in every role, beside
   * those that the gateway's own URLs name and those that were accepted in the same role. A move to any other origin is
   * never accepted by an apply.
   */
  readonly trustedOrigins?: pulumi.Input<pulumi.Input<string>[] | undefined>;
  /**
   * How loudly findings about published metadata may be said: "error" lets them fail a plan and keep an apply from
   * writing, but never stop a destroy; "warn" lowers errors to warnings; "off" neither fetches metadata nor says
   * anything. It caps severity and never raises it. Default: what the provider says.
   */
  readonly metadataCheck?: pulumi.Input<MetadataCheck | undefined>;
  /**
   * What single findings count as, by code: "error", "warn", "info" or "off". Codes are listed under docs/findings. `metadataCheck` still
   * caps the result.
   */
  readonly findings?: pulumi.Input<Record<string, pulumi.Input<FindingSeverity>> | undefined>;
  /**
   * Fields of the API's gateway document that this version does not know by name, as a JSON object. Only the keys given here are
   * compared and written, lists in whatever order they come back; every other unknown field is left as it is. Null is as if left out,
   * and a key that the program stops naming is taken out of the document.
   */
  readonly settings?: pulumi.Input<Record<string, unknown> | string | undefined>;
  /**
   * Like `settings`, for values that no state may hold, such as a client secret. Sent whenever the gateway is written; change
   * `settingsWoVersion` to have it written when nothing else changed. Pulumi has no write-only inputs: it keeps this one encrypted among
   * the resource's inputs, and never as an output.
   */
  readonly settingsWo?: pulumi.Input<Record<string, unknown> | string | undefined>;
  /** Any whole number. Change it to have `settingsWo` written again. */
  readonly settingsWoVersion?: pulumi.Input<number | undefined>;
  /**
   * Takes an existing gateway over instead of creating one: its id, or `true` for the one gateway of this name. The preview says what
   * would change. Read only when the resource is created; it may stay in the program. Pulumi's own `import` option does not work for
   * dynamic resources. Default: a new gateway.
   */
  readonly adopt?: pulumi.Input<string | boolean | undefined>;
  /** Which API it belongs to. Default: what the environment and `pulumi config` say. */
  readonly connection?: pulumi.Input<ConnectionArgs | undefined>;
}

/** What `Gateway.get` needs beyond the id. */
export interface GatewayLookup {
  /** Which API it belongs to. Default: what the environment and `pulumi config` say. */
  readonly connection?: pulumi.Input<ConnectionArgs | undefined>;
}

/** How `attachTo` attaches a server. */
export interface AttachToArgs extends Omit<ServerGatewayAttachmentArgs, "serverId" | "gatewayId"> {
  /** Name of the attachment's resource. Default: the gateway's, a hyphen and the server's id; needed where that id is an output. */
  readonly resourceName?: string;
}

const names = new WeakMap<Gateway, string>();
const typeName = "pulumi-nodejs:dynamic/mcpstack:Gateway";

/** A Gateway profile of MCP Stack. */
export class Gateway extends pulumi.CustomResource {
  /** Name of the Gateway profile, shown in the dashboard. */
  declare readonly name: pulumi.Output<string>;
  /** What the gateway is for, in one line or several. */
  declare readonly description: pulumi.Output<string | undefined>;
  /** Kind of identity provider: `manual`, `sqlos`, `auth0`, `entra`, `workos`, or another name that the service knows. */
  declare readonly providerType: pulumi.Output<ProviderType>;
  /**
   * Issuer identifier of the authorization server, exactly as its metadata spells it, trailing slash included. Metadata is looked for
   * below its well-known addresses (RFC 8414 §3, OpenID Connect Discovery §4). Empty only for a gateway that is taken over and has none.
   */
  declare readonly authorizationServerUrl: pulumi.Output<string>;
  /** Exact address of the discovery document, where it is not at a well-known address of the authorization server. */
  declare readonly metadataUrl: pulumi.Output<string | undefined>;
  /** Authorization endpoint, where discovery is missing or not standard. */
  declare readonly authorizationEndpoint: pulumi.Output<string | undefined>;
  /** Token endpoint, where discovery is missing or not standard. */
  declare readonly tokenEndpoint: pulumi.Output<string | undefined>;
  /** Dynamic client registration endpoint (RFC 7591), where clients register themselves. */
  declare readonly registrationEndpoint: pulumi.Output<string | undefined>;
  /**
   * Client id that was registered at the identity provider. Leave it out where the client registers itself. It may be the https URL of a
   * client id metadata document.
   */
  declare readonly clientId: pulumi.Output<string | undefined>;
  /** Resource identifier (audience) that the upstream API demands in access tokens (RFC 8707 §2). */
  declare readonly resource: pulumi.Output<string | undefined>;
  /** Scopes that the gateway may ask for; a server may use fewer. Order means nothing. */
  declare readonly scopes: pulumi.Output<string[] | undefined>;
  /**
   * Further origins (scheme, host and port) that metadata may move to within a planned change, in every role, beside
   * those that the gateway's own URLs name and those that were accepted in the same role. A move to any other origin is
   * never accepted by an apply.
   */
  declare readonly trustedOrigins: pulumi.Output<string[] | undefined>;
  /**
   * How loudly findings about published metadata may be said: "error" lets them fail a plan and keep an apply from
   * writing, but never stop a destroy; "warn" lowers errors to warnings; "off" neither fetches metadata nor says
   * anything. It caps severity and never raises it. Default: what the provider says.
   */
  declare readonly metadataCheck: pulumi.Output<MetadataCheck | undefined>;
  /**
   * What single findings count as, by code: "error", "warn", "info" or "off". Codes are listed under docs/findings. `metadataCheck` still
   * caps the result.
   */
  declare readonly findings: pulumi.Output<Record<string, FindingSeverity> | undefined>;
  /**
   * Fields of the API's gateway document that this version does not know by name, as a JSON object. Only the keys given here are
   * compared and written, lists in whatever order they come back; every other unknown field is left as it is. Null is as if left out,
   * and a key that the program stops naming is taken out of the document.
   */
  declare readonly settings: pulumi.Output<Record<string, unknown> | string | undefined>;
  /** Any whole number. Change it to have `settingsWo` written again. */
  declare readonly settingsWoVersion: pulumi.Output<number | undefined>;
  /** Id of the organization that owns it. It guards against a credential for another organization. */
  declare readonly organizationId: pulumi.Output<string>;
  /** Status as the service reports it. */
  declare readonly status: pulumi.Output<string | undefined>;
  /**
   * What the authorization server and the protected resource published when an apply last accepted it. A planned change here means that
   * they have moved since.
   */
  declare readonly metadata: pulumi.Output<GatewayMetadata | undefined>;

  /** Whether a value is a `Gateway`, also one of another copy of this package. */
  static override isInstance(value: unknown): value is Gateway {
    return pulumi.Resource.isInstance(value) && (value as { __pulumiType?: unknown }).__pulumiType === typeName;
  }

  /** Reads an existing gateway without managing it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    lookup: GatewayLookup = {},
    opts: pulumi.CustomResourceOptions = {},
  ): Gateway {
    return new Gateway(name, lookup as GatewayArgs, { ...opts, id });
  }

  /** Declares a gateway; `name` is the resource's name in the program, `args.name` the profile's. */
  constructor(name: string, args: GatewayArgs, opts: pulumi.CustomResourceOptions = {}) {
    assertInstalled();
    const settings = engineSettings(args.settings);
    const settingsWo = args.settingsWo === undefined ? undefined : pulumi.secret(engineSettings(args.settingsWo));
    super(typeName, name, { ...outputs, ...args, settings, settingsWo, __provider: providerText.gateway }, opts);
    withoutValueUndefined(this, Object.keys(outputs));
    names.set(this, name);
  }

  /**
   * Lets a server use this gateway. The attachment is a child of the gateway, unless `opts` names another parent.
   *
   * @param server - the server's id or slug, or a resource that stands for it.
   */
  attachTo(
    server: pulumi.Input<string> | pulumi.CustomResource,
    args: AttachToArgs = {},
    opts: pulumi.CustomResourceOptions = {},
  ): ServerGatewayAttachment {
    const serverId = pulumi.CustomResource.isInstance(server) ? server.id : server;
    const { resourceName, ...rest } = args;
    const name = resourceName ?? (typeof serverId === "string" ? `${names.get(this)}-${serverId}` : undefined);
    if (name === undefined) {
      throw new pulumi.RunError(
        "attachTo needs `resourceName` where the server's id is an output: resources are named before outputs are known.",
      );
    }
    return new ServerGatewayAttachment(name, { ...rest, serverId, gatewayId: this.id }, { parent: this, ...opts });
  }
}

/** Properties that the provider gives a value, so that the program has an output for each. */
const outputs = {
  description: undefined,
  metadataUrl: undefined,
  authorizationEndpoint: undefined,
  tokenEndpoint: undefined,
  registrationEndpoint: undefined,
  clientId: undefined,
  resource: undefined,
  scopes: undefined,
  trustedOrigins: undefined,
  metadataCheck: undefined,
  findings: undefined,
  settings: undefined,
  settingsWoVersion: undefined,
  name: undefined,
  providerType: undefined,
  authorizationServerUrl: undefined,
  organizationId: undefined,
  status: undefined,
  metadata: undefined,
};
