import { PartialFailure } from "@mcpstack/reconciler";
import { PartialApply, type ValueObject } from "@mcpstack/tfplugin";

/** Hands what was made before a failure to the engine, so that its state keeps it. */
export async function keepingPartial<State>(
  work: Promise<State>,
  attributes: (state: State) => ValueObject,
): Promise<State> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof PartialFailure) throw new PartialApply(attributes(error.state as State), error.cause);
    throw error;
  }
}
