import type { Dispatcher } from "undici";
import { BodyTooLarge } from "./failure";
import type { Received } from "./judge-answer";

/** A request under way. */
export interface Exchange {
  /** The whole answer. Rejects with what the connection threw, with `BodyTooLarge`, or once stopped. */
  readonly received: Promise<Received>;
  /** Ends it, whatever it waits for. */
  stop(): void;
}

/**
 * Sends a request and reads its answer whole, as UTF-8 text. A handler of our own: undici's `request` makes a stream of every body and
 * listens to a signal, which costs more than the rest of a small answer (a plan of 300 gateways and attachments: 0.3 s of CPU less).
 *
 * @param limit - of the body, in bytes.
 */
export function exchange(dispatcher: Dispatcher, request: Dispatcher.DispatchOptions, limit: number): Exchange {
  const handler = new Answering(limit);
  dispatcher.dispatch(request, handler);
  return handler;
}

class Answering implements Exchange, Dispatcher.DispatchHandler {
  readonly received: Promise<Received>;
  readonly #limit: number;
  #resolve: (received: Received) => void = () => {};
  #reject: (error: unknown) => void = () => {};
  #controller: Dispatcher.DispatchController | undefined;
  #ended: Error | undefined;
  #status = 0;
  #headers: Received["headers"] = {};
  #chunks: Buffer[] = [];
  #size = 0;

  constructor(limit: number) {
    this.#limit = limit;
    this.received = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  stop(): void {
    this.#end(new Error("The request was stopped."));
  }

  /** Also called anew where undici sends a request again on another connection, before anything of an answer came. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#ended) controller.abort(this.#ended);
    else this.#controller = controller;
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Received["headers"]): void {
    // An informational answer (RFC 9110 §15.2) comes before the one that counts.
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers;
    const declared = headers["content-length"];
    if (typeof declared === "string" && Number(declared) > this.#limit) this.#end(new BodyTooLarge(this.#limit));
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size > this.#limit) this.#end(new BodyTooLarge(this.#limit));
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const [first] = this.#chunks;
    const body = first && this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks, this.#size);
    this.#resolve({ status: this.#status, headers: this.#headers, text: body.toString("utf8") });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#reject(error);
  }

  #end(error: Error): void {
    this.#ended ??= error;
    this.#reject(this.#ended);
    this.#controller?.abort(this.#ended);
  }
}
