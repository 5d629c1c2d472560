import { PartialFailure } from "@mcpstack/reconciler";
import { type ApplyResult, PartialApply } from "@mcpstack/tfplugin";

/** Hands what was made before a failure to the engine, so that its state keeps it. */
export async function keepingPartial<Made>(work: Promise<Made>, kept: (made: Made) => ApplyResult): Promise<Made> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof PartialFailure)) throw error;
    const { state, ...more } = kept(error.state as Made);
    throw new PartialApply(state, error.cause, more);
  }
}
