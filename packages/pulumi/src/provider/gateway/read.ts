import { importGateway, ReconcileError, readGateway } from "@mcpstack/reconciler";
import { runFor } from "../connection/runs";
import type { ReadResult } from "../engine/contract";
import type { Properties } from "../values";
import { inputsOf, memoryFrom, outputsOf, stateFrom } from "./properties";

/** Refreshes a gateway, or reads one that the program only looks up (`Gateway.get`), which has no outputs yet. */
export async function refreshGateway(id: string, props: Properties): Promise<ReadResult> {
  const run = runFor(props.connection);
  if (typeof props.organizationId !== "string") {
    const { state, memory } = await importGateway(run, id);
    if (state.id !== id) {
      throw new ReconcileError(
        "gateway_not_found",
        `There is no gateway with the id ${JSON.stringify(id)}, only one of that name: its id is ${state.id}.`,
      );
    }
    return { id, props: outputsOf(state, memory, props) };
  }
  const { state, memory } = await readGateway(run, stateFrom(props, id), { memory: memoryFrom(props) });
  if (!state) return { id: "", props: {} };
  return { id, props: outputsOf(state, memory, props), inputs: inputsOf(state, memory, props) };
}
