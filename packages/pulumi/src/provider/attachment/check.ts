import { attachmentFields, sameAsTyped, sameJson, validateAttachment } from "@mcpstack/model";
import type { Run } from "@mcpstack/reconciler";
import { runFor } from "../connection/runs";
import { connectionProblems } from "../connection/validate";
import type { CheckFailure, CheckResult } from "../engine/contract";
import { checkFailure, refusal } from "../engine/failure";
import { say } from "../engine/say";
import { hasUnknown, isUnknown, type Properties, providerKey, unknownNames } from "../values";
import { addressesAfter } from "./addresses";
import { attachmentNames, labelOf, ownArguments } from "./properties";

/**
 * Checks an attachment's inputs. The addresses are inputs too, where they can be known: computed outputs turn unknown downstream in the
 * preview of every update.
 */
export async function checkAttachment(olds: Properties, news: Properties): Promise<CheckResult> {
  const unknown = unknownNames(news, attachmentNames);
  const label = labelOf(news, unknown);
  const failures = problemsOf(news).map((problem) => checkFailure(label, problem));
  if (failures.length > 0) return { inputs: { ...news }, failures };

  const prior = Object.keys(olds).length > 0 ? olds : undefined;
  const inputs = settled(prior, news);
  if (hasUnknown(news.connection)) return { inputs };
  const run = runFor(news.connection);
  const refused = prior ? [] : await adoption(run, label, inputs);
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
    ...(adopt === undefined || adopt === null || typeof adopt === "boolean" || isUnknown(adopt)
      ? []
      : [{ code: "invalid_value", path: ["adopt"], message: "must be true or false" }]),
  ];
}

function settled(prior: Properties | undefined, news: Properties): Record<string, unknown> {
  const { mcpUrl: _, callbackUrl: __, ...inputs } = news as Record<string, unknown>;
  if (!prior) return inputs;
  for (const name of attachmentNames) {
    if (prior[name] !== undefined && sameAsTyped(attachmentFields[name], prior[name], news[name]))
      inputs[name] = prior[name];
  }
  // A public id that the program leaves to the service is the one that the service chose, while the server stays.
  const chosen = news.publicId !== undefined && news.publicId !== null;
  if (!chosen && prior.publicId !== undefined && prior.serverId === news.serverId) inputs.publicId = prior.publicId;
  if (sameJson(prior.connection, news.connection) && prior.connection !== undefined)
    inputs.connection = prior.connection;
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
