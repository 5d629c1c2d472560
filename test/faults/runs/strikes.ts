// What may go wrong between the provider and the API: drawn from a seed, carried out by the proxy of the real engines and by the service in one
// process alike.
import type { Random } from "./random";

/** What is to happen to one request. */
export interface Strike {
  readonly kind: FaultKind;
  /** How often the API gets it. */
  readonly performed: 0 | 1 | 2;
  /** Before it is answered, in milliseconds. */
  readonly delayMs: number;
  /** How old what it reads is, in milliseconds; undefined where it is as it is. */
  readonly lagMs?: number | undefined;
  /**
   * `own`: what the API answers. `reset`: the connection breaks. `cut`: in the middle of the body.
   * `short`: half of the body, as if it were whole. `never`: nothing comes.
   */
  readonly answer: "own" | "reset" | "cut" | "short" | "never" | Canned;
}

export interface Canned {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A request as far as faults depend on it. */
export interface Struck {
  readonly method: string;
  readonly path: string;
}

/** The longest time for which reads lag behind writes, in milliseconds. */
export const longestLagMs = 5_000;

const plain = { performed: 1, delayMs: 0, answer: "own" } as const;
const json = { "content-type": "application/json" };
const page: Canned["body"] = "<!doctype html><html><body>Please sign in to continue.</body></html>\n";

type Drawn = Omit<Strike, "kind">;

const canned = (status: number, body: string, headers: Record<string, string> = json): Canned => ({
  status,
  headers,
  body,
});

/** Every kind of fault, and what one of it does. */
const kinds = {
  "429": () => ({ ...plain, performed: 0, answer: canned(429, '{"error":"rate_limited"}') }),
  "429-retry-after": (random) => ({
    ...plain,
    performed: 0,
    answer: canned(429, '{"error":"rate_limited"}', { ...json, "retry-after": String(1 + random.below(3)) }),
  }),
  "5xx": (random) => ({
    ...plain,
    performed: 0,
    answer: canned(random.pick([500, 502, 503, 504]), '{"error":"unavailable"}'),
  }),
  "5xx-after": (random) => ({ ...plain, answer: canned(random.pick([500, 502, 504]), '{"error":"unavailable"}') }),
  "reset-before": () => ({ ...plain, performed: 0, answer: "reset" }),
  "lost-answer": () => ({ ...plain, answer: "reset" }),
  "cut-body": () => ({ ...plain, answer: "cut" }),
  "short-body": () => ({ ...plain, answer: "short" }),
  slow: (random) => ({ ...plain, delayMs: 1_000 + random.below(20_000) }),
  silent: (random) => ({ ...plain, performed: random.pick([0, 1]), answer: "never" }),
  // Some proxies send a request again when a connection breaks; a POST is sent twice by none that keeps to RFC 9110 §9.2.2.
  duplicate: (_, { method }) => (method === "POST" ? plain : { ...plain, performed: 2 }),
  "html-200": (random) => ({
    ...plain,
    performed: random.pick([0, 1]),
    answer: canned(200, page, { "content-type": "text/html; charset=utf-8" }),
  }),
  "html-502": (random) => ({
    ...plain,
    performed: random.pick([0, 1]),
    answer: canned(502, page, { "content-type": "text/html; charset=utf-8" }),
  }),
  "expired-token": () => ({ ...plain, performed: 0, answer: canned(401, '{"error":"token expired"}') }),
  "stale-read": (random, { method }) =>
    method === "GET" ? { ...plain, lagMs: 500 + random.below(longestLagMs - 500) } : plain,
  conflict: (random, { method }) =>
    method === "PUT"
      ? { ...plain, performed: 0, answer: canned(random.pick([409, 412, 428]), '{"error":"changed meanwhile"}') }
      : plain,
} as const satisfies Record<string, (random: Random, struck: Struck) => Drawn>;

export type FaultKind = keyof typeof kinds;

export const faultKinds = Object.keys(kinds) as FaultKind[];

/** Kinds that last for some time, once they have begun. */
const lasting: ReadonlySet<FaultKind> = new Set(["expired-token", "stale-read", "429"]);

/** Which requests are struck: any, those that change something, or any from the first of those on. */
export const aims = ["any", "writes", "from the first write on"] as const;
export type Aim = (typeof aims)[number];

/** Draws what happens to each request, in the order in which they come. */
export class Strikes {
  readonly #random: Random;
  readonly #kinds: readonly FaultKind[];
  readonly #oneIn: number;
  readonly #aim: Aim;
  #isWritten = false;
  #left: number;
  #lasting: { readonly kind: FaultKind; readonly until: number } | undefined;

  /**
   * @param kinds - that may strike.
   * @param oneIn - how many requests one of which is struck, on average.
   * @param most - how many are struck at most, those that last for some time counted once.
   */
  constructor(
    random: Random,
    kinds: readonly FaultKind[],
    { aim, oneIn, most }: { readonly aim: Aim; readonly oneIn: number; readonly most: number },
  ) {
    this.#aim = aim;
    this.#random = random;
    this.#kinds = kinds;
    this.#oneIn = oneIn;
    this.#left = most;
  }

  /** @param now - in milliseconds. */
  next(struck: Struck, now: number): Strike | undefined {
    const isWrite = struck.method !== "GET";
    this.#isWritten ||= isWrite;
    if (this.#aim === "writes" && !isWrite) return undefined;
    if (this.#aim === "from the first write on" && !this.#isWritten) return undefined;
    const kind = this.#kindNow(now);
    return kind === undefined ? undefined : { kind, ...kinds[kind](this.#random, struck) };
  }

  #kindNow(now: number): FaultKind | undefined {
    if (this.#lasting && now < this.#lasting.until) return this.#lasting.kind;
    this.#lasting = undefined;
    if (this.#left <= 0 || this.#kinds.length === 0 || this.#random.below(this.#oneIn) > 0) return undefined;
    this.#left -= 1;
    const kind = this.#random.pick(this.#kinds);
    if (lasting.has(kind)) this.#lasting = { kind, until: now + 200 + this.#random.below(3_000) };
    return kind;
  }
}
