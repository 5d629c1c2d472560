import { create, type DescMethod, type Message, type MessageInitShape, type MessageShape } from "@bufbuild/protobuf";
import { toDiagnostics } from "../convert/diagnostics";
import { diagnosticsOf } from "../diagnostics/errors";
import type { ProviderState } from "../provider/state";
import { Provider } from "../wire/gen/tfplugin6_pb";
import type { MethodName } from "./handler";
import { handlers } from "./handlers";

type Methods = typeof Provider.method;

/** The call's answer: a message, or a stream of them for a call that streams. */
export type Dispatched<N extends MethodName> = Methods[N]["methodKind"] extends "server_streaming"
  ? AsyncIterable<MessageShape<Methods[N]["output"]>>
  : Promise<MessageShape<Methods[N]["output"]>>;

export type DispatchRequest<N extends MethodName> = Methods[N]["methodKind"] extends "client_streaming"
  ? readonly MessageInitShape<Methods[N]["input"]>[]
  : MessageInitShape<Methods[N]["input"]>;

type Init = Record<string, unknown>;

type AnyHandler = (provider: ProviderState, request: unknown, signal: AbortSignal) => unknown;

/**
 * Answers one call. Never fails: whatever is thrown becomes the diagnostics of the answer, so that Terraform shows it and the
 * process lives on.
 */
export function dispatch<N extends MethodName>(
  provider: ProviderState,
  name: N,
  request: DispatchRequest<N> | MessageShape<Methods[N]["input"]> | readonly MessageShape<Methods[N]["input"]>[],
  signal?: AbortSignal,
): Dispatched<N> {
  const method: DescMethod = Provider.method[name];
  const input = Array.isArray(request)
    ? request.map((one) => ensure(method.input, one))
    : ensure(method.input, request as object);
  const handler = handlers[name] as AnyHandler;
  return (
    method.methodKind === "server_streaming"
      ? stream(provider, method, handler, input, signal)
      : unary(provider, method, handler, input, signal)
  ) as Dispatched<N>;
}

function ensure(schema: DescMethod["input"], request: object): Message {
  return "$typeName" in request ? (request as Message) : create(schema, request as MessageInitShape<typeof schema>);
}

async function unary(
  provider: ProviderState,
  method: DescMethod,
  handler: AnyHandler,
  request: unknown,
  outer: AbortSignal | undefined,
): Promise<Message> {
  let answer: unknown;
  try {
    answer = await provider.calls.run(outer, async (signal) => handler(provider, request, signal));
  } catch (error) {
    answer = failure(provider, method, request, error);
  }
  return create(method.output, answer as Init);
}

async function* stream(
  provider: ProviderState,
  method: DescMethod,
  handler: AnyHandler,
  request: unknown,
  outer: AbortSignal | undefined,
): AsyncIterable<Message> {
  const { signal, done } = provider.calls.begin(outer);
  try {
    for await (const event of handler(provider, request, signal) as AsyncIterable<Init>)
      yield create(method.output, event);
  } catch (error) {
    yield create(method.output, failure(provider, method, request, error));
  } finally {
    done();
  }
}

/** Each answer has its own place for diagnostics. */
function failure(provider: ProviderState, method: DescMethod, request: unknown, error: unknown): Init {
  provider.log.debug("a call failed", {
    rpc: method.name,
    error: error instanceof Error ? error.stack : String(error),
  });
  const diagnostics = toDiagnostics(diagnosticsOf(error, describeCall(method.name, request)));
  const { field } = method.output;
  if ("diagnostics" in field) return { diagnostics };
  if ("diagnostic" in field) return { diagnostic: diagnostics };
  if ("completed" in field) return { type: { case: "completed", value: { diagnostics } } };
  return {};
}

/** `PlanResourceChange` as words, with what it is about: plan resource change of toy_note. */
function describeCall(name: string, request: unknown): string {
  const words = name.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
  const { typeName } = request as { typeName?: unknown };
  return typeof typeName === "string" && typeName !== "" ? `${words} of ${typeName}` : words;
}
