import type { Attempt } from "../fetch/outcome";
import { areKeysRefused } from "./keys";
import { type Draft, quoted, report } from "./report";
import type { Subject } from "./subject";

/** What makes a private address readable, in words for everybody who may meet it. */
export const howToAllow =
  "If it may be read from here, name its origin in trustedOrigins, or run the command with --allow-private-addresses. A URL of the program counts by " +
  "itself, but in an import only from its apply on: the engine may have written that program out of the API. If it may not, find out who set it.";

/** Says once for each document what was not read because its host is private and nobody named it. */
export function judgeAddresses(of: Subject): Draft[] {
  const { discovered, profile } = of;
  const { authorizationServer, keySet, protectedResource, clientIdDocument } = discovered;
  const issuerPath = profile.metadataUrl === undefined ? "authorizationServerUrl" : "metadataUrl";
  const documents: readonly (readonly [string, string, readonly (Attempt | undefined)[]])[] = [
    ["The metadata", issuerPath, authorizationServer.attempts],
    ["The key set", "authorizationServerUrl", areKeysRefused(of) ? [] : [keySet?.attempt]],
    ["The resource's metadata", "resource", protectedResource?.attempts ?? []],
    ["The client's document", "clientId", [clientIdDocument?.attempt]],
  ];
  return documents.flatMap(([what, field, attempts]) => {
    const refused = attempts.find((attempt) => attempt?.outcome === "private-address");
    if (!refused) return [];
    const { url, detail } = refused;
    return [
      report("private-address", {
        path: [field],
        where: url,
        found: detail,
        summary: `${what} at ${quoted(url)} was not read: ${detail ?? "its address is private"}, and neither a program that was applied nor the command says that it may be read.`,
        fix: howToAllow,
      }),
    ];
  });
}
