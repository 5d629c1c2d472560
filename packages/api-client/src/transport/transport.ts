import { requestIdOf, stringifyJson } from "@mcpstack/model";
import { type Dispatcher, EnvHttpProxyAgent, Pool } from "undici";
import type { Connection } from "../connection/settle-connection";
import { ApiError } from "../errors/api-error";
import { Echoes } from "../secrets/echoes";
import { loggedBody } from "../secrets/logged-body";
import { Secrets, textsIn } from "../secrets/secrets";
import { serverWords } from "../secrets/server-words";
import { version } from "../version";
import type { Call, CallOptions } from "./call";
import { exchange } from "./exchange";
import { type Failure, inSeconds, judgeFailure, type Stop } from "./failure";
import { Gate } from "./gate";
import { type Answer, type JudgeContext, judgeAnswer, type Received } from "./judge-answer";
import { defaultRetryPolicy, type RetryPolicy, retryDelay } from "./retry";
import { sleep } from "./sleep";

/** The bodies of one try, without secrets, each on one line of at most 2,000 characters. Undefined where there was none. */
export interface RequestBodies {
  readonly sent?: string | undefined;
  readonly answered?: string | undefined;
}

/** One try, as it ended. For logs: it holds no header but the id of the request. */
export interface RequestEvent {
  readonly method: string;
  readonly path: string;
  readonly attempt: number;
  /** Undefined where there was no answer. */
  readonly status?: number | undefined;
  /** The error's code, where it was one. */
  readonly code?: string | undefined;
  readonly ms: number;
  /** By which the service finds the request in its own logs, where its answer names it. */
  readonly requestId?: string | undefined;
  /** Looking for secrets in them takes some milliseconds: ask only to show them. */
  bodies(): RequestBodies;
}

export interface TransportOptions {
  /** Who calls, for the user agent: `terraform-provider 0.1.0`. */
  readonly userAgent?: string | undefined;
  /** Limit of one try in milliseconds, from its turn to the last byte. Default: 30,000. */
  readonly timeoutMs?: number | undefined;
  /** Limit of a whole call in milliseconds, retries and waits included. Default: 120,000. */
  readonly deadlineMs?: number | undefined;
  readonly retries?: Partial<RetryPolicy> | undefined;
  /** An undici dispatcher of the caller, which the caller closes. Default: a pool of its own. */
  readonly dispatcher?: Dispatcher | undefined;
  readonly onRequest?: ((event: RequestEvent) => void) | undefined;
  /** Limit of an answer's body in bytes. Default: 16 MiB. */
  readonly maxBodyBytes?: number | undefined;
}

const connections = 10;

/** Sends calls to one API with one credential, and judges what comes back. */
export class Transport {
  readonly apiUrl: string;
  /** What no text of the service may show: the credential, and what was added since. */
  readonly secrets: Secrets;
  readonly #echoes: Echoes;
  readonly #connection: Connection;
  readonly #options: TransportOptions;
  readonly #dispatcher: Dispatcher;
  readonly #origin: string;
  readonly #basePath: string;
  readonly #headers: Record<string, string>;
  readonly #policy: RetryPolicy;
  readonly #timeoutMs: number;
  readonly #gate = new Gate(connections);

