import { adoptGateway, createGateway } from "@mcpstack/reconciler";
import { runFor } from "../connection/runs";
import type { Made } from "../engine/contract";
import type { Properties } from "../values";
import { sayNotices } from "./notices";
import { adoptOf, outputsOf, plannedMetadata, profileFrom } from "./properties";

/** Creates a gateway, or takes an existing one over. */
export async function makeGateway(news: Properties): Promise<Made> {
  const run = runFor(news.connection);
  const desired = profileFrom(news);
  const adopt = adoptOf(news);
  const options = { metadata: plannedMetadata(news) };
  const { state, memory, notices } =
    adopt === undefined ? await createGateway(run, desired, options) : await adoptGateway(run, desired, adopt, options);
  await sayNotices(news, notices);
  return { id: state.id, outs: outputsOf(state, memory, news) };
}
