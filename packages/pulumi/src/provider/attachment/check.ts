import { attachmentFields, sameAsTyped, validateAttachment } from "@mcpstack/model";
import { foreseeAttachment, foreseeCredential, isSameServer, type Run } from "@mcpstack/reconciler";
import { runFor } from "../connection/runs";
import { connectionProblems } from "../connection/validate";
import type { CheckFailure, CheckResult } from "../engine/contract";
import { checkFailure, refusal } from "../engine/failure";
import { noticeText } from "../engine/hearing";
import { say } from "../engine/say";
import { given } from "../given";
import { hasUnknown, isUnknown, knownOnly, type Properties, providerKey, unknownNames } from "../values";
import { addressesAfter, addressesOfUnknown } from "./addresses";
import { attachmentFrom, attachmentNames, labelOf, ownArguments, stateFrom } from "./properties";

/**
 * Checks an attachment's inputs. The addresses are inputs too, where they can be known: computed outputs turn unknown downstream in the
 * preview of every update.
 */
export async function checkAttachment(before: Properties, typed: Properties): Promise<CheckResult> {
  const [olds, news] = [given(attachmentFields, before), given(attachmentFields, typed)];
  const unknown = unknownNames(news, attachmentNames);
  const label = labelOf(news, unknown);
  const failures = problemsOf(news).map((problem) => checkFailure(label, problem));
  if (failures.length > 0) return { inputs: { ...news }, failures };

  const prior = Object.keys(olds).length > 0 ? olds : undefined;
  if (hasUnknown(news.connection)) {
    const inputs = settled(prior, news, false);
    return { inputs: { ...inputs, ...addressesOfUnknown(prior, inputs) } };
  }
  const run = runFor(news.connection);
  const credential = await foreseeCredential(run);
  if (credential)
    return { inputs: { ...news }, failures: credential.map((notice) => refusal(label, noticeText(notice))) };
  const isSame = prior !== undefined && (await isOneServer(run, prior, news));
  const inputs = settled(prior, news, isSame);
  const refused = prior ? [] : await adoption(run, label, inputs);
  const named = typeof news.serverId === "string" ? news.serverId : undefined;
  refused.push(...(await foreseen(run, label, inputs, prior && { isSame, named })));
  if (refused.length > 0) return { inputs, failures: refused };
  return { inputs: { ...inputs, ...(await addressesAfter(run, prior, inputs)) } };
}

function problemsOf(news: Properties) {
  const known = new Set<string>([...attachmentNames, ...ownArguments, "mcpUrl", "callbackUrl", providerKey]);
  const { adopt } = news;
  return [
    ...Object.keys(news)
      .filter((name) => !known.has(name))
      .map((name) => ({ code: "unknown_argument", path: [name], message: "is not an argument of an attachment" })),
    ...validateAttachment(news, { isUnknown }),
    ...connectionProblems(news.connection),
    ...(adopt === undefined || typeof adopt === "boolean" || isUnknown(adopt)
      ? []
      : [{ code: "invalid_value", path: ["adopt"], message: "must be true or false" }]),
  ];
}

/** What is remembered of the server is not among the inputs: both names are looked up, where they differ. */
async function isOneServer(run: Run, prior: Properties, { serverId }: Properties): Promise<boolean> {
  if (typeof prior.serverId !== "string" || typeof serverId !== "string" || isUnknown(serverId)) return false;
  return isSameServer(run, { serverId: prior.serverId }, serverId);
}

/** What an apply would refuse, or a person must know of, before anything is made. */
async function foreseen(
  run: Run,
  label: string,
  inputs: Properties,
  prior: { readonly isSame: boolean; readonly named: string | undefined } | undefined,
): Promise<CheckFailure[]> {
  const desired = attachmentFrom(knownOnly(inputs));
  // The engine checks what is replaced once more, as if it were new.
  const isReplacement = !prior && desired.serverId !== undefined && run.servers.isReplacement(desired);
  const use = { prior: prior && stateFrom(inputs, ""), isSameServer: prior?.isSame, named: prior?.named, desired };
  const notices = await foreseeAttachment(
    run,
    { ...use, isReplacement, adopts: inputs.adopt === true },
    { patienceMs: 0 },
  );
  for (const notice of notices) if (notice.severity === "warning") await say("warning", noticeText(notice));
  return notices.filter(({ severity }) => severity === "error").map((one) => refusal(label, noticeText(one)));
}

function settled(prior: Properties | undefined, news: Properties, isSame: boolean): Record<string, unknown> {
  const { mcpUrl: _, callbackUrl: __, ...inputs }: Record<string, unknown> = news;
  if (!prior) return inputs;
  for (const name of attachmentNames) {
    if (prior[name] !== undefined && sameAsTyped(attachmentFields[name], prior[name], news[name]))
      inputs[name] = prior[name];
  }
  // Another name of the same server is no change.
  if (isSame) inputs.serverId = prior.serverId;
  // A public id that the program leaves to the service is the one that the service chose, while the server stays.
  const isChosen = news.publicId !== undefined;
  if (!isChosen && prior.publicId !== undefined && prior.serverId === inputs.serverId) inputs.publicId = prior.publicId;
  // Only a create adopts: what this argument says later is no change.
  delete inputs.adopt;
  if (prior.adopt !== undefined) inputs.adopt = prior.adopt;
  return inputs;
}

async function adoption(run: Run, label: string, inputs: Properties): Promise<CheckFailure[]> {
  const { adopt, serverId, gatewayId, publicId } = inputs;
  if (adopt !== true || typeof serverId !== "string" || isUnknown(serverId)) return [];
  const existing = await run.reads.attachment(serverId);
  if (!existing) {
    return [refusal(label, "there is no attachment to take over. Leave `adopt` out to attach the server.")];
  }
  const changes = [
    change("gatewayId", existing.gatewayId, gatewayId),
    publicId === undefined ? undefined : change("publicId", existing.publicId, publicId),
  ].filter((line) => line !== undefined);
  await say(
    "info",
    changes.length === 0
      ? `${label} is taken over as it is. Nothing is written that is not there.`
      : [`${label} is taken over and changed:`, ...changes].join("\n"),
  );
  return [];
}

function change(field: string, from: unknown, to: unknown): string | undefined {
  if (from === to) return undefined;
  const shown = isUnknown(to) ? "(not known yet)" : JSON.stringify(to);
  return `  ${field}: ${JSON.stringify(from) ?? "(not set)"} => ${shown}`;
}
