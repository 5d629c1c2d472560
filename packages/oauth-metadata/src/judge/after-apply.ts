import type { ProfileChange } from "@mcpstack/model";
import { nothingDiscovered } from "../discover";
import { rediscovered, withChange } from "./advisable";
import { ifKnown } from "./known";
import { type JudgeInput, subject } from "./subject";

/** A client that the service has beside the program stays a client: only what leads elsewhere is judged where it stands. */
function clientBeside({ filled, setElsewhere }: JudgeInput) {
  const clientId = filled?.clientId ?? setElsewhere?.clientId;
  return clientId === undefined ? undefined : { clientId };
}

/**
 * What would be judged once a change was written and applied: the changed profile, what is known of its documents, and what the apply would
 * have accepted and taken away.
 */
export function afterApply(input: JudgeInput, change: ProfileChange): JudgeInput {
  const profile = withChange(input.profile, change);
  const discovered = input.discovered && rediscovered(input.discovered, profile);
  const written: JudgeInput = {
    ...input,
    profile,
    discovered,
    // Where nothing was accepted, nobody chose yet, and no acceptance is given anew.
    choice: input.choice ?? (input.accepted === undefined ? undefined : input.profile),
    setElsewhere: undefined,
    filled: clientBeside(input),
  };
  if (input.accepted === undefined) return written;
  const of = subject({ ...written, discovered: discovered ?? nothingDiscovered(profile) });
  const [accepted = input.accepted] = ifKnown(() => [of.acceptance.metadata ?? input.accepted]);
  return { ...written, accepted, choice: profile };
}
