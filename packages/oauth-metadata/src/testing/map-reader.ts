import type { DocumentReader } from "../discover";
import type { Ask } from "../discovery/ask";
import { findAuthorizationServer } from "../discovery/find-authorization-server";
import { findProtectedResource, isAddress } from "../discovery/find-protected-resource";
import { readChallenge } from "../discovery/read-challenge";
import { readDocument } from "../discovery/read-document";
import { parseClientIdDocument } from "../documents/client-id-document";
import { parseKeySet } from "../documents/key-set";

/** What an address answers. */
export type Answered = Awaited<ReturnType<Ask>>;

/** Reads documents by their address from a table, with the same search as over the network; any other address is 404. */
export function mapReader(documents: Readonly<Record<string, Readonly<Record<string, unknown>>>>): DocumentReader {
  return askingReader(async (url, _named, o) => {
    const object = Object.hasOwn(documents, url) ? documents[url] : undefined;
    return object === undefined || o?.headersOnly
      ? { outcome: "not-found", status: 404 }
      : { outcome: "found", status: 200, object };
  });
}

/** Reads whatever addresses are said to answer, with the same search as over the network. */
export function askingReader(ask: Ask): DocumentReader {
  return {
    authorizationServer: (target) => findAuthorizationServer(ask, target, []),
    protectedResource: async (resource) =>
      isAddress(resource)
        ? findProtectedResource(ask, resource, await readChallenge(ask, resource, []), [])
        : { kind: "not-an-address", attempts: [] },
    keySet: (url) => readDocument(ask, url, parseKeySet, "has no list of keys", []),
    clientIdDocument: (url) => readDocument(ask, url, parseClientIdDocument, "is not client metadata", []),
  };
}
