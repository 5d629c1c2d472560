import { sameJson } from "@mcpstack/model";
import type { Discovered } from "./discover";
import { sortedKeys } from "./text/sorted-keys";

/**
 * Keeps what an earlier look found where this one reached nobody: a host that is down says nothing about what it publishes. Only for the
 * same addresses.
 */
export function keepReached(discovered: Discovered, previous: Discovered | undefined): Discovered {
  const { version, inputs, authorizationServer, keySet, protectedResource, clientIdDocument } = discovered;
  const isDown = [authorizationServer, keySet, protectedResource, clientIdDocument].some(
    (part) => part?.kind === "unreachable",
  );
  if (!isDown || !previous || !sameJson(previous.inputs, inputs)) return discovered;
  const server = authorizationServer.kind === "unreachable" ? previous : discovered;
  const kept = {
    authorizationServer: server.authorizationServer,
    keySet: reached(server.keySet, previous.keySet),
    protectedResource: reached(protectedResource, previous.protectedResource),
    clientIdDocument: reached(clientIdDocument, previous.clientIdDocument),
  };
  return sortedKeys({ version, inputs, ...kept }) as Discovered;
}

function reached<Part extends { readonly kind: string }>(
  now: Part | undefined,
  before: Part | undefined,
): Part | undefined {
  return now?.kind === "unreachable" && before ? before : now;
}
