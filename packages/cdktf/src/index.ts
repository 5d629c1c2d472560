export { LeastPrivilegeScopes, type LeastPrivilegeScopesOptions } from "./aspects/least-privilege-scopes";
export type { AttachToProps, ServerReference } from "./attachment/attach-to";
export { ServerGatewayAttachment, type ServerGatewayAttachmentProps } from "./attachment/server-gateway-attachment";
export { type CallbackUrlOptions, callbackUrl } from "./functions/callback-url";
export { sameIssuer } from "./functions/same-issuer";
export { type FromGatewayNameOptions, Gateway } from "./gateway/gateway";
export type { GatewayProps, ProviderType } from "./gateway/gateway-props";
export type { IGateway } from "./gateway/gateway-reference";
/** The constructs that cdktf generates from the provider's schema. */
export * as level1 from "./gen";
export { DataMcpstackGateway } from "./gen/data-mcpstack-gateway";
export { DataMcpstackGatewayServers } from "./gen/data-mcpstack-gateway-servers";
export { DataMcpstackGateways } from "./gen/data-mcpstack-gateways";
export { DataMcpstackServer } from "./gen/data-mcpstack-server";
export { InvalidInput } from "./invalid-input";
export type { FindingSeverity, MetadataCheck } from "./provider/findings";
export { McpstackProvider } from "./provider/mcpstack-provider";
export type { McpstackProviderProps } from "./provider/mcpstack-provider-props";
export type { Settings, SettingValue } from "./values/settings";
