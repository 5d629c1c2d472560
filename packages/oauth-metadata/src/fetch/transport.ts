import { isLoopback, parseUrl, requestIdOf } from "@mcpstack/model";
import { Agent, type Dispatcher, request } from "undici";
import { safeText } from "../text/safe-text";
import { withoutUserInformation } from "../text/user-information";
import type { HostTrust } from "./address";
import { trustedAuthorities } from "./certificates";
import { type ConnectHooks, checkedConnector } from "./connector";
import { decodeObject } from "./decode";
import { failureOf } from "./failure";
import { type Outcome, outcomeOfStatus, outOfBudget } from "./outcome";
import { patience } from "./patience";

/** One document that was asked for, redirects followed, as it ended. For logs: it holds no header but the id of the request, and no body. */
export interface MetadataRequestEvent {
  readonly method: "GET" | "POST";
  /** One line without user information. */
  readonly url: string;
  /** Undefined where there was no answer. */
  readonly status?: number | undefined;
  readonly outcome: Outcome;
  readonly ms: number;
  readonly requestId?: string | undefined;
}

export interface TransportOptions {
  readonly caFile?: string | undefined;
  readonly allowInsecureMetadata?: boolean | undefined;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly connect: ConnectHooks;
  readonly onRequest?: ((event: MetadataRequestEvent) => void) | undefined;
}

/** One answer, or the reason why there is none. */
export interface Answer {
  readonly outcome: Outcome;
  readonly status?: number;
  readonly detail?: string;
  /** True where a web page was answered. */
  readonly isPage?: true;
  /** The document, where the outcome is `found`. */
  readonly object?: Readonly<Record<string, unknown>>;
  readonly headers?: Dispatcher.ResponseData["headers"];
}

export interface GetOptions {
  /** The body is left unread, and any status is `found`. */
  readonly headersOnly?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  /** A redirect is an answer of its own, also within the origin. Default: within the origin it is followed, up to three times. */
  readonly stays?: boolean;
  /** Sent as JSON with POST. */
  readonly body?: string | undefined;
}

const maxRedirects = 3;

/**
 * Sends single GET requests to hosts that nobody trusts: no credential, no cookie, no redirect to another origin (RFC 8414 §3.3
 * would not cover it), bounded in time and size.
 */
export class Transport {
  readonly #options: TransportOptions;
  readonly #agents: Record<HostTrust, Agent>;
  readonly #closing = new AbortController();

  /** Throws `CaFileError` where the file with further authorities cannot be used. */
  constructor(options: TransportOptions) {
    this.#options = options;
    const authorities = options.caFile === undefined ? undefined : trustedAuthorities(options.caFile);
    const agent = (trust: HostTrust) =>
      new Agent({
        connect: checkedConnector(trust, authorities, options.timeoutMs, options.connect),
        maxHeaderSize: 16_384,
      });
    this.#agents = { named: agent("named"), internal: agent("internal"), guarded: agent("guarded") };
  }

  /** Fetches a JSON object. */
  async get(address: string, trust: HostTrust, timeLeftMs: number, o: GetOptions = {}): Promise<Answer> {
    const started = performance.now();
    const answer = await this.#get(address, trust, timeLeftMs, o);
    const { outcome, status, headers } = answer;
    const id = headers && requestIdOf(headers);
    this.#options.onRequest?.({
      method: o.body === undefined ? "GET" : "POST",
      url: safeText(withoutUserInformation(address)),
      status,
      outcome,
      ms: performance.now() - started,
      requestId: id === undefined ? undefined : safeText(id),
    });
    return answer;
  }

  async #get(address: string, trust: HostTrust, timeLeftMs: number, o: GetOptions): Promise<Answer> {
    const timeoutMs = Math.min(this.#options.timeoutMs, timeLeftMs);
    const timer = new AbortController();
    const answered = patience(timeoutMs, () => timer.abort());
    const signal = AbortSignal.any([timer.signal, this.#closing.signal]);
    try {
      let url = new URL(address);
      for (let redirects = 0; ; redirects++) {
        if (!this.#isSecure(url)) return { outcome: "insecure", detail: "plain http is not allowed for metadata" };
        const response = await this.#send(url, trust, signal, o);
        if (o.headersOnly) {
          discard(response);
          return { outcome: "found", status: response.statusCode, headers: response.headers };
        }
        const location = response.headers.location;
        if (response.statusCode >= 300 && response.statusCode < 400 && typeof location === "string") {
          discard(response);
          const next = parseUrl(location, url);
          if (next === undefined || next.origin !== url.origin || o.stays) {
            return { outcome: "redirect", status: response.statusCode, detail: `redirects to ${target(next)}` };
          }
          if (redirects >= maxRedirects) {
            return {
              outcome: "redirect",
              status: response.statusCode,
              detail: `redirects more than ${maxRedirects} times`,
            };
          }
          url = next;
          continue;
        }
        return await this.#read(response);
      }
    } catch (error) {
      const failure = failureOf(error, this.#options.timeoutMs);
      return failure.outcome === "timeout" && timeoutMs < this.#options.timeoutMs ? outOfBudget : failure;
    } finally {
      answered();
    }
  }

  /** Ends open connections; requests under way fail. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(Object.values(this.#agents).map((agent) => agent.destroy()));
  }

  #isSecure(url: URL): boolean {
    return (
      url.protocol === "https:" ||
      (url.protocol === "http:" && (this.#options.allowInsecureMetadata === true || isLoopback(url.hostname)))
    );
  }

  #send(
    url: URL,
    trust: HostTrust,
    signal: AbortSignal,
    { headers, body }: GetOptions,
  ): Promise<Dispatcher.ResponseData> {
    // The address is built anew, so that user information in a URL is never sent.
    return request(`${url.origin}${url.pathname}${url.search}`, {
      dispatcher: this.#agents[trust],
      signal,
      ...(body === undefined ? {} : { method: "POST", body }),
      headers: {
        accept: "application/json",
        "accept-encoding": "gzip",
        "user-agent": "mcpstack-gateways",
        ...(body === undefined
          ? {}
          : { "content-type": "application/json", accept: "application/json, text/event-stream" }),
        ...headers,
      },
    });
  }

  async #read(response: Dispatcher.ResponseData): Promise<Answer> {
    const { statusCode: status, headers } = response;
    if (status !== 200) {
      discard(response);
      if (status === 304) return { outcome: "found", status, headers };
      return { outcome: outcomeOfStatus(status), status };
    }
    const { maxBytes } = this.#options;
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of response.body) {
      size += (chunk as Buffer).length;
      if (size > maxBytes) {
        discard(response);
        return { outcome: "too-large", status, detail: `is larger than ${maxBytes} bytes` };
      }
      chunks.push(chunk as Buffer);
    }
    const encoding = headers["content-encoding"];
    const decoded = await decodeObject(
      Buffer.concat(chunks),
      Array.isArray(encoding) ? encoding.join(",") : encoding,
      maxBytes,
    );
    if (decoded.object === undefined) {
      const { problem, detail, isPage } = decoded;
      return { outcome: problem, status, detail, ...(isPage && { isPage }) };
    }
    return { outcome: "found", status, headers, object: decoded.object };
  }
}

/** Where a redirect leads, so that it can be given: without user information and query, which may hold what is nobody's business. */
function target(url: URL | undefined): string {
  if (!url || !/^https?:$/.test(url.protocol)) return "what is no web address";
  return `${safeText(`${url.origin}${url.pathname}`)}${url.search === "" ? "" : " with a query"}`;
}

function discard(response: Dispatcher.ResponseData): void {
  response.body.on("error", () => {});
  response.body.destroy();
}
