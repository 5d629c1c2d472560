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
import { Pause } from "./pause";
import { defaultRetryPolicy, pausesRun, type RetryPolicy, retryDelay } from "./retry";
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
  /**
   * How long a call is tried in milliseconds, with its own back-off and without the time in which it waits for its turn; also for how long the
   * API may refuse whatever the run asks, before nothing more is sent. Default: 120,000.
   */
  readonly patienceMs?: number | undefined;
  readonly retries?: Partial<RetryPolicy> | undefined;
  /** An undici dispatcher of the caller, which the caller closes. Default: a pool of its own. */
  readonly dispatcher?: Dispatcher | undefined;
  readonly onRequest?: ((event: RequestEvent) => void) | undefined;
  /** Limit of an answer's body in bytes. Default: 16 MiB. */
  readonly maxBodyBytes?: number | undefined;
}

const connections = 10;

const defaultPatienceMs = 120_000;

/** A call that is being sent, once or more. */
interface Sending {
  call: Call;
  readonly signal: AbortSignal | undefined;
  tries: number;
  /** How long it has been tried, without the time in which it waited for its turn. */
  spentMs: number;
  /** What one try may have done stays true, however the tries after it end. */
  mayHaveHappened: boolean;
}

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
  readonly #pause: Pause;
  readonly patienceMs: number;

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
    this.patienceMs = options.patienceMs ?? defaultPatienceMs;
    this.#pause = new Pause(this.#policy, this.patienceMs);
    this.#dispatcher = options.dispatcher ?? ownDispatcher(url, this.#timeoutMs);
    this.#headers = {
      accept: "application/json",
      authorization: `Bearer ${connection.credential.value}`,
      "user-agent": userAgent(options.userAgent),
    };
  }

  /**
   * Sends a call, and repeats it as `retryDelay` and the call's own look before each repeat allow, and for as long as the run is patient where the
   * API limits. A signal ends every wait at once, and a read; a write that is on its way is seen through, so that whoever stops knows what it did.
   *
   * @throws ApiError, and what `beforeRepeat` throws
   */
  async send(call: Call, { signal }: CallOptions = {}): Promise<Answer> {
    this.secrets.add(call.writeOnly);
    const begun = performance.now();
    const sending: Sending = { call, signal, tries: 0, spentMs: 0, mayHaveHappened: false };
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.#inTurn(sending);
      if (!("error" in outcome)) return outcome;
      const { mayHaveHappened } = sending;
      const error = mayHaveHappened ? outcome.error.with({ mayHaveHappened }) : outcome.error;
      const { status, retryAfterMs } = error;
      if (pausesRun(status, retryAfterMs) || error.code === "cancelled") throw error;
      const delay = retryDelay({ ...outcome, method: call.method, attempt, status, retryAfterMs }, this.#policy);
      if (delay === undefined || sending.spentMs + delay >= this.patienceMs)
        throw withTries(error, sending.tries, begun);
      sending.spentMs += delay;
      await sleep(delay, signal).catch(() => {
        throw cancelled(call, mayHaveHappened);
      });
      await look(sending);
    }
  }

  async close(): Promise<void> {
    if (!this.#options.dispatcher) await this.#dispatcher.destroy();
  }

  /**
   * Tries a call when it is its turn. While the run pauses it keeps its place, as nobody else would be answered either; but for a look before the
   * repeat, which needs a place itself.
   */
  async #inTurn(sending: Sending): Promise<Answer | Failure> {
    const { signal } = sending;
    const isWrite = sending.call.method !== "GET";
    const given = () => ({ error: cancelled(sending.call, sending.mayHaveHappened), unsent: true, transient: false });
    const enter = () => this.#gate.enter(signal).catch(() => undefined);
    let leave = await enter();
    try {
      let last: Failure | undefined;
      let firstRefused: number | undefined;
      while (leave) {
        const isOver = await this.#pause.over(signal).catch(() => undefined);
        if (isOver === undefined) return given();
        const isWaitedOut = firstRefused !== undefined && performance.now() - firstRefused >= this.patienceMs;
        if (!isOver || isWaitedOut) return last ?? { error: refusedRun(sending.call), unsent: true, transient: false };
        if (last && sending.call.beforeRepeat) {
          leave();
          leave = undefined;
          await look(sending);
          leave = await enter();
          if (!leave) break;
        }
        const sentAt = performance.now();
        const outcome = await this.#try(sending);
        if (!("error" in outcome)) {
          this.#pause.succeeded({ sentAt, isWrite });
          return outcome;
        }
        const { status, retryAfterMs } = outcome.error;
        if (!pausesRun(status, retryAfterMs)) return outcome;
        this.#pause.refused({ sentAt, isWrite, retryAfterMs });
        // It may have been done all the same: whoever made the call looks before it is made again.
        if (status === 503 && sending.call.method === "POST") return outcome;
        last = outcome;
        firstRefused ??= performance.now();
      }
      return given();
    } finally {
      leave?.();
    }
  }

  async #try(sending: Sending): Promise<Answer | Failure> {
    const { call, signal } = sending;
    sending.tries += 1;
    const started = performance.now();
    // Impatience is about trying again: the first try has all the time that one needs.
    const left = sending.tries === 1 ? this.#timeoutMs : Math.max(1, this.patienceMs - sending.spentMs);
    const timeoutMs = Math.min(this.#timeoutMs, left);
    let stop: Stop;
    const request = exchange(this.#dispatcher, this.#request(call), this.#options.maxBodyBytes ?? 16 * 1024 * 1024);
    const end = (why: Stop) => {
      stop ??= why;
      request.stop();
    };
    const onAbort = () => end("cancelled");
    // What a write that is cut has done nobody knows.
    const cutting = call.method === "GET" ? signal : undefined;
    cutting?.addEventListener("abort", onAbort, { once: true });
    if (cutting?.aborted) onAbort();
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
      cutting?.removeEventListener("abort", onAbort);
    }
    const ms = performance.now() - started;
    sending.spentMs += ms;
    sending.mayHaveHappened ||= "error" in outcome && outcome.error.mayHaveHappened;
    this.#options.onRequest?.(this.#event(call, sending.tries, received, outcome, ms));
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
    const more = call.method === "GET" ? { "cache-control": "no-cache" } : call.version && { "if-match": call.version };
    const headers: Record<string, string> = more ? { ...this.#headers, ...more } : this.#headers;
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

/** Lets whoever made the call look before it is repeated, and takes over what is to be sent now. */
async function look(sending: Sending): Promise<void> {
  const { call, mayHaveHappened } = sending;
  try {
    sending.call = { ...call, ...(await call.beforeRepeat?.()) };
  } catch (error) {
    throw mayHaveHappened && error instanceof ApiError ? error.with({ mayHaveHappened }) : error;
  }
}

/** A limit of one try says little of how long somebody has waited. */
function withTries(error: ApiError, tries: number, begun: number): ApiError {
  if (error.code !== "timeout" || tries === 1) return error;
  return error.with({
    summary: `${error.summary} It was tried ${tries} times, in ${inSeconds(performance.now() - begun)} altogether.`,
  });
}

/** The run has been refused for so long that a further request would only be refused as well. */
function refusedRun({ method, path }: Call): ApiError {
  return new ApiError({
    code: "rate_limited",
    method,
    path,
    summary: `${method} ${path} was not sent: the API refuses everything, and has for longer than retry_timeout allows.`,
    hint: "Wait, or run fewer operations at a time; retry_timeout says how long to be patient.",
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
