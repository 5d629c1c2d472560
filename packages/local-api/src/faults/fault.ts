export type FaultAction =
  /** This answer instead of the route's. An object is sent as JSON. */
  | { status: number; body?: unknown; headers?: Record<string, string> }
  /** Wait, then go on: to a further fault that matches, or to the route. */
  | { delayMs: number }
  /** `before`: nothing is done and the connection is cut. `after`: the write is done, then it is cut: a lost answer. */
  | { cut: "before" | "after" }
  /** A proxy's page with status 200. */
  | { html: true }
  /** JSON that never ends. */
  | { endlessBody: true }
  /** Status 200 and nothing else. */
  | { emptyBody: true }
  /** Status 200 and half a document. */
  | { malformedJson: true }
  /** The request is read and never answered. */
  | { hang: true }
  /** 429; `retryAfter` is seconds, an HTTP date, or absent. */
  | { rateLimit: { retryAfter?: number | string } };

export interface Fault {
  /** What the fault is for; every request when left out. */
  match?: {
    method?: string;
    /** A string is a whole path or the end of one (`/gateways`); an expression is tried on path and query. */
    path?: string | RegExp;
  };
  /** How many requests it strikes. @default every one until it is removed */
  times?: number;
  /** How many matching requests it lets pass first. @default 0 */
  after?: number;
  /** Whether the route does its work before the fault answers, as when a gateway in between times out. @default false, true for `cut: "after"` */
  performed?: boolean;
  action: FaultAction;
}

/** A fault that was planted. */
export interface PlantedFault {
  /** How many requests it has struck. */
  readonly struck: number;
  remove(): void;
}
