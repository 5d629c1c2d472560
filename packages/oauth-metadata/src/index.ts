export * from "./discover";
export * from "./discovery/challenge";
export type { AuthorizationServerResult, DiscoveryTarget } from "./discovery/find-authorization-server";
export type { ProtectedResourceResult } from "./discovery/find-protected-resource";
export type { ChallengeResult } from "./discovery/read-challenge";
export type { DocumentResult } from "./discovery/read-document";
export { authorizationServerCandidates, isMetadataAddress, protectedResourceCandidates } from "./discovery/well-known";
export { type AuthorizationServerMetadata, parseAuthorizationServer } from "./documents/authorization-server";
export { type ClientIdDocument, parseClientIdDocument } from "./documents/client-id-document";
export { type KeySet, parseKeySet } from "./documents/key-set";
export { type ProtectedResourceMetadata, parseProtectedResource } from "./documents/protected-resource";
export { CaFileError } from "./fetch/certificates";
export type { ConnectHooks } from "./fetch/connector";
export type { Attempt, Outcome } from "./fetch/outcome";
export type { MetadataRequestEvent } from "./fetch/transport";
export * from "./judge/attached";
export { isBroadScope } from "./judge/broad-scope";
export { coverage } from "./judge/covers";
export { judge } from "./judge/judge";
export { judgePublicLeg } from "./judge/public-leg";
export type { JudgeInput } from "./judge/subject";
export { findingsBehind, symptomOf } from "./judge/symptom";
export { keepReached } from "./keep-reached";
export { type Product, productNames, recognizeProduct } from "./products/recognize";
export type { PublicLeg, PublicRouteTarget } from "./public-leg/read-public-leg";
export * from "./reader";
export { rememberedAcceptances, rememberedDiscovery } from "./remembered";
export { safeText } from "./text/safe-text";
export { withoutUserInformation } from "./text/user-information";
export {
  type Acceptance,
  type AcceptInput,
  acceptMetadata,
  type FormerlyAccepted,
  type Move,
} from "./trust/accept-metadata";
export { type IssuerChoice, isSameChoice, isSameIssuer, issuerMeant } from "./trust/issuer-choice";
export {
  type LiveMetadata,
  liveMetadata,
  type MetadataField,
  metadataFieldNames,
  nothingRead,
} from "./trust/live-metadata";
export { isTrustedIn, namedOrigins } from "./trust/trusted-origins";
