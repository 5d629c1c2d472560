import { compareIssuers, type IssuerDifference, originOf, parseUrl } from "@mcpstack/model";
import { type Challenge, parseChallenge } from "./discovery/challenge";
import {
  authorizationServerCandidates,
  type Candidate,
  type CandidateForm,
  isMetadataAddress,
  issuerOfMetadataAddress,
  protectedResourceCandidates,
  type ResourceCandidate,
  type ResourceForm,
} from "./discovery/well-known";
import { type AuthorizationServerMetadata, parseAuthorizationServer } from "./documents/authorization-server";
import { type ClientIdDocument, parseClientIdDocument } from "./documents/client-id-document";
import { type KeySet, parseKeySet } from "./documents/key-set";
import { type ProtectedResourceMetadata, parseProtectedResource } from "./documents/protected-resource";
import type { ConnectHooks } from "./fetch/connector";
import { type CacheMode, DocumentCache } from "./fetch/document-cache";
import { HostGate } from "./fetch/host-gate";
import { type Attempt, isUnreachable } from "./fetch/outcome";
import { type Answer, Transport } from "./fetch/transport";
import { safeText } from "./text/safe-text";

export interface MetadataReaderOptions {
  /** File with PEM certificates of further authorities; read once, at construction. */
  readonly caFile?: string | undefined;
  /** Plain http to hosts other than the loopback. Default: false. */
  readonly allowInsecureMetadata?: boolean | undefined;
  /** Milliseconds for one request, redirects and body included. Default: 10,000. */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds for all requests of a run together, pauses not counted. Default: 30,000. */
  readonly budgetMs?: number | undefined;
  /** Bytes of one document, before and after decompression. Default: 1 MiB. */
  readonly maxBytes?: number | undefined;
  /** Requests at once to one host. Default: 4. */
  readonly requestsPerHost?: number | undefined;
  /** `run` (default): a document is fetched once a run. `http`: further runs honour ETag and Cache-Control too. */
  readonly cache?: CacheMode | undefined;
  /** For tests. */
  readonly connect?: ConnectHooks | undefined;
}

/** What says where an authorization server's metadata is: the fields of a profile that matter to discovery. */
export interface DiscoveryTarget {
  readonly authorizationServerUrl: string;
  readonly metadataUrl?: string | undefined;
  readonly authorizationEndpoint?: string | undefined;
  readonly tokenEndpoint?: string | undefined;
  readonly registrationEndpoint?: string | undefined;
}

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Further URLs that the program itself names: their hosts may have internal addresses. */
  readonly programUrls?: readonly (string | undefined)[] | undefined;
}

export type AuthorizationServerResult =
  | {
      readonly kind: "found";
      readonly document: AuthorizationServerMetadata;
      readonly url: string;
      readonly form: CandidateForm;
      /** How the document's issuer compares with the one asked for; `different` only where no document fits better. */
      readonly issuer: IssuerDifference;
      readonly attempts: readonly Attempt[];
    }
  /** Endpoints are given and no document is there. */
  | { readonly kind: "explicit"; readonly attempts: readonly Attempt[] }
  | { readonly kind: "missing"; readonly attempts: readonly Attempt[] }
  | { readonly kind: "unreachable"; readonly attempts: readonly Attempt[] };

export type ProtectedResourceResult =
  | {
      readonly kind: "found";
      readonly document: ProtectedResourceMetadata;
      readonly url: string;
      readonly form: ResourceForm;
      readonly challenge?: Challenge | undefined;
      readonly attempts: readonly Attempt[];
    }
  | {
      readonly kind: "missing" | "unreachable";
      readonly challenge?: Challenge | undefined;
      readonly attempts: readonly Attempt[];
    }
  /** The resource is an identifier without an address, such as Entra's GUIDs. */
  | { readonly kind: "not-an-address"; readonly attempts: readonly [] };

export type DocumentResult<T> =
  | { readonly kind: "found"; readonly document: T; readonly attempt: Attempt }
  | { readonly kind: "missing" | "unreachable"; readonly attempt: Attempt };

