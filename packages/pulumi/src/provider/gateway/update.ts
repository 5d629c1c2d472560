import { updateGateway } from "@mcpstack/reconciler";
import { runFor } from "../connection/runs";
import type { Properties } from "../values";
import { sayNotices } from "./notices";
import { memoryFrom, outputsOf, plannedMetadata, profileFrom, stateFrom } from "./properties";

export async function changeGateway(
  id: string,
  olds: Properties,
  news: Properties,
): Promise<{ outs: Record<string, unknown> }> {
  const { state, memory, notices } = await updateGateway(runFor(news.connection), {
    prior: stateFrom(olds, id),
    memory: memoryFrom(olds),
    desired: profileFrom(news),
    metadata: plannedMetadata(news),
  });
  await sayNotices(news, notices);
  return { outs: outputsOf(state, memory, news) };
}
