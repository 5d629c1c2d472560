import { deleteGateway } from "@mcpstack/reconciler";
import { runFor } from "../connection/runs";
import type { Properties } from "../values";
import { memoryFrom, stateFrom } from "./properties";

export async function removeGateway(id: string, props: Properties): Promise<void> {
  await deleteGateway(runFor(props.connection), stateFrom(props, id), { memory: memoryFrom(props) });
}