/** What an unauthenticated request to a protected resource was answered. */
export type ChallengeResult =
  | { readonly kind: "answered"; readonly status: number; readonly challenge?: Challenge | undefined }
  | { readonly kind: "unreachable"; readonly attempt: Attempt };

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
    });
    const gate = new HostGate(options.budgetMs ?? 30_000, options.requestsPerHost ?? 4);
    this.#cache = new DocumentCache(this.#transport, gate, options.cache ?? "run");
  }

  /** Begins another run of a scheduled check: the budget is whole again, failed hosts are asked again. */
  restart(): void {
    this.#cache.restart();
  }

  close(): Promise<void> {
    return this.#transport.close();
  }

  /**
   * Finds an authorization server's metadata: the first document that is a JSON object and whose issuer fits wins (RFC 8414 §3.3).
   * Where none fits, the first that has another issuer is given, marked `different`.
   */
  async authorizationServer(target: DiscoveryTarget, o: ReadOptions = {}): Promise<AuthorizationServerResult> {
    const named = hostsOf([
      target.authorizationServerUrl,
      target.metadataUrl,
      target.authorizationEndpoint,
      target.tokenEndpoint,
      target.registrationEndpoint,
      ...(o.programUrls ?? []),
    ]);
    const explicit = target.authorizationEndpoint !== undefined && target.tokenEndpoint !== undefined;
    const { issuer, candidates } = plan(target);
    const attempts: Attempt[] = [];
    let misfit: { document: AuthorizationServerMetadata; candidate: Candidate } | undefined;
    for (const candidate of candidates) {
      const answer = await this.#get(candidate.url, named, o.signal);
      const document = answer.object && parseAuthorizationServer(answer.object);
      if (answer.object && !document) {
        attempts.push({ ...attempt(candidate.url, answer), outcome: "invalid", detail: "has no usable issuer" });
        continue;
      }
      if (!document) {
        attempts.push(attempt(candidate.url, answer));
        continue;
      }
      const difference = compareIssuers(issuer, document.issuer);
      if (difference !== "different" || candidate.form === "exact") {
        attempts.push(attempt(candidate.url, answer));
        return { kind: "found", document, url: candidate.url, form: candidate.form, issuer: difference, attempts };
      }
      attempts.push({
        ...attempt(candidate.url, answer),
        outcome: "foreign-issuer",
        detail: `its issuer is ${safeText(document.issuer)}`,
      });
      misfit ??= { document, candidate };
    }
    const uncertain = attempts.some(({ outcome }) => isUnreachable(outcome));
    if (misfit && !explicit && !uncertain) {
      const { document, candidate } = misfit;
      return { kind: "found", document, url: candidate.url, form: candidate.form, issuer: "different", attempts };
    }
    if (uncertain) return { kind: "unreachable", attempts };
    return { kind: explicit ? "explicit" : "missing", attempts };
  }

  /** Finds a protected resource's metadata: where its challenge says, else at the well-known addresses (RFC 9728 §§3.1, 5.1). */
  async protectedResource(resource: string, o: ReadOptions = {}): Promise<ProtectedResourceResult> {
    const url = parseUrl(resource);
    if (!url || !/^https?:\/\//i.test(resource)) return { kind: "not-an-address", attempts: [] };
    const named = hostsOf([resource, ...(o.programUrls ?? [])]);
    const challenged = await this.challenge(resource, o);
    const challenge = challenged.kind === "answered" ? challenged.challenge : undefined;
    const fromChallenge: ResourceCandidate[] =
      challenge?.resourceMetadata === undefined
        ? []
        : [{ url: challenge.resourceMetadata, form: "challenge", resource }];
    const attempts: Attempt[] = [];
    for (const candidate of [...fromChallenge, ...protectedResourceCandidates(resource)]) {
      const answer = await this.#get(candidate.url, named, o.signal);
      const document = answer.object && parseProtectedResource(answer.object);
      if (answer.object && !document) {
        attempts.push({ ...attempt(candidate.url, answer), outcome: "invalid", detail: "has no usable resource" });
      } else if (!document) {
        attempts.push(attempt(candidate.url, answer));
      } else if (
        candidate.form === "root" &&
        compareIssuers(candidate.resource, document.resource) === "different" &&
        document.resource !== resource
      ) {
        attempts.push({
          ...attempt(candidate.url, answer),
          outcome: "foreign-resource",
          detail: `is about ${safeText(document.resource)}`,
        });
      } else {
        attempts.push(attempt(candidate.url, answer));
        return { kind: "found", document, url: candidate.url, form: candidate.form, challenge, attempts };
      }
    }
    return {
      kind: attempts.some(({ outcome }) => isUnreachable(outcome)) ? "unreachable" : "missing",
      challenge,
      attempts,
    };
  }

  /** Sends one request without credentials and reads the challenge (RFC 6750 §3, RFC 9728 §5.1). */
  async challenge(url: string, o: ReadOptions = {}): Promise<ChallengeResult> {
    const answer = await this.#get(url, hostsOf([url, ...(o.programUrls ?? [])]), o.signal, true);
    if (answer.status === undefined) return { kind: "unreachable", attempt: attempt(url, answer) };
    return { kind: "answered", status: answer.status, challenge: parseChallenge(answer.headers?.["www-authenticate"]) };
  }

  keySet(jwksUri: string, o: ReadOptions = {}): Promise<DocumentResult<KeySet>> {
    return this.#document(jwksUri, parseKeySet, "has no list of keys", o, []);
  }

  /** Reads a client id metadata document; its address is the client id that the program names. */
  clientIdDocument(url: string, o: ReadOptions = {}): Promise<DocumentResult<ClientIdDocument>> {
    return this.#document(url, parseClientIdDocument, "is not client metadata", o, [url]);
  }

  async #document<T>(
    url: string,
    parse: (object: Readonly<Record<string, unknown>>) => T | undefined,
    problem: string,
    o: ReadOptions,
    named: readonly string[],
  ): Promise<DocumentResult<T>> {
    const answer = await this.#get(url, hostsOf([...named, ...(o.programUrls ?? [])]), o.signal);
    if (!answer.object) {
      return { kind: isUnreachable(answer.outcome) ? "unreachable" : "missing", attempt: attempt(url, answer) };
    }
    const document = parse(answer.object);
    if (document === undefined)
      return { kind: "missing", attempt: { ...attempt(url, answer), outcome: "invalid", detail: problem } };
    return { kind: "found", document, attempt: attempt(url, answer) };
  }

  /** Waits for a shared answer. An abort ends the waiting of this caller only; `close` ends the request. */
  async #get(
    url: string,
    named: ReadonlySet<string>,
    signal: AbortSignal | undefined,
    headersOnly = false,
  ): Promise<Answer> {
    signal?.throwIfAborted();
    const answer = this.#cache.get(url, named, headersOnly);
    if (!signal) return await answer;
    let abort: (() => void) | undefined;
    const aborted = new Promise<never>((_, reject) => {
      abort = () => reject(signal.reason as Error);
      signal.addEventListener("abort", abort, { once: true });
    });
    try {
      return await Promise.race([answer, aborted]);
    } finally {
      if (abort) signal.removeEventListener("abort", abort);
    }
  }
}

