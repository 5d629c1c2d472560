// The API in the same process: the routes of the embedded one, without a socket, and what goes wrong on the way to it.
import type { ServerBehaviour } from "@mcpstack/local-api";
import type { Dispatcher } from "undici";
import { answerCall } from "../../../packages/local-api/src/routes/answer-call";
import type { Reply } from "../../../packages/local-api/src/routes/reply";
import type { State } from "../../../packages/local-api/src/store/records";
import { seedState } from "../../../packages/local-api/src/store/seed";
import { Store } from "../../../packages/local-api/src/store/store";
import type { Random } from "./random";
import { longestLagMs, type Strike, type Strikes } from "./strikes";

export const token = "5eed5eed5eed5eed5eed5eed";
const apiUrl = "http://127.0.0.1:9";

export interface Requested {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly status: number | undefined;
  readonly strike: string | undefined;
}

/** A process of an engine, as far as the service sees it: once killed, it hears nothing more, and what it sent may arrive. */
export interface Client {
  isKilled: boolean;
}

export class Service {
  readonly store: Store;
  readonly behaviour: ServerBehaviour;
  readonly organization: string;
  /** Every request, with its answer. */
  readonly requests: Requested[] = [];
  /** What goes wrong now. */
  strikes: Strikes | undefined;
  readonly #random: Random;
  /** As it was, and since when, for reads that lag. */
  #history: { readonly since: number; readonly state: State }[] = [];

  constructor(behaviour: ServerBehaviour, servers: readonly string[], random: Random) {
    this.behaviour = behaviour;
    this.#random = random;
    const state = seedState({ servers: servers.map((slug) => ({ slug })) }, { accessToken: token, apiKey: "unused" });
    this.#history = [{ since: 0, state: structuredClone(state) }];
    this.organization = state.organizations[0]!.id;
    this.store = new Store(state, (snapshot) => {
      const oldest = this.#history.findLastIndex(({ since }) => since <= performance.now() - longestLagMs);
      this.#history = [
        ...this.#history.slice(Math.max(0, oldest)),
        { since: performance.now(), state: structuredClone(snapshot()) },
      ];
    });
  }

  environment(): Record<string, string> {
    return { MCPSTACK_API_URL: apiUrl, MCPSTACK_ORG_ID: this.organization, MCPSTACK_ACCESS_TOKEN: token };
  }

  /** What the provider sends its requests through. */
  dispatcher(client: Client): Dispatcher {
    const dispatch: Dispatcher["dispatch"] = (options, handler) => {
      const controller = new Controller(handler);
      handler.onRequestStart?.(controller, {});
      void this.#serve(client, options, handler, controller);
      return true;
    };
    return { dispatch, destroy: async () => undefined } as unknown as Dispatcher;
  }

  async #serve(
    client: Client,
    { method, path, headers, body }: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler,
    controller: Controller,
  ): Promise<void> {
    const strike = this.strikes?.next({ method, path }, performance.now());
    const url = new URL(path, apiUrl);
    const at = performance.now();
    // There and back.
    await passing(1 + this.#random.below(20));
    if (client.isKilled && this.#random.below(2) === 0) return;
    const sent = { method, url, headers: headers as Record<string, string>, body: String(body ?? "") };
    let reply: Reply | undefined;
    const times = strike?.performed ?? 1;
    for (let time = 0; time < times; time += 1)
      reply = await this.#answer(sent, strike?.lagMs ? this.#stale(strike.lagMs) : this.store);
    await passing(1 + this.#random.below(20) + (strike?.delayMs ?? 0));
    const status = isCanned(strike?.answer) ? strike.answer.status : reply?.status;
    this.requests.push({ at, method, path: url.pathname + url.search, status, strike: strike && toldOf(strike) });
    if (client.isKilled || controller.aborted) return;
    deliver(handler, controller, reply, strike);
  }

  /** As it was some time ago. */
  #stale(lagMs: number): Store {
    const { state } = this.#history.findLast(({ since }) => since <= performance.now() - lagMs) ?? this.#history[0]!;
    return new Store(structuredClone(state), () => undefined);
  }

  #answer(
    { method, url, headers, body }: { method: string; url: URL; headers: Record<string, string>; body: string },
    store: Store,
  ): Promise<Reply> {
    return answerCall({
      method,
      path: url.pathname,
      query: url.searchParams,
      headers,
      body,
      params: {},
      store,
      behaviour: this.behaviour,
      baseUrl: apiUrl,
    });
  }
}

function deliver(
  handler: Dispatcher.DispatchHandler,
  controller: Controller,
  reply: Reply | undefined,
  strike: Strike | undefined,
): void {
  const answer = strike?.answer ?? "own";
  if (answer === "never") return;
  if (answer === "reset" || (reply === undefined && !isCanned(answer))) {
    broken(handler, controller);
    return;
  }
  const { status, headers = {}, body = "" } = isCanned(answer) ? answer : (reply as Reply);
  const bytes = Buffer.from(body);
  handler.onResponseStart?.(controller, status, headers);
  if (answer === "cut") {
    handler.onResponseData?.(controller, bytes.subarray(0, bytes.length / 2));
    broken(handler, controller);
    return;
  }
  if (bytes.length > 0)
    handler.onResponseData?.(controller, answer === "short" ? bytes.subarray(0, bytes.length / 2) : bytes);
  handler.onResponseEnd?.(controller, {});
}

function broken(handler: Dispatcher.DispatchHandler, controller: Controller): void {
  handler.onResponseError?.(controller, Object.assign(new Error("other side closed"), { code: "UND_ERR_SOCKET" }));
}

function isCanned(answer: Strike["answer"] | undefined): answer is Extract<Strike["answer"], object> {
  return typeof answer === "object";
}

function toldOf({ kind, performed }: Strike): string {
  return performed === 1 ? kind : `${kind}, performed ${performed === 0 ? "never" : "twice"}`;
}

class Controller implements Dispatcher.DispatchController {
  aborted = false;
  paused = false;
  reason: Error | null = null;
  rawHeaders = null;
  rawTrailers = null;
  constructor(readonly handler: Dispatcher.DispatchHandler) {}
  abort(reason: Error): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    this.handler.onResponseError?.(this, reason);
  }
  pause(): void {
    this.paused = true;
  }
  resume(): void {
    this.paused = false;
  }
}

function passing(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
