import { profileFields, validateEdits, validateGateway } from "@mcpstack/model";
import { Annotations, type TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { type AttachToProps, attach, type ServerReference } from "../attachment/attach-to";
import type { ServerGatewayAttachment } from "../attachment/server-gateway-attachment";
import { type CallbackUrlOptions, callbackUrl } from "../functions/callback-url";
import { DataMcpstackGateway } from "../gen/data-mcpstack-gateway";
import { Gateway as Level1Gateway } from "../gen/gateway";
import { inputOf } from "../validation/input";
import { messages } from "../validation/messages";
import { defined, list } from "../values/defined";
import { roundedSettings, settingsJson } from "../values/settings";
import { isUnresolved } from "../values/unresolved";
import { ExistingGateway } from "./existing-gateway";
import type { GatewayProps } from "./gateway-props";
import type { IGateway } from "./gateway-reference";

/** Which existing gateway, and at which provider configuration. */
export interface FromGatewayNameOptions {
  /**
   * The provider configuration to look the gateway up with, and to attach servers with.
   *
   * @default - the stack's default configuration
   */
  readonly provider?: TerraformProvider | undefined;
}

/**
 * A Gateway profile: the OAuth and resource settings used when an MCP server needs user-scoped auth. It can be used by many servers.
 *
 * It is checked at synth as it stands then, aspects included. What only a gateway that exists may have, such as a plain http issuer, is a
 * warning there and is judged by the plan. What only Terraform knows is left to the provider.
 */
export class Gateway extends Level1Gateway implements IGateway {
  /** A gateway that exists already, to attach servers to. */
  static fromGatewayId(scope: Construct, id: string, gatewayId: string): IGateway {
    return new ExistingGateway(scope, id, gatewayId);
  }

  /** A gateway that exists already, looked up by its name, which must be the only one of that name. */
  static fromGatewayName(scope: Construct, id: string, name: string, options: FromGatewayNameOptions = {}): IGateway {
    const lookUp = (parent: Construct) => new DataMcpstackGateway(parent, "LookUp", defined({ name, ...options })).id;
    return new ExistingGateway(scope, id, lookUp, options.provider);
  }

  /**
   * The callback URL to register at the identity provider, known before anything exists: a text where both parts are known at synth,
   * else a token. The attachment's own `callbackUrl` confirms it after the apply.
   */
  static callbackUrl(options: CallbackUrlOptions): string {
    return callbackUrl(options);
  }

  constructor(scope: Construct, id: string, props: GatewayProps) {
    super(scope, id, {
      ...defined({
        ...props,
        scopes: list(props.scopes),
        trustedOrigins: list(props.trustedOrigins),
        settings: props.settings && settingsJson(props.settings),
        settingsWo: props.settingsWo && settingsJson(props.settingsWo),
      }),
    });
    this.node.addValidation({
      validate: () => {
        const input = inputOf(this, profileFields);
        const options = { isUnknown: isUnresolved };
        const refused = [
          ...messages(validateGateway(input, options), profileFields, input),
          ...roundedSettings("settings", props.settings),
          ...roundedSettings("settingsWo", props.settingsWo),
        ];
        // Only a plan knows whether the gateway is so already, as one that was imported may be.
        if (refused.length === 0) {
          for (const message of messages(validateEdits(input, [], options), profileFields, input))
            Annotations.of(this).addWarning(`${message}: a plan refuses it unless the gateway has it already`);
        }
        return refused;
      },
    });
  }

  /** Id of the gateway: a token, known after the apply. */
  get gatewayId(): string {
    return this.id;
  }

  /**
   * Attaches an MCP server: it uses this gateway from then on. The attachment is a construct below the gateway, with the gateway's
   * provider configuration unless the props name another one.
   *
   * @param server its id or slug, or a data source that looked it up
   */
  attachTo(server: ServerReference, props: AttachToProps = {}): ServerGatewayAttachment {
    return attach(this, server, this.provider ? { provider: this.provider, ...props } : props);
  }
}
