export type { ServerGatewayAttachmentArgs, ServerGatewayAttachmentLookup } from "./attachment";
export { ServerGatewayAttachment } from "./attachment";
export type { ConnectionArgs, CredentialPlace } from "./connection";
export type { CallbackUrlArgs } from "./functions/callback-url";
export { callbackUrl } from "./functions/callback-url";
export type { LookupArgs, LookupConnection, OutputArgs } from "./functions/connection";
export type { GetGatewayArgs, GetGatewayResult } from "./functions/get-gateway";
export { getGateway, getGatewayOutput } from "./functions/get-gateway";
export type { GatewayLogEvent, GetGatewayLogsArgs } from "./functions/get-gateway-logs";
export { getGatewayLogs, getGatewayLogsOutput } from "./functions/get-gateway-logs";
export type { GatewayServer, GetGatewayServersArgs } from "./functions/get-gateway-servers";
export { getGatewayServers, getGatewayServersOutput } from "./functions/get-gateway-servers";
export type { GatewaySummary, GetGatewaysArgs } from "./functions/get-gateways";
export { getGateways, getGatewaysOutput } from "./functions/get-gateways";
export type {
  GetOAuthMetadataArgs,
  GetOAuthMetadataResult,
  OAuthMetadataFinding,
} from "./functions/get-oauth-metadata";
export { getOAuthMetadata, getOAuthMetadataOutput } from "./functions/get-oauth-metadata";
export type { GetServerArgs, GetServerResult } from "./functions/get-server";
export { getServer, getServerOutput } from "./functions/get-server";
export { sameIssuer } from "./functions/same-issuer";
export type {
  AttachToArgs,
  FindingSeverity,
  GatewayArgs,
  GatewayLookup,
  MetadataCheck,
  ProviderType,
} from "./gateway";
export { Gateway } from "./gateway";
export type { GatewayMetadata } from "./metadata";
export { ProviderNotInstalled } from "./program/provider-text";
