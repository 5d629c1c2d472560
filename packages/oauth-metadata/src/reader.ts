import type { Ask } from "./discovery/ask";
import {
  type AuthorizationServerResult,
  type DiscoveryTarget,
  findAuthorizationServer,
} from "./discovery/find-authorization-server";
import { findProtectedResource, isAddress, type ProtectedResourceResult } from "./discovery/find-protected-resource";
import { type ChallengeResult, readChallenge } from "./discovery/read-challenge";
import { type DocumentResult, readDocument } from "./discovery/read-document";
import { type ClientIdDocument, parseClientIdDocument } from "./documents/client-id-document";
import { type KeySet, parseKeySet } from "./documents/key-set";
import type { ConnectHooks } from "./fetch/connector";
import { type CacheMode, DocumentCache } from "./fetch/document-cache";
import { HostGate } from "./fetch/host-gate";
import { type MetadataRequestEvent, Transport } from "./fetch/transport";
import { type PublicLeg, type PublicRouteTarget, readPublicLeg } from "./public-leg/read-public-leg";

export interface MetadataReaderOptions {
  /** File with PEM certificates of further authorities; read once, at construction. */
  readonly caFile?: string | undefined;
  /** Plain http to hosts other than the loopback. Default: false. */
  readonly allowInsecureMetadata?: boolean | undefined;
  /** Whether hosts that nobody named may have private and loopback addresses, too. Default: false. */
  readonly allowPrivateAddresses?: boolean | undefined;
  /** Milliseconds for one request, redirects and body included. Default: 10,000. */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds for all requests of a run together, pauses not counted. Default: 30,000. */
  readonly budgetMs?: number | undefined;
  /** Bytes of one document, before and after decompression. Default: 1 MiB. */
  readonly maxBytes?: number | undefined;
  /** Requests at once to one host, for issuers and for resources each. Default: 4. */
  readonly requestsPerHost?: number | undefined;
  /** `run` (default): a document is fetched once a run. `http`: further runs honour ETag and Cache-Control too. */
  readonly cache?: CacheMode | undefined;
  /** Told of every document that was asked for. Default: nobody is. */
  readonly onRequest?: ((event: MetadataRequestEvent) => void) | undefined;
  /** For tests. */
  readonly connect?: ConnectHooks | undefined;
}

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  /**
   * The URLs that the program, or the person at the keyboard, wrote: their hosts may have private addresses. What came out of the API or
   * of a document is none of them, also where it is what is asked for.
   */
  readonly programUrls: readonly (string | undefined)[];
}

/**
 * Reads published metadata, one reader a run: every document is fetched once and shared by all gateways, a host that fails is not
 * asked again, and one time budget holds for all. Construction throws `CaFileError`; reading never throws but for an abort.
 */
export class MetadataReader {
  readonly #transport: Transport;
  readonly #cache: DocumentCache;

  constructor(options: MetadataReaderOptions = {}) {
    this.#transport = new Transport({
      caFile: options.caFile,
      allowInsecureMetadata: options.allowInsecureMetadata,
      timeoutMs: options.timeoutMs ?? 10_000,
      maxBytes: options.maxBytes ?? 1024 * 1024,
      connect: options.connect ?? {},
      onRequest: options.onRequest,
    });
    const gate = new HostGate(options.budgetMs ?? 30_000, options.requestsPerHost ?? 4);
    const otherwise = options.allowPrivateAddresses ? "internal" : "guarded";
    this.#cache = new DocumentCache(this.#transport, gate, options.cache ?? "run", otherwise);
  }

  /** Begins another run of a scheduled check: the budget is whole again, failed hosts are asked again. */
  restart(): void {
    this.#cache.restart();
  }

  /** Ends open connections; requests under way fail. */
  close(): Promise<void> {
    return this.#transport.close();
  }

  /** Finds the metadata of an authorization server (RFC 8414 §3, OpenID Connect Discovery §4). */
  authorizationServer(target: DiscoveryTarget, o: ReadOptions): Promise<AuthorizationServerResult> {
    return findAuthorizationServer(this.#asking(o), target, o.programUrls);
  }

  /** Finds a protected resource's metadata (RFC 9728 §§3, 5). */
  async protectedResource(resource: string, o: ReadOptions): Promise<ProtectedResourceResult> {
    if (!isAddress(resource)) return { kind: "not-an-address", attempts: [] };
    return findProtectedResource(this.#asking(o), resource, await this.challenge(resource, o), o.programUrls);
  }

  /** Sends one request without credentials and reads the challenge (RFC 6750 §3, RFC 9728 §5.1). */
  challenge(url: string, o: ReadOptions): Promise<ChallengeResult> {
    return readChallenge(this.#asking(o), url, o.programUrls);
  }

  /** Reads a key set (RFC 7517 §5). */
  keySet(jwksUri: string, o: ReadOptions): Promise<DocumentResult<KeySet>> {
    return readDocument(this.#asking(o), jwksUri, parseKeySet, "has no list of keys", o.programUrls);
  }

  /**
   * Reads a client id metadata document; its address is the client id. Authorization servers do not follow a redirect there (OAuth Client ID
   * Metadata Document §3).
   */
  clientIdDocument(url: string, o: ReadOptions): Promise<DocumentResult<ClientIdDocument>> {
    return readDocument(this.#asking(o), url, parseClientIdDocument, "is not client metadata", o.programUrls, {
      stays: true,
    });
  }

  /** Reads what an external MCP client meets at an attached server: challenge, documents, keys. */
  publicLeg(target: string | PublicRouteTarget, o: ReadOptions): Promise<PublicLeg> {
    const route = typeof target === "string" ? { mcpUrl: target } : target;
    return readPublicLeg(this.#asking(o), route, o.programUrls);
  }

  /** Waits for shared answers. An abort ends the waiting of this caller only; `close` ends the request. */
  #asking({ signal }: Pick<ReadOptions, "signal">): Ask {
    return async (url, named, request) => {
      signal?.throwIfAborted();
      const answer = this.#cache.get(url, named, request);
      if (!signal) return await answer;
      let abort = () => {};
      const aborted = new Promise<never>((_, reject) => {
        abort = () => reject(signal.reason as Error);
        signal.addEventListener("abort", abort, { once: true });
      });
      try {
        return await Promise.race([answer, aborted]);
      } finally {
        signal.removeEventListener("abort", abort);
      }
    };
  }
}
