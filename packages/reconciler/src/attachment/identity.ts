import { ApiError, isApiError } from "@mcpstack/api-client";
import type { CallOptions, Run } from "../run";
import { serverIdOf } from "./servers";

/**
 * The id of the server that an answer about an attachment is about. What the answer itself says is believed only where the organization's list of
 * servers, read once a run, or else the server's own document means the same server by the name that was asked for.
 *
 * @param asked - what the server was asked for by.
 * @param told - the id, or slug, in the answer; undefined where it names none.
 * @returns undefined where neither can be had.
 * @throws ApiError `unexpected_answer` where the answer is about another server
 */
export async function agreedId(
  run: Run,
  asked: string,
  told: string | undefined,
  options: CallOptions = {},
): Promise<string | undefined> {
  if (told === asked) return run.servers.knownId(asked) ?? asked;
  if (told !== undefined && run.servers.knownId(asked) === undefined) await run.servers.list(run);
  const known = run.servers.knownId(asked) ?? (await serverIdOf(run, asked, options.signal).catch(undefinedFor));
  if (told === undefined || told === known) return known;
  if (known === undefined) return undefined;
  if (run.servers.knownId(told) === known) return known;
  throw new ApiError({
    code: "unexpected_answer",
    summary: `The attachment of the server ${asked} was asked for, and that of the server ${told} was answered.`,
    hint: "Nothing of it is believed. Try again; if it stays so, something between here and the API may keep answers and mix them up.",
  });
}

function undefinedFor(error: unknown): undefined {
  if (!isApiError(error)) throw error;
}
