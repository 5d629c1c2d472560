import { parseUrl } from "@mcpstack/model";
import { hostKey } from "../fetch/address";
import type { Lane } from "../fetch/host-gate";
import type { Attempt } from "../fetch/outcome";
import type { Answer } from "../fetch/transport";
import { safeText } from "../text/safe-text";
import { withoutUserInformation } from "../text/user-information";

export interface AskOptions {
  readonly headersOnly?: boolean;
  /** A redirect is not followed, wherever it leads. */
  readonly stays?: boolean;
  readonly body?: string;
  /** Who is asked. Default: `issuer`. */
  readonly lane?: Lane;
}

/** One request on behalf of a program that names these hosts. */
export type Ask = (url: string, named: ReadonlySet<string>, o?: AskOptions) => Promise<Answer>;

/** What those texts name that are URLs: see `hostKey`. */
export function hostsOf(urls: readonly (string | undefined)[]): ReadonlySet<string> {
  return new Set(
    urls.flatMap((url) => {
      const parsed = url === undefined ? undefined : parseUrl(url);
      return parsed ? [hostKey(parsed)] : [];
    }),
  );
}

/** What became of an answer that is not what was asked for. */
export type Misfit = Pick<Attempt, "outcome" | "detail" | "fault" | "names">;

/** An answer as one of the addresses that were tried. */
export function attempt(url: string, answer: Answer, misfit?: Misfit): Attempt {
  const { outcome, detail, fault, names }: Misfit = misfit ?? answer;
  return {
    url: safeText(withoutUserInformation(url)),
    outcome,
    ...(answer.status === undefined ? {} : { status: answer.status }),
    ...(detail === undefined || detail === "" ? {} : { detail: safeText(withoutUserInformation(detail)) }),
    ...(answer.isPage && { isPage: true }),
    ...(fault === undefined ? {} : { fault }),
    ...(names === undefined ? {} : { names }),
  };
}