  constructor(connection: Connection, options: TransportOptions) {
    const url = new URL(connection.apiUrl);
    this.apiUrl = connection.apiUrl;
    this.secrets = new Secrets(connection.credential.value);
    this.#echoes = new Echoes([connection.credential.value]);
    this.#connection = connection;
    this.#options = options;
    this.#origin = url.origin;
    this.#basePath = url.pathname.replace(/\/+$/, "");
    this.#policy = { ...defaultRetryPolicy, ...options.retries };
    this.#timeoutMs = options.timeoutMs ?? 30_000;
    this.#dispatcher = options.dispatcher ?? ownDispatcher(url, this.#timeoutMs);
    this.#headers = {
      accept: "application/json",
      authorization: `Bearer ${connection.credential.value}`,
      "user-agent": userAgent(options.userAgent),
    };
  }

  /**
   * Sends a call, and repeats it as `retryDelay` allows.
   *
   * @throws ApiError
   */
  async send(call: Call, { signal }: CallOptions = {}): Promise<Answer> {
    this.secrets.add(call.writeOnly);
    const begun = performance.now();
    const deadline = begun + (this.#options.deadlineMs ?? 120_000);
    // What one try may have done stays true, however the tries after it end.
    let mayHaveHappened = false;
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.#try(call, attempt, deadline, signal);
      if (!("error" in outcome)) return outcome;
      mayHaveHappened ||= outcome.error.mayHaveHappened;
      const error = mayHaveHappened ? outcome.error.with({ mayHaveHappened }) : outcome.error;
      const { status, retryAfterMs } = error;
      const delay = retryDelay({ ...outcome, method: call.method, attempt, status, retryAfterMs }, this.#policy);
      if (delay === undefined || performance.now() + delay >= deadline) throw withTries(error, attempt, begun);
      await sleep(delay, signal).catch(() => {
        throw cancelled(call, mayHaveHappened);
      });
    }
  }

  async close(): Promise<void> {
    if (!this.#options.dispatcher) await this.#dispatcher.destroy();
  }

  async #try(
    call: Call,
    attempt: number,
    deadline: number,
    signal: AbortSignal | undefined,
  ): Promise<Answer | Failure> {
    const leave = await this.#gate.enter(signal).catch(() => undefined);
    if (!leave) return { error: cancelled(call, false), unsent: true, transient: false };
    const started = performance.now();
    const timeoutMs = Math.max(1, Math.min(this.#timeoutMs, deadline - started));
    let stop: Stop;
    const request = exchange(this.#dispatcher, this.#request(call), this.#options.maxBodyBytes ?? 16 * 1024 * 1024);
    const end = (why: Stop) => {
      stop ??= why;
      request.stop();
    };
    const onAbort = () => end("cancelled");
    signal?.addEventListener("abort", onAbort, { once: true });
    if (signal?.aborted) onAbort();
    const timer = setTimeout(end, timeoutMs, "timeout");
    let received: Received | undefined;
    let outcome: Answer | Failure;
    try {
      received = await request.received;
      const answer = judgeAnswer(call, received, this.#judging(call));
      outcome = answer instanceof ApiError ? { error: answer, unsent: false, transient: false } : answer;
    } catch (thrown) {
      outcome = judgeFailure(call, thrown, stop, { apiUrl: this.apiUrl, timeoutMs });
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      leave();
    }
    this.#options.onRequest?.(this.#event(call, attempt, received, outcome, performance.now() - started));
    return outcome;
  }

  #event(
    call: Call,
    attempt: number,
    received: Received | undefined,
    outcome: Answer | Failure,
    ms: number,
  ): RequestEvent {
    const { method, path, body, wordless } = call;
    const id = received && requestIdOf(received.headers);
    return {
      method,
      path,
      attempt,
      status: received?.status,
      code: "error" in outcome ? outcome.error.code : undefined,
      ms,
      requestId: id === undefined ? undefined : serverWords(id, this.secrets),
      bodies: () => ({
        sent: body && loggedBody(stringifyJson(body), this.secrets),
        answered: wordless || !received?.text ? undefined : loggedBody(received.text, this.secrets),
      }),
    };
  }

  #judging({ writeOnly }: Call): JudgeContext {
    const { apiUrl, credential } = this.#connection;
    const echoes = writeOnly ? new Echoes([credential.value, ...textsIn(writeOnly)]) : this.#echoes;
    return { apiUrl, credential, secrets: this.secrets, echoes };
  }

  #request(call: Call): Dispatcher.DispatchOptions {
    const query = call.query ? `?${call.query}` : "";
    // What was answered before says nothing of what is there now, to whatever keeps answers on the way (RFC 9111 §5.2.1.4).
    const headers = call.method === "GET" ? { ...this.#headers, "cache-control": "no-cache" } : this.#headers;
    return {
      origin: this.#origin,
      path: `${this.#basePath}${call.path}${query}`,
      method: call.method,
      headers: call.body ? { ...headers, "content-type": "application/json" } : headers,
      body: call.body ? stringifyJson(call.body) : null,
    };
  }
}

/**
 * One timer covers a try from connecting to the last byte, so the pool's own time-outs are off. HTTPS_PROXY and NO_PROXY are honoured:
 * a proxy tunnels, and sees no header.
 */
function ownDispatcher(url: URL, timeoutMs: number): Dispatcher {
  const options = {
    connections,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: Math.min(timeoutMs, 10_000) },
  };
  const proxied = url.protocol === "https:" && (process.env.HTTPS_PROXY || process.env.https_proxy);
  if (!proxied) return new Pool(url.origin, options);
  try {
    return new EnvHttpProxyAgent(options);
  } catch {
    throw new ApiError({
      code: "invalid_api_url",
      summary: "The environment variable HTTPS_PROXY is no usable URL of a proxy.",
      hint: "Write it like http://proxy.example.com:3128, or unset it.",
    });
  }
}

function userAgent(caller: string | undefined): string {
  const name = (caller ?? "").replace(/[^\x20-\x7e]|[()\\]/g, "").trim();
  return name === "" ? `mcpstack-iac/${version}` : `mcpstack-iac/${version} (${name})`;
}

/** A limit of one try says little of how long somebody has waited. */
function withTries(error: ApiError, tries: number, begun: number): ApiError {
  if (error.code !== "timeout" || tries === 1) return error;
  return error.with({
    summary: `${error.summary} It was tried ${tries} times, in ${inSeconds(performance.now() - begun)} altogether.`,
  });
}

function cancelled(call: Call, mayHaveHappened: boolean): ApiError {
  const { method, path } = call;
  return new ApiError({
    code: "cancelled",
    summary: `${method} ${path} was cancelled.`,
    method,
    path,
    mayHaveHappened,
  });
}
