import { adoptGateway, createGateway, type GatewayApplied, type Hear, PartialFailure } from "@mcpstack/reconciler";
import { runFor } from "../connection/runs";
import type { Made } from "../engine/contract";
import { PartlyDone } from "../engine/failure";
import { hearing } from "../engine/hearing";
import type { Properties } from "../values";
import { adoptOf, labelOf, outputsOf, plannedMetadata, profileFrom } from "./properties";
import { sayFindings } from "./say-findings";

/** Creates a gateway, or takes an existing one over. */
export async function makeGateway(news: Properties): Promise<Made> {
  const { state, memory, findings } = await made(news);
  await sayFindings(news, findings);
  return { id: state.id, outs: outputsOf(state, memory, news) };
}

async function made(news: Properties): Promise<GatewayApplied> {
  const run = runFor(news.connection);
  const desired = profileFrom(news);
  const adopt = adoptOf(news);
  const metadata = plannedMetadata(news);
  const make = (hear: Hear) =>
    adopt === undefined
      ? createGateway(run, desired, { metadata, hear })
      : adoptGateway(run, desired, adopt, { metadata, hear });
  try {
    return await hearing(make, labelOf(news));
  } catch (error) {
    if (!(error instanceof PartialFailure)) throw error;
    const { state, memory } = error.state as GatewayApplied;
    throw new PartlyDone(error.cause, state.id, outputsOf(state, memory, news), news);
  }
}
