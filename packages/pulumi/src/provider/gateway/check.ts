import {
  type Finding,
  type GatewayProfile,
  type GatewayState,
  isEmpty,
  type ProfileField,
  profileFields,
  roundedNumber,
  roundedNumbers,
  sameAsTyped,
  sameJson,
  validateGateway,
} from "@mcpstack/model";
import { type Discovered, namedBy } from "@mcpstack/oauth-metadata";
import {
  decideGateway,
  discoverFor,
  findingsFor,
  foreseeGateway,
  formerlyAfter,
  type GatewayPlanInput,
  isStillChosen,
  isWholly,
  metadataAfterApply,
  type PlannedMetadata,
  planAdoption,
  ReconcileError,
  type Run,
  refusedEdits,
} from "@mcpstack/reconciler";
import { runFor } from "../connection/runs";
import { connectionProblems } from "../connection/validate";
import type { CheckFailure, CheckResult } from "../engine/contract";
import { checkFailure, refusal } from "../engine/failure";
import { noticeText } from "../engine/hearing";
import { say } from "../engine/say";
import { given } from "../given";
import {
  definedOnly,
  hasUnknown,
  holdsMark,
  isUnknown,
  knownOnly,
  type Properties,
  providerKey,
  unknownNames,
  unknownValue,
} from "../values";
import { describeAdoption } from "./describe-adoption";
import { describeFinding } from "./describe-finding";
import {
  adoptOf,
  labelOf,
  memoryFrom,
  memoryKey,
  ownArguments,
  plannedMetadata,
  plannedProperty,
  profileFrom,
  profileNames,
  remembered,
  stateFrom,
  withSettings,
} from "./properties";

/**
 * Checks a gateway's inputs and settles those that the engine shall compare: what means the same as before keeps its old spelling, and
 * `metadata` is what an update would accept. Runs in the preview and again in the update.
 */
export async function checkGateway(before: Properties, typed: Properties): Promise<CheckResult> {
  const [olds, news] = [givenProfile(before), givenProfile(typed)];
  const unknown = unknownNames(news, profileNames);
  const label = labelOf(news, unknown);
  const failures = problemsOf(news, olds).map((problem) => checkFailure(label, problem));
  if (failures.length > 0) return { inputs: { ...news }, failures };

  const prior = Object.keys(olds).length > 0 ? olds : undefined;
  const inputs = settled(prior, news);
  const mayPlan = !isKept(prior, news, unknown);
  if (hasUnknown(news.connection)) {
    // The update may find anything. What it remembers then must not be promised either: a saved plan holds it to that.
    if (mayPlan) inputs.metadata = plannedProperty(metadataAfterApply);
    if (prior) inputs[memoryKey] = unknownValue;
    return { inputs };
  }
  const run = runFor(news.connection);
  const desired = profileFrom(knownOnly(news));
  run.api.secrets.add(desired.settingsWo);
  // The engine checks what is replaced once more, as if it were new: by its name it is known again.
  const foreseen = {
    prior: prior && stateFrom(prior, ""),
    desired,
    unknown,
    hasPredecessor: adoptOf(news) !== undefined,
  };
  const refusedBefore: CheckFailure[] = [];
  for (const notice of await foreseeGateway(run, foreseen)) {
    if (notice.severity === "error") refusedBefore.push(refusal(label, noticeText(notice)));
    else await say("warning", noticeText(notice, label));
  }
  if (refusedBefore.length > 0) return { inputs, failures: refusedBefore };
  const adopted = prior ? undefined : await adoption(run, label, news, { desired, unknown });
  if (adopted && adopted.length > 0) return { inputs, failures: adopted };

  const input = {
    prior: prior && stateFrom(prior, ""),
    memory: prior && memoryFrom(prior),
    desired,
    unknown,
    discovered: await discoveredFor(run, desired, unknown, prior && stateFrom(prior, "")),
  };
  if (mayPlan) {
    // Where nobody can say yet whether to look, the update may find anything.
    const open = unknown.includes("metadataCheck") && input.discovered === undefined;
    const metadata = plannedProperty(open ? metadataAfterApply : decideGateway(input, run).metadata);
    if (metadata === undefined) delete inputs.metadata;
    else inputs.metadata = metadata;
  }
  if (prior) Object.assign(inputs, formerlyOf(input, plannedMetadata(inputs)));
  // What is taken over was compared with what there is.
  const refused = adopted ? [] : (await refusedEdits(run, input)).map((problem) => checkFailure(label, problem));
  if (refused.length > 0) return { inputs, failures: refused };
  return { inputs, failures: await report(run, label, findingsFor(run, input)) };
}

/**
 * Whether `metadata` stays as it is: the engine puts back what `ignoreChanges` names. What was accepted of one issuer is accepted of no other,
 * so it is not kept for one, nor for one that is not known yet.
 */
function isKept(prior: Properties | undefined, news: Properties, unknown: readonly string[]): boolean {
  if (prior === undefined || isEmpty(news.metadata)) return false;
  if (unknown.includes("authorizationServerUrl") || unknown.includes("metadataUrl")) return false;
  return isStillChosen(memoryFrom(prior), stateFrom(prior, ""), profileFrom(knownOnly(news)));
}

/** What is remembered of former issuers; not known itself while it is not known which one the program names, or what will be accepted. */
function formerlyOf(input: GatewayPlanInput & { readonly desired: GatewayProfile }, planned: PlannedMetadata): object {
  const { prior, memory = {}, desired, unknown = [] } = input;
  const isOpen = unknown.includes("authorizationServerUrl") || unknown.includes("metadataUrl") || isWholly(planned);
  if (isOpen) return { [memoryKey]: unknownValue };
  const formerly = formerlyAfter(memory, prior, desired, planned.value);
  return formerly ? definedOnly(remembered({ formerly })) : {};
}

