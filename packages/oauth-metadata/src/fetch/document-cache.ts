import { parseUrl } from "@mcpstack/model";
import { type HostTrust, hostTrust } from "./address";
import type { HostGate, Lane } from "./host-gate";
import type { Answer, Transport } from "./transport";

/** `run`: each document is fetched once a run. `http`: beyond the run, freshness and validators are honoured (RFC 9111 §§4.2, 4.3). */
export type CacheMode = "run" | "http";

interface Stored {
  readonly answer: Answer;
  readonly freshUntil: number;
  readonly validators: Readonly<Record<string, string>>;
}

interface Request {
  readonly headersOnly?: boolean;
  readonly stays?: boolean;
  readonly body?: string;
  /** Default: `issuer`. */
  readonly lane?: Lane;
}

/** Fetches each document once a run, however many gateways ask for it, one after another or at once. */
export class DocumentCache {
  readonly #transport: Transport;
  readonly #gate: HostGate;
  readonly #mode: CacheMode;
  readonly #otherwise: "internal" | "guarded";
  readonly #entries = new Map<string, Promise<Answer>>();
  readonly #stored = new Map<string, Stored>();

  /** @param otherwise how far a host is trusted that the program does not name */
  constructor(transport: Transport, gate: HostGate, mode: CacheMode, otherwise: "internal" | "guarded") {
    this.#transport = transport;
    this.#gate = gate;
    this.#mode = mode;
    this.#otherwise = otherwise;
  }

  /** Begins another run: what was fetched counts only as far as HTTP caching allows, failed hosts are asked again. */
  restart(): void {
    this.#entries.clear();
    this.#gate.restart();
  }

  /** The document at an address, or why there is none. `named` holds what the program names, as `hostsOf` gives it. */
  get(address: string, named: ReadonlySet<string>, o: Request = {}): Promise<Answer> {
    const url = parseUrl(address);
    if (!url) return Promise.resolve({ outcome: "invalid", detail: "is not a URL" });
    url.hash = "";
    const trust = hostTrust(url, named, this.#otherwise);
    const key = `${trust} ${o.headersOnly ? "headers" : "document"}${o.stays ? " there" : ""} ${o.body ?? ""} ${url.href}`;
    const known = this.#entries.get(key);
    if (known) return known;
    const answer = this.#fresh(key) ?? this.#fetch(url, trust, key, o);
    this.#entries.set(key, answer);
    return answer;
  }

  #fresh(key: string): Promise<Answer> | undefined {
    const stored = this.#stored.get(key);
    return stored && stored.freshUntil > Date.now() ? Promise.resolve(stored.answer) : undefined;
  }

  async #fetch(url: URL, trust: HostTrust, key: string, { lane = "issuer", ...o }: Request): Promise<Answer> {
    const stored = this.#stored.get(key);
    const answer: Answer = await this.#gate.run<Answer>(`${trust} ${url.origin}`, lane, (left) =>
      this.#transport.get(url.href, trust, left, { ...o, ...(stored ? { headers: stored.validators } : {}) }),
    );
    if (answer.outcome !== "found" || o.headersOnly) return answer;
    if (answer.status === 304) {
      if (!stored) return { outcome: "invalid", status: 304, detail: "answers 304 to a request without a condition" };
      this.#store(key, { ...stored.answer }, { ...stored.answer.headers, ...answer.headers });
      return stored.answer;
    }
    this.#store(key, answer, answer.headers ?? {});
    return answer;
  }

  #store(key: string, answer: Answer, headers: NonNullable<Answer["headers"]>): void {
    if (this.#mode !== "http") return;
    const cacheControl = one(headers["cache-control"])?.toLowerCase() ?? "";
    this.#stored.delete(key);
    if (/\bno-store\b/.test(cacheControl)) return;
    const etag = one(headers.etag);
    const lastModified = one(headers["last-modified"]);
    const validators = {
      ...(etag ? { "if-none-match": etag } : {}),
      ...(lastModified ? { "if-modified-since": lastModified } : {}),
    };
    const maxAge = /\bno-cache\b/.test(cacheControl) ? 0 : Number(/\bmax-age=(\d{1,9})/.exec(cacheControl)?.[1] ?? 0);
    const age = Number(/^\d{1,9}$/.exec(one(headers.age) ?? "")?.[0] ?? 0);
    this.#stored.set(key, { answer, validators, freshUntil: Date.now() + Math.max(0, maxAge - age) * 1000 });
  }
}

function one(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === "string" ? value : value?.[0];
}
