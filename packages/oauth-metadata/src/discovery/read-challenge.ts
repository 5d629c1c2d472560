import { hasUserInformation, parseUrl } from "@mcpstack/model";
import type { Attempt } from "../fetch/outcome";
import type { Answer } from "../fetch/transport";
import { type Ask, attempt, hostsOf } from "./ask";
import { type Challenge, parseChallenge } from "./challenge";

/** What a request without credentials to a protected resource was answered. */
export type ChallengeResult =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly challenge?: Challenge | undefined;
      /** Where the answer sends to, if it is a redirect. Nobody goes there: most clients do not follow with a message. */
      readonly redirectsTo?: string | undefined;
    }
  | { readonly kind: "unreachable"; readonly attempt: Attempt };

/** The first message of any MCP client; a server behind sign-in answers it with a challenge. */
const initialize = JSON.stringify({
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "mcpstack-gateways", version: "0" } },
});

/** Reads the challenge of a resource (RFC 6750 §3, RFC 9728 §5.1). Its body is never read. */
export async function readChallenge(
  ask: Ask,
  url: string,
  programUrls: readonly (string | undefined)[],
  kind: "any" | "mcp" = "any",
): Promise<ChallengeResult> {
  const named = hostsOf(programUrls);
  const get = () => ask(url, named, { headersOnly: true, lane: "resource" });
  const answer = kind === "any" ? await get() : await asClient(ask, url, named, get);
  if (answer.status === undefined) return { kind: "unreachable", attempt: attempt(url, answer) };
  const { status, headers } = answer;
  const redirectsTo = status >= 300 && status < 400 ? locationOf(headers?.location, url) : undefined;
  return {
    kind: "answered",
    status,
    challenge: parseChallenge(headers?.["www-authenticate"]),
    ...(redirectsTo === undefined ? {} : { redirectsTo }),
  };
}

/**
 * The first message decides, as it does for a client: to GET, which only opens a stream, servers answer anything or nothing. Where the message
 * is not taken, as at servers of the older transport, a stream that asks for a token decides.
 */
async function asClient(
  ask: Ask,
  url: string,
  named: ReadonlySet<string>,
  get: () => Promise<Answer>,
): Promise<Answer> {
  const posted = await ask(url, named, { headersOnly: true, body: initialize, lane: "resource" });
  const { status } = posted;
  if (status === 401 || (status !== undefined && status >= 200 && status < 300)) return posted;
  const opened = await get();
  return opened.status === 401 || status === undefined ? opened : posted;
}

function locationOf(location: unknown, base: string): string | undefined {
  const url = typeof location === "string" ? parseUrl(location, base) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || hasUserInformation(url.href)) return undefined;
  // A query may be other each time, and hold what is nobody's business.
  return `${url.origin}${url.pathname}`;
}