/**
 * Whose documents these would be is not known before the issuer is. While it is not known whether anybody shall look, whoever looked before
 * looks again.
 */
async function discoveredFor(
  run: Run,
  desired: GatewayProfile,
  unknown: readonly string[],
  prior: GatewayState | undefined,
): Promise<Discovered | undefined> {
  if (unknown.includes("authorizationServerUrl") || unknown.includes("metadataUrl")) return undefined;
  const named = namedBy(desired);
  if (!unknown.includes("metadataCheck")) return discoverFor(run, desired, named, {});
  return prior && discoverFor(run, { ...desired, metadataCheck: prior.metadataCheck }, named, {});
}

function problemsOf(news: Properties, olds: Properties) {
  // What is only an output is given where the engine puts it back; for a successor, too, which has nothing before it.
  const isPutBack = (name: string) => Object.keys(olds).length === 0 || sameJson(news[name], olds[name]);
  const outputs = ["metadata", memoryKey].filter(isPutBack);
  const known = new Set<string>([...profileNames, ...ownArguments, ...outputs, providerKey]);
  const strangers = Object.keys(news).filter((name) => !known.has(name));
  const { adopt } = news;
  const isAdoptable = adopt === undefined || typeof adopt === "boolean" || typeof adopt === "string";
  return [
    ...strangers.map((name) => ({
      code: "unknown_argument",
      path: [name],
      message: "is not an argument of a gateway",
    })),
    ...validateGateway(withSettings(news), { isUnknown }),
    ...roundedProblems(news),
    ...markedProblems(news),
    ...connectionProblems(news.connection),
    ...(isAdoptable
      ? []
      : [{ code: "invalid_value", path: ["adopt"], message: "must be the id of a gateway, or true" }]),
  ];
}

/** The arguments that are given. Settings are judged as what their text holds, and keep it. */
function givenProfile(properties: Properties): Properties {
  const known = given(profileFields, withSettings(properties));
  return Object.fromEntries(Object.keys(known).map((name) => [name, properties[name]]));
}

/** A number that JavaScript has rounded is not what the program wrote. */
function roundedProblems({ settings, settingsWo }: Properties) {
  return Object.entries({ settings, settingsWo }).flatMap(([name, value]) =>
    roundedNumbers(value).map((path) => ({ code: "rounded_number", path: [name, ...path], message: roundedNumber })),
  );
}

/** An asset, an archive or a resource is no JSON, and would be written as the engine's wire marks it. */
function markedProblems(news: Properties) {
  return ["settings", "settingsWo"]
    .filter((name) => holdsMark(news[name]))
    .map((name) => ({
      code: "invalid_value",
      path: [name],
      message: "holds an asset, an archive or a resource, which is no JSON: give its text or its id",
    }));
}

/** What means the same as before is no change, and the engine finds out what changed from the inputs alone. */
function settled(prior: Properties | undefined, news: Properties): Record<string, unknown> {
  const inputs: Record<string, unknown> = { ...news };
  // What a refresh remembered is about the state that it read, and ends with it. What was accepted of former issuers is put back.
  delete inputs[memoryKey];
  if (!prior) return inputs;
  const [before, now] = [withSettings(prior), withSettings(inputs)];
  for (const name of profileNames) {
    if (prior[name] !== undefined && sameAsTyped(profileFields[name], before[name], now[name]))
      inputs[name] = prior[name];
  }
  // Only a create adopts: what this argument says later is no change.
  delete inputs.adopt;
  if (prior.adopt !== undefined) inputs.adopt = prior.adopt;
  return inputs;
}

/** What speaks against taking a gateway over; undefined where none is taken over, or where it is not known yet which. */
async function adoption(
  run: Run,
  label: string,
  news: Properties,
  { desired, unknown }: { readonly desired: GatewayProfile; readonly unknown: readonly ProfileField[] },
): Promise<CheckFailure[] | undefined> {
  const adopt = adoptOf(news);
  if (adopt === undefined) return undefined;
  if (isUnknown(adopt) || hasUnknown(news.name)) return [];
  try {
    const plan = await planAdoption(run, desired, adopt, { unknown });
    if (plan.refused.length > 0) return plan.refused.map((problem) => checkFailure(label, problem));
    await say("info", describeAdoption(label, plan, run.api.secrets));
    return [];
  } catch (error) {
    if (error instanceof ReconcileError && error.code.startsWith("adopt_")) return [refusal(label, error.message)];
    throw error;
  }
}

/** Errors fail the check, warnings go to the engine's Diagnostics; what is only worth knowing is left to `mcpstack-iac drift`. */
async function report(run: Run, label: string, findings: readonly Finding[]): Promise<CheckFailure[]> {
  const warnings = findings.filter(({ severity }) => severity === "warn");
  // A host that cannot be reached is one piece of news, however many gateways depend on it; everything else is about its gateway.
  const ofHost = run.unsaid(warnings.filter(isAboutHost), label);
  for (const finding of [...ofHost, ...warnings.filter((warning) => !isAboutHost(warning))]) {
    await say("warning", describeFinding(label, finding));
  }
  return findings
    .filter(({ severity }) => severity === "error")
    .map((finding) => ({ property: "", reason: describeFinding(label, finding) }));
}

function isAboutHost({ code }: Finding): boolean {
  return code.endsWith("-unreachable");
}
