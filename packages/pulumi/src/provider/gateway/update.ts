import { updateGateway } from "@mcpstack/reconciler";
import { runFor } from "../connection/runs";
import { hearing } from "../engine/hearing";
import type { Properties } from "../values";
import { labelOf, memoryFrom, outputsOf, plannedMetadata, profileFrom, stateFrom } from "./properties";
import { sayFindings } from "./say-findings";

export async function changeGateway(
  id: string,
  olds: Properties,
  news: Properties,
): Promise<{ outs: Record<string, unknown> }> {
  const run = runFor(news.connection);
  const change = {
    prior: stateFrom(olds, id),
    memory: memoryFrom(olds),
    desired: profileFrom(news),
    metadata: plannedMetadata(news),
  };
  const { state, memory, findings } = await hearing((hear) => updateGateway(run, change, { hear }), labelOf(news));
  await sayFindings(news, findings);
  return { outs: outputsOf(state, memory, news) };
}
