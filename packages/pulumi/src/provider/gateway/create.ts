import { adoptGateway, createGateway } from "@mcpstack/reconciler";
import { runFor } from "../connection/runs";
import type { Made } from "../engine/contract";
import type { Properties } from "../values";
import { adoptOf, metadataOf, outputsOf, profileFrom } from "./properties";

/** Creates a gateway, or takes an existing one over. */
export async function makeGateway(news: Properties): Promise<Made> {
  const run = runFor(news.connection);
  const desired = profileFrom(news);
  const adopt = adoptOf(news);
  const { state } = adopt === undefined ? await createGateway(run, desired) : await adoptGateway(run, desired, adopt);
  // What the preview showed is what is accepted, whatever was published in between.
  return { id: state.id, outs: outputsOf({ ...state, metadata: metadataOf(news) }, news) };
}
