import { deleteAttachment } from "@mcpstack/reconciler";
import { runFor } from "../connection/runs";
import { hearing } from "../engine/hearing";
import type { Properties } from "../values";
import { stateFrom } from "./properties";

export async function removeAttachment(id: string, props: Properties): Promise<void> {
  await hearing((hear) => deleteAttachment(runFor(props.connection), stateFrom(props, id), { hear }));
}
