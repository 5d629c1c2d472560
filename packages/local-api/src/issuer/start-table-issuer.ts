import http, { type IncomingMessage, type Server, type ServerResponse } from "node:http";
import https from "node:https";
import { closeServer, listen } from "../server/listen";
import { sendTableResponse } from "./send-table-response";
import { type Document, newKeySet, ordinaryMetadata, ordinaryResourceMetadata, overridden } from "./table-documents";
import type { TableAnswer, TableRequest, TableResponse } from "./table-response";
import { usualForms, type WellKnownForm, wellKnownPath } from "./well-known";

export interface TableIssuerOptions {
  /** The issuer's path, such as `/realms/x`, without a slash at its end. @default none */
  path?: string;
  /** @default a free one */
  port?: number;
  /** The host that its URLs name: one that resolves to the loopback address. @default 127.0.0.1 */
  host?: string;
  /** PEM texts; the issuer is then an https one. */
  tls?: { key: string; cert: string };
  /** What differs from ordinary metadata; `undefined` takes a field out. */
  metadata?: Document;
  /** @default `openid-appended` and `oauth-inserted` */
  wellKnown?: readonly WellKnownForm[];
  /** The path of the protected resource on the same origin. @default /api */
  resourcePath?: string;
}

/** An issuer and a protected resource made of a table of answers, which may be changed while it runs. */
export interface TableIssuer {
  readonly origin: string;
  /** Where the issuer is: its identifier too, until `setMetadata` says otherwise. */
  readonly url: string;
  /** The protected resource's identifier and address. */
  readonly resource: string;
  /** Answers `path` so from now on, whatever it was before. */
  set(path: string, answer: TableAnswer): void;
  /** The document that a path answers now; undefined where it answers none. */
  body(path: string): Document | undefined;
  /** 404 from now on. */
  remove(path: string): void;
  /** Answers every path so, until it is called with `undefined`. */
  setAll(answer: TableAnswer | undefined): void;
  /** Changes fields of the metadata at all its addresses: `{ issuer: … }` is an issuer that moved. */
  setMetadata(overrides: Document): void;
  metadata(): Document;
  /** The same for the protected resource's metadata (RFC 9728). */
  setResourceMetadata(overrides: Document): void;
  /** @default a set with one key */
  setKeys(keys: Document): void;
  readonly requests: readonly TableRequest[];
  /** How many requests asked for that path. */
  count(path: string): number;
  clearRequests(): void;
  close(): Promise<void>;
}

export async function startTableIssuer(options: TableIssuerOptions = {}): Promise<TableIssuer> {
  const requests: TableRequest[] = [];
  const table = new Map<string, TableAnswer>();
  let all: TableAnswer | undefined;
  const server = serverOf(options.tls, (request, response) => {
    const asked = requestOf(request);
    requests.push(asked);
    request.resume();
    const answer = all ?? table.get(asked.path) ?? { status: 404 };
    const made = typeof answer === "function" ? answer(asked) : answer;
    sendTableResponse(response, made).catch(() => response.destroy());
  });
  const port = await listen(server, options.port ?? 0);
  const origin = `${options.tls ? "https" : "http"}://${options.host ?? "127.0.0.1"}:${port}`;
  const path = options.path?.replace(/\/$/, "") ?? "";
  const url = origin + path;
  const resourcePath = options.resourcePath ?? "/api";
  const resource = origin + resourcePath;

  let metadata = overridden(ordinaryMetadata(url), options.metadata ?? {});
  let resourceMetadata = ordinaryResourceMetadata(resource, url);
  let keys: Document | undefined;
  for (const form of options.wellKnown ?? usualForms) {
    table.set(wellKnownPath(form, path), () => ({ body: metadata }));
  }
  table.set(`${path}/jwks`, () => {
    keys ??= newKeySet();
    return { body: keys };
  });
  const resourceMetadataPath = `/.well-known/oauth-protected-resource${resourcePath}`;
  table.set(resourceMetadataPath, () => ({ body: resourceMetadata }));
  table.set(resourcePath, challenge(origin + resourceMetadataPath));

  return {
    origin,
    url,
    resource,
    set: (at, answer) => table.set(at, answer),
    body: (at) => {
      const answer = table.get(at);
      const asked = { method: "GET", path: at, search: "", headers: {}, at: Date.now() };
      const { body } = (typeof answer === "function" ? answer(asked) : answer) ?? {};
      return typeof body === "object" ? (body as Document) : undefined;
    },
    remove: (at) => table.delete(at),
    setAll: (answer) => {
      all = answer;
    },
    setMetadata: (overrides) => {
      metadata = overridden(metadata, overrides);
    },
    metadata: () => metadata,
    setResourceMetadata: (overrides) => {
      resourceMetadata = overridden(resourceMetadata, overrides);
    },
    setKeys: (given) => {
      keys = given;
    },
    requests,
    count: (at) => requests.filter((request) => request.path === at).length,
    clearRequests: () => {
      requests.length = 0;
    },
    close: () => closeServer(server),
  };
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

function serverOf(tls: TableIssuerOptions["tls"], listener: Listener): Server {
  return tls === undefined ? http.createServer(listener) : https.createServer(tls, listener);
}

/** RFC 9728 §5.1. */
function challenge(resourceMetadataUrl: string): TableResponse {
  return { status: 401, headers: { "www-authenticate": `Bearer resource_metadata="${resourceMetadataUrl}"` } };
}

function requestOf(request: IncomingMessage): TableRequest {
  const { pathname, search } = new URL(request.url ?? "/", "http://local");
  return { method: request.method ?? "GET", path: pathname, search, headers: request.headers, at: Date.now() };
}
