export { type AttachOptions, createAttachment, handOverMs } from "./attachment/create";
export { deleteAttachment } from "./attachment/delete";
export { attachmentFindings } from "./attachment/findings";
export {
  type Foreseen,
  type ForeseeOptions,
  foreseeAttachment,
  foreseeDetach,
  foreseeKept,
} from "./attachment/foresee";
export { importAttachment } from "./attachment/import";
export { foreseeGatewayDelete, foreseeMoved } from "./attachment/left-gateways";
export { type AttachmentField, type AttachmentPlan, type AttachmentPlanInput, planAttachment } from "./attachment/plan";
export { readAttachment } from "./attachment/read";
export { attachedHere } from "./attachment/refusals";
export { isSameServer } from "./attachment/same-server";
export { updateAttachment } from "./attachment/update";
export * from "./errors";
export { type Adopt, type AdoptedChange, type AdoptionPlan, adoptGateway, planAdoption } from "./gateway/adopt";
export { createGateway, type GatewayApplied, metadataAfterApply } from "./gateway/create";
export { deleteGateway } from "./gateway/delete";
export { refusedEdits } from "./gateway/edits";
export { withRecentEvents } from "./gateway/events";
export {
  type ChoiceName,
  choiceNames,
  discoverFor,
  findingsFor,
  type ProviderChoices,
  policyOf,
  trustedOriginsOf,
} from "./gateway/findings";
export { type ForeseenGateway, foreseeCredential, foreseeGateway } from "./gateway/foresee";
export { importGateway } from "./gateway/import";
export { asWritten, formerlyAfter, type GatewayMemory, isStillChosen, rememberedGateway } from "./gateway/memory";
export {
  decideGateway,
  findingsOf,
  type GatewayDecision,
  type GatewayPlan,
  planGateway,
} from "./gateway/plan";
export type { GatewayPlanInput } from "./gateway/plan-input";
export { isWholly, type PlannedMetadata } from "./gateway/planned-metadata";
export { type GatewayRead, type ReadGatewayOptions, readGateway } from "./gateway/read";
export { type GatewayUpdate, updateGateway } from "./gateway/update";
export { type FoundGateway, findGateway, type GatewayWanted, lookUpGateway } from "./lookups/find-gateway";
export { type FoundServer, findServer } from "./lookups/find-server";
export { type GatewayServer, gatewayServers } from "./lookups/gateway-servers";
export { type GatewayFilter, type ListedGateway, listGateways } from "./lookups/list-gateways";
export { type MetadataQuery, type PublishedMetadata, publishedMetadata } from "./lookups/published-metadata";
export { logLimit, logLimitProblem, recentEvents } from "./lookups/recent-events";
export { type Hear, type Notice, type NoticeCode, noticeCodes } from "./notice";
export { logsMetadataRequest, logsRequest, type RequestLog } from "./request-log";
export { type CallOptions, Run, type RunOptions } from "./run";
