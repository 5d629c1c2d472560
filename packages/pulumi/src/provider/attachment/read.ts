import { importAttachment, readAttachment } from "@mcpstack/reconciler";
import { runFor } from "../connection/runs";
import type { ReadResult } from "../engine/contract";
import { hearing } from "../engine/hearing";
import type { Properties } from "../values";
import { inputsOf, outputsOf, stateFrom } from "./properties";

/** Refreshes an attachment, or reads one that the program only looks up (`ServerGatewayAttachment.get`), which has no outputs yet. */
export async function refreshAttachment(id: string, props: Properties): Promise<ReadResult> {
  const run = runFor(props.connection);
  if (typeof props.organizationId !== "string") {
    return { id, props: outputsOf(await importAttachment(run, id), props) };
  }
  const state = await hearing((hear) => readAttachment(run, stateFrom(props, id), { hear }));
  if (!state) return { id: "", props: {} };
  return { id, props: outputsOf(state, props), inputs: inputsOf(state, props) };
}
