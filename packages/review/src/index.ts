export { type ExitCode, exitCodeOf, exitCodes, type FailOn } from "./exit";
export type { ReviewFinding } from "./finding";
export { type InputErrorCode, ReviewInputError } from "./inputs/input-error";
export type { NamedInput } from "./inputs/read-plan";
export {
  type OptionDescription,
  type OutputFormat,
  outputFormats,
  type ReviewCommandOptions,
  reviewArgument,
  reviewOptions,
} from "./options";
export { parsePolicy } from "./policy/parse-policy";
export type { Policy } from "./policy/schema";
export { metadataPreflight } from "./preflight/metadata-preflight";
export type { Preflight, PreflightChoices } from "./preflight/preflight";
export type { BlastRadiusSource, GatewayReach } from "./radius/blast-radius";
export { type RenderOptions, render } from "./render/render";
export type { ReviewResult } from "./result";
export { type ReviewOptions, reviewPlan } from "./review";
export { catalogue, type ReviewCode } from "./rules/catalogue";
export { type ReviewIo, runReview } from "./run";
