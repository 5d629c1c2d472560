import { updateGateway } from "@mcpstack/reconciler";
import { runFor } from "../connection/runs";
import type { Properties } from "../values";
import { metadataOf, outputsOf, profileFrom, stateFrom } from "./properties";

export async function changeGateway(
  id: string,
  olds: Properties,
  news: Properties,
): Promise<{ outs: Record<string, unknown> }> {
  const { state } = await updateGateway(runFor(news.connection), {
    prior: stateFrom(olds, id),
    desired: profileFrom(news),
    metadata: { known: true, value: metadataOf(news) },
  });
  return { outs: outputsOf(state, news) };
}
