import { isApiError } from "@mcpstack/api-client";
import type { CallOptions } from "./run";

export interface RefreshOptions extends CallOptions {
  /** Whether the refresh may come before a destroy, which must not fail for what is broken. Default: false. */
  readonly mayPrecedeDestroy?: boolean | undefined;
}

const wayOut =
  "To be rid of it, destroy it, which works as it is; or take it out of the program and apply without a refresh.";

/**
 * Refreshes a thing. One whose document tells of an error is an error of the refresh, since the rest of it may be missing; before a destroy it is
 * said, and what is known of it stays as it was: a broken thing is what somebody may want to be rid of.
 */
export async function keepingBroken<Read>(
  read: Promise<Read>,
  known: Read,
  { mayPrecedeDestroy, hear }: RefreshOptions,
): Promise<Read> {
  try {
    return await read;
  } catch (error) {
    if (!isApiError(error) || !error.isInDocument) throw error;
    if (!mayPrecedeDestroy) throw error.with({ hint: `${error.hint} ${wayOut}` });
    const message = `${error.message} The state keeps what it has, which a destroy takes away all the same.`;
    hear?.({ code: "not_refreshed", severity: "warning", path: [], message });
    return known;
  }
}
