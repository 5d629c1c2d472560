import { type Attempt, isUnreachable } from "../fetch/outcome";
import { type Ask, type AskOptions, attempt, hostsOf } from "./ask";

export type DocumentResult<T> =
  | { readonly kind: "found"; readonly document: T; readonly attempt: Attempt }
  | { readonly kind: "missing" | "unreachable"; readonly attempt: Attempt };

/** Reads one document at a known address; `problem` says what is wrong where it does not parse. */
export async function readDocument<T>(
  ask: Ask,
  url: string,
  parse: (object: Readonly<Record<string, unknown>>) => T | undefined,
  problem: string,
  programUrls: readonly (string | undefined)[],
  options: Pick<AskOptions, "stays"> = {},
): Promise<DocumentResult<T>> {
  const answer = await ask(url, hostsOf(programUrls), options);
  if (!answer.object) {
    return { kind: isUnreachable(answer.outcome) ? "unreachable" : "missing", attempt: attempt(url, answer) };
  }
  const document = parse(answer.object);
  if (document === undefined) {
    return { kind: "missing", attempt: attempt(url, answer, { outcome: "invalid", detail: problem }) };
  }
  return { kind: "found", document, attempt: attempt(url, answer) };
}
