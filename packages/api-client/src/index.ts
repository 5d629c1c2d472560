export { ApiClient, type AttachmentWritten, type GatewayReadOptions, type LogOptions } from "./api-client";
export { type Patience, patienceOf } from "./connection/patience";
export { resolveConnection } from "./connection/resolve-connection";
export {
  type Connection,
  type ConnectionPart,
  type Credential,
  type Environment,
  type Placed,
  settleConnection,
} from "./connection/settle-connection";
export type { AgentDocument } from "./documents/agent";
export { type AttachmentDocument, decodeAttachment } from "./documents/attachment";
export { type AttachmentWrite, encodeAttachment, restorable } from "./documents/encode-attachment";
export { type EncodeOptions, encodeGateway } from "./documents/encode-gateway";
export { decodeGateway, type GatewayDocument, isSetByPerson } from "./documents/gateway";
export type { GrantDocument } from "./documents/grant";
export { assertProvesAbsence, type ListedGateways } from "./documents/listed-gateway";
export type { LogEvent } from "./documents/log-event";
export type { Organization } from "./documents/organization";
export type { ServerDocument } from "./documents/server";
export { ApiError, type ApiErrorDetails, type ErrorCode, errorCodes, isApiError } from "./errors/api-error";
export { assertOwnList } from "./lists/proves-absence";
export { type AttachmentReadOptions, GatewayReads } from "./reads/gateway-reads";
export type { Secrets } from "./secrets/secrets";
export type { BeforeRepeat, CallOptions, DeleteOptions, ReadOptions, WriteOptions } from "./transport/call";
export type { WriteAnswer } from "./transport/judge-answer";
export { defaultRetryPolicy, type RetryPolicy } from "./transport/retry";
export type { RequestBodies, RequestEvent, TransportOptions } from "./transport/transport";
export { version } from "./version";
