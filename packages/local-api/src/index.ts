export { BehaviourError } from "./behaviour/behaviour-error";
export { mergeBehaviour, parseBehaviour } from "./behaviour/merge-behaviour";
export { pairwiseBehaviours } from "./behaviour/pairwise-behaviours";
export {
  type BehaviourName,
  behaviourNames,
  behaviourSwitches,
  defaultBehaviour,
  type ServerBehaviour,
} from "./behaviour/switches";
export { type LocalRun, LocalUsageError, localUsage, runLocal } from "./command/run-local";
export type { Fault, FaultAction, PlantedFault } from "./faults/fault";
export { type Certificate, selfSignedCertificate } from "./issuer/self-signed-certificate";
export {
  type Issuer,
  type IssuerOptions,
  type IssuerRequest,
  IssuerStartError,
  startIssuer,
} from "./issuer/start-issuer";
export { startTableIssuer, type TableIssuer, type TableIssuerOptions } from "./issuer/start-table-issuer";
export { htmlPage, type TableAnswer, type TableRequest, type TableResponse } from "./issuer/table-response";
export type { WellKnownForm } from "./issuer/well-known";
export { type PublicLegFlaw, publicLegFlaws } from "./public-leg/flaws";
export { type RouteAddresses, routeAddresses } from "./routes/route-addresses";
export { describeEnvironment } from "./server/describe-environment";
export type { LoggedRequest } from "./server/request-log";
export { type LocalApi, type LocalApiOptions, startLocalApi } from "./server/start-local-api";
export { StateFileError } from "./store/persistence";
export type {
  Agent,
  Attachment,
  Credential,
  GatewayProfile,
  Grant,
  LogEvent,
  McpServer,
  Organization,
  StoredGateway,
  Tool,
} from "./store/records";
export type { Seed, SeedCredentials } from "./store/seed";
export { type GatewayPatch, type Store, StoreError } from "./store/store";
