import { updateGateway } from "@mcpstack/reconciler";
import { runFor } from "../connection/runs";
import type { Properties } from "../values";
import { memoryFrom, outputsOf, plannedMetadata, profileFrom, stateFrom } from "./properties";
import { sayFindings } from "./say-findings";

export async function changeGateway(
  id: string,
  olds: Properties,
  news: Properties,
): Promise<{ outs: Record<string, unknown> }> {
  const { state, memory, findings } = await updateGateway(runFor(news.connection), {
    prior: stateFrom(olds, id),
    memory: memoryFrom(olds),
    desired: profileFrom(news),
    metadata: plannedMetadata(news),
  });
  await sayFindings(news, findings);
  return { outs: outputsOf(state, memory, news) };
}
