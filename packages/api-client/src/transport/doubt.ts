import type { Origin } from "../documents/parse";
import { ApiError } from "../errors/api-error";
import type { Received } from "./judge-answer";

/** The oldest answer that is taken from whatever keeps answers on the way, in seconds. */
const oldest = 60;

/**
 * Why an answer that reads well may still not be what the service has now: another status than 200 means that it is not finished, changed on
 * the way or only partly carried out; some caches say that they answer in the place of the service (RFC 9111 §5.1, §5.5).
 *
 * @param statuses - which are no doubt.
 */
export function doubtOf(
  { status, headers }: Pick<Received, "status" | "headers">,
  statuses: readonly number[],
): string | undefined {
  if (!statuses.includes(status)) return `status ${status} instead of 200`;
  const [warning, age, cache] = ["warning", "age", "x-cache"].map((name) => [headers[name] ?? ""].flat().join(", "));
  const stale = /(?:^|,)\s*(11[01])\b/.exec(warning ?? "")?.[1];
  if (stale !== undefined) return `Warning ${stale}, as an answer that may be out of date`;
  return Number(age) > oldest && /\bhit\b/i.test(cache ?? "")
    ? `an answer that a cache has kept for ${Number(age)} s`
    : undefined;
}

/** What follows from a doubt: nothing is concluded. */
export function doubtful({ method, path }: Origin, doubt: string, what: "list" | "document"): ApiError {
  const asked = `${method} ${path}`;
  return new ApiError({
    code: what === "list" ? "list_incomplete" : "unexpected_answer",
    method,
    path,
    summary: `${what === "list" ? `The list of ${asked}` : asked} was answered with ${doubt}.`,
    hint: `Nothing is concluded from a ${what} that may not be what the service has now. Try again; if it stays so, see what answers between here and the API.`,
  });
}
