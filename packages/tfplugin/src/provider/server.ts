import type { MessageShape } from "@bufbuild/protobuf";
import { createLog, type Log } from "../log/log";
import type { Dispatched, DispatchRequest } from "../rpc/dispatch";
import type { MethodName } from "../rpc/handler";
import type { Provider } from "../wire/gen/tfplugin6_pb";
import type { ProviderDefinition } from "./definition";
import { ProviderState } from "./state";

/** A provider without its transport: what a test drives. */
export interface ProviderServer {
  /** Answers a call, by its name in the generated service: `dispatch("planResourceChange", { … })`. */
  dispatch<N extends MethodName>(
    name: N,
    request: DispatchRequest<N> | MessageShape<(typeof Provider.method)[N]["input"]>,
    signal?: AbortSignal,
  ): Dispatched<N>;
}

/** Serves in this process. Nothing is logged unless a log is given. */
export function createServer<Client>(
  definition: ProviderDefinition<Client>,
  options: { readonly log?: Log } = {},
): ProviderServer {
  const log = options.log ?? createLog(undefined, "provider", () => {});
  const state = new ProviderState(definition as ProviderDefinition<unknown>, log);
  // `require`, so that a program which imports this package only to serve does not load the messages before its handshake.
  const { dispatch } = require("../rpc/dispatch") as typeof import("../rpc/dispatch");
  return { dispatch: (name, request, signal) => dispatch(state, name, request, signal) };
}
