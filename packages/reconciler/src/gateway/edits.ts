import { type ObservedProfile, type Problem, sameText, validateEdits } from "@mcpstack/model";
import type { CallOptions, Run } from "../run";
import type { GatewayMemory } from "./memory";
import type { GatewayPlanInput } from "./plan-input";

/**
 * What a program may not write anew, which a plan refuses. What there is counts as it is: what the state says, what the program wrote before
 * and what the service made of it, and for a gateway that takes the place of another one what that one has. An apply plans a replacement again without anything of the
 * first plan, and must not refuse then: it may have deleted the old one.
 */
export async function refusedEdits(
  run: Run | undefined,
  input: GatewayPlanInput,
  options: CallOptions = {},
): Promise<Problem[]> {
  const { prior, memory } = input;
  const remembered = rememberedToBe(memory);
  const refused = editProblems(input, [prior, ...remembered]);
  if (prior || refused.length === 0 || !run) return refused;
  const replaced = [...remembered, ...run.deleted.values()];
  if (editProblems(input, replaced).length === 0) return [];
  return editProblems(input, [...replaced, ...(await namesakes(run, input, options))]);
}

/** What was written, and what the API held then: with what it filled in beside it, and as it tidied it. */
function rememberedToBe({ written, filled, made }: GatewayMemory = {}): ObservedProfile[] {
  return written ? [written, { ...written, ...filled, ...made }] : [];
}

/** The same by what is known to be there already. */
export function editProblems(
  { desired, unknown = [] }: Pick<GatewayPlanInput, "desired" | "unknown">,
  held: readonly (ObservedProfile | undefined)[],
): Problem[] {
  if (!desired) return [];
  const input = { ...desired, ...Object.fromEntries(unknown.map((name) => [name, notKnown])) };
  const known = held.filter((one) => one !== undefined).map((one) => ({ ...one }));
  return validateEdits(input, known, { isUnknown: (value) => value === notKnown });
}

const notKnown = Symbol("not known yet");

/** Gateways of the same name. Where they cannot be read, what is refused stays refused. */
async function namesakes(run: Run, { desired }: GatewayPlanInput, options: CallOptions): Promise<ObservedProfile[]> {
  try {
    const { gateways } = await run.api.listGateways(options);
    const named = gateways.filter(({ name = "" }) => sameText(name, desired?.name));
    return (await Promise.all(named.map(({ id }) => run.reads.get(id, options)))).flatMap((one) => one?.observed ?? []);
  } catch {
    return [];
  }
}