/** Which addresses are tried, and which issuer is expected there. */
function plan(target: DiscoveryTarget): { readonly issuer: string; readonly candidates: readonly Candidate[] } {
  const given = target.authorizationServerUrl;
  if (target.metadataUrl !== undefined) {
    return { issuer: expectedIssuer(given), candidates: [{ url: target.metadataUrl, form: "exact" }] };
  }
  if (isMetadataAddress(given)) return { issuer: expectedIssuer(given), candidates: [{ url: given, form: "exact" }] };
  if (originOf(given) === undefined) return { issuer: given, candidates: [] };
  return { issuer: given, candidates: authorizationServerCandidates(given) };
}

/** The issuer that a profile means: its authorization server URL, or what is left of a discovery document's address. */
export function expectedIssuer(authorizationServerUrl: string): string {
  if (!isMetadataAddress(authorizationServerUrl)) return authorizationServerUrl;
  return issuerOfMetadataAddress(authorizationServerUrl) ?? authorizationServerUrl;
}

function hostsOf(urls: readonly (string | undefined)[]): ReadonlySet<string> {
  return new Set(urls.flatMap((url) => (url === undefined ? [] : (parseUrl(url)?.hostname ?? []))));
}

function attempt(url: string, answer: Answer): Attempt {
  return {
    url: safeText(url),
    outcome: answer.outcome,
    ...(answer.status === undefined ? {} : { status: answer.status }),
    ...(answer.detail === undefined || answer.detail === "" ? {} : { detail: safeText(answer.detail) }),
  };
}
