// The API, and what goes wrong on the way to it: the routes of the embedded one, with faults drawn from a seed before and after them.
import type { ServerBehaviour } from "@mcpstack/local-api";
import { answerCall } from "../../../packages/local-api/src/routes/answer-call";
import type { Reply } from "../../../packages/local-api/src/routes/reply";
import type { State } from "../../../packages/local-api/src/store/records";
import { seedState } from "../../../packages/local-api/src/store/seed";
import { Store } from "../../../packages/local-api/src/store/store";
import { type Canned, longestLagMs, type Strike, type Strikes } from "./strikes";

const token = "5eed5eed5eed5eed5eed5eed";

export interface Sent {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** What comes of a request: how it is to be delivered, and what the API said, if it was asked. */
export interface Served {
  readonly answer: Exclude<Strike["answer"], "own" | Canned> | "whole";
  readonly reply: Reply;
  readonly delayMs: number;
}

export interface Requested {
  /** In milliseconds. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly strike: string | undefined;
}

export class Service {
  readonly store: Store;
  readonly behaviour: ServerBehaviour;
  readonly organization: string;
  /** Where it is reached, which its documents name. */
  url = "http://127.0.0.1:9";
  /** Every request, with its answer. */
  readonly requests: Requested[] = [];
  /** What goes wrong now. */
  strikes: Strikes | undefined;
  /** As it was, and since when, for reads that lag. */
  #history: { readonly since: number; readonly state: State }[] = [];

  constructor(behaviour: ServerBehaviour, servers: readonly string[]) {
    this.behaviour = behaviour;
    const state = seedState({ servers: servers.map((slug) => ({ slug })) }, { accessToken: token, apiKey: "unused" });
    this.#history = [{ since: Number.NEGATIVE_INFINITY, state: structuredClone(state) }];
    this.organization = state.organizations[0]!.id;
    this.store = new Store(state, (snapshot) => {
      const oldest = this.#history.findLastIndex(({ since }) => since <= performance.now() - longestLagMs);
      this.#history = [
        ...this.#history.slice(Math.max(0, oldest)),
        { since: performance.now(), state: structuredClone(snapshot()) },
      ];
    });
  }

  environment(): Record<"MCPSTACK_API_URL" | "MCPSTACK_ORG_ID" | "MCPSTACK_ACCESS_TOKEN", string> {
    return { MCPSTACK_API_URL: this.url, MCPSTACK_ORG_ID: this.organization, MCPSTACK_ACCESS_TOKEN: token };
  }

  /** Answers a request that has arrived. */
  async serve(sent: Sent): Promise<Served> {
    const at = performance.now();
    const strike = this.strikes?.next(sent, at);
    const { performed = 1, answer = "own", delayMs = 0, lagMs } = strike ?? {};
    const store = lagMs === undefined ? this.store : this.#asItWas(lagMs);
    let reply: Reply = { status: 0 };
    for (let time = 0; time < performed; time += 1) reply = await this.#answer(sent, store);
    if (typeof answer === "object") reply = answer;
    const { method, path } = sent;
    this.requests.push({ at, method, path, status: reply.status, strike: strike && toldOf(strike) });
    return { answer: typeof answer === "object" || answer === "own" ? "whole" : answer, reply, delayMs };
  }

  #asItWas(lagMs: number): Store {
    const { state } = this.#history.findLast(({ since }) => since <= performance.now() - lagMs) ?? this.#history[0]!;
    return new Store(structuredClone(state), () => undefined);
  }

  #answer({ method, path, headers, body }: Sent, store: Store): Promise<Reply> {
    const url = new URL(path, this.url);
    const { pathname, searchParams: query } = url;
    const { behaviour } = this;
    return answerCall({
      method,
      path: pathname,
      query,
      headers,
      body,
      params: {},
      store,
      behaviour,
      baseUrl: this.url,
    });
  }
}

function toldOf({ kind, performed }: Strike): string {
  return performed === 1 ? kind : `${kind}, performed ${performed === 0 ? "never" : "twice"}`;
}
