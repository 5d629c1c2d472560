import type { Problem } from "@mcpstack/model";
import { fieldOf, inPulumisWords, ProviderError } from "../engine/failure";

/** Refuses arguments of a look-up by the first problem with them. */
export function refuse([problem]: readonly Problem[]): void {
  if (!problem) return;
  throw new ProviderError(problem.code, `${fieldOf(problem.path)} ${inPulumisWords(problem.message)}.`);
}
