// The way from the provider to the service where both are in one process: no socket, and time that passes as the story wants it.
import type { Dispatcher } from "undici";
import type { Random } from "./random";
import type { Served, Service } from "./service";

/** A process of an engine, as far as the service sees it: once killed, it hears nothing more, and what it sent may arrive. */
export interface Client {
  isKilled: boolean;
}

/** What the provider sends its requests through. */
export function dispatcherTo(service: Service, client: Client, latency: Random): Dispatcher {
  const serve = async (
    { method, path, headers, body }: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler,
    controller: Controller,
  ): Promise<void> => {
    await passing(1 + latency.below(20));
    if (client.isKilled && latency.below(2) === 0) return;
    const sent = { method, path, headers: headers as Record<string, string>, body: String(body ?? "") };
    const served = await service.serve(sent);
    await passing(1 + latency.below(20) + served.delayMs);
    if (!client.isKilled && !controller.aborted) deliver(handler, controller, served);
  };
  const dispatch: Dispatcher["dispatch"] = (options, handler) => {
    const controller = new Controller(handler);
    handler.onRequestStart?.(controller, {});
    void serve(options, handler, controller);
    return true;
  };
  return { dispatch, destroy: async () => undefined } as unknown as Dispatcher;
}

function deliver(handler: Dispatcher.DispatchHandler, controller: Controller, { answer, reply }: Served): void {
  if (answer === "never") return;
  const broken = Object.assign(new Error("other side closed"), { code: "UND_ERR_SOCKET" });
  if (answer === "reset") {
    handler.onResponseError?.(controller, broken);
    return;
  }
  const bytes = Buffer.from(reply.body ?? "");
  handler.onResponseStart?.(controller, reply.status, reply.headers ?? {});
  const told = answer === "whole" ? bytes : bytes.subarray(0, bytes.length / 2);
  if (told.length > 0) handler.onResponseData?.(controller, told);
  if (answer === "cut") handler.onResponseError?.(controller, broken);
  else handler.onResponseEnd?.(controller, {});
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
