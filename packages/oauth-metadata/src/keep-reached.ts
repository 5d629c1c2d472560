import { sameJson } from "@mcpstack/model";
import type { Discovered, DiscoveredAuthorizationServer } from "./discover";
import { leftOpen } from "./discovery/find-authorization-server";
import { safeText } from "./text/safe-text";
import { sortedKeys } from "./text/sorted-keys";

/**
 * Keeps what an earlier look found where this one reached nobody: a host that is down says nothing about what it publishes. Only for the
 * same addresses, and never in the place of a document that is refused, which has to be seen.
 */
export function keepReached(
  discovered: Discovered,
  previous: Discovered | undefined,
  isRefused: () => boolean,
): Discovered {
  const { version, inputs, authorizationServer, keySet, protectedResource, clientIdDocument } = discovered;
  if (!previous || !sameJson(previous.inputs, inputs)) return discovered;
  const isServerDown =
    authorizationServer.kind === "unreachable" ||
    (isBehind(authorizationServer, previous.authorizationServer) && !isRefused());
  if (!isServerDown && ![keySet, protectedResource, clientIdDocument].some((part) => part?.kind === "unreachable"))
    return discovered;
  const server = isServerDown ? previous : discovered;
  const kept = {
    authorizationServer: server.authorizationServer,
    keySet: reached(server.keySet, previous.keySet),
    protectedResource: reached(protectedResource, previous.protectedResource),
    clientIdDocument: reached(clientIdDocument, previous.clientIdDocument),
  };
  return sortedKeys({ version, inputs, ...kept }) as Discovered;
}

/** Whether a document was found only since the one that was found before, at an address that counts before its own, could not be read. */
function isBehind(now: DiscoveredAuthorizationServer, before: DiscoveredAuthorizationServer): boolean {
  return before.kind === "found" && leftOpen(now).some(({ url }) => url === safeText(before.url ?? ""));
}

function reached<Part extends { readonly kind: string }>(
  now: Part | undefined,
  before: Part | undefined,
): Part | undefined {
  return now?.kind === "unreachable" && before ? before : now;
}
