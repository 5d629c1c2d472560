import { PartialFailure } from "@mcpstack/reconciler";
import { PartialApply, type PrivateState, type ValueObject } from "@mcpstack/tfplugin";

/** Hands what was made before a failure to the engine, so that its state keeps it, with what is kept beside it. */
export async function keepingPartial<State>(
  work: Promise<State>,
  attributes: (state: State) => ValueObject,
  beside: (state: State) => { private?: PrivateState; identity?: ValueObject } = () => ({}),
): Promise<State> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof PartialFailure)) throw error;
    const state = error.state as State;
    throw new PartialApply(attributes(state), error.cause, beside(state));
  }
}
