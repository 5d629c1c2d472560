import type { AttachmentState } from "@mcpstack/model";
import { createAttachment, type Hear, PartialFailure, type Run, updateAttachment } from "@mcpstack/reconciler";
import { runFor } from "../connection/runs";
import type { Made } from "../engine/contract";
import { PartlyDone } from "../engine/failure";
import { hearing } from "../engine/hearing";
import { say } from "../engine/say";
import type { Properties } from "../values";
import { unusualCallback } from "./addresses";
import { attachmentFrom, outputsOf, stateFrom } from "./properties";

/** Attaches a server, or takes over the attachment that it has. */
export async function makeAttachment(news: Properties): Promise<Made> {
  const run = runFor(news.connection);
  // Pulumi deletes what the program has no more only after it has created everything: there is nothing to wait for.
  const options = { adopt: news.adopt === true, patienceMs: 0 };
  const state = await written(run, news, (hear) => createAttachment(run, attachmentFrom(news), { ...options, hear }));
  return { id: state.id, outs: outputsOf(state, news) };
}

export async function changeAttachment(
  id: string,
  olds: Properties,
  news: Properties,
): Promise<{ outs: Record<string, unknown> }> {
  const run = runFor(news.connection);
  const state = await written(run, news, (hear) =>
    updateAttachment(run, stateFrom(olds, id), attachmentFrom(news), { hear }),
  );
  return { outs: outputsOf(state, news) };
}

async function written(
  run: Run,
  news: Properties,
  write: (hear: Hear) => Promise<AttachmentState>,
): Promise<AttachmentState> {
  try {
    const state = await hearing(write);
    const unusual = unusualCallback(run, state);
    if (unusual) await say("warning", unusual);
    return state;
  } catch (error) {
    if (!(error instanceof PartialFailure)) throw error;
    const state = error.state as AttachmentState;
    throw new PartlyDone(error.cause, state.id, outputsOf(state, news), news);
  }
}
