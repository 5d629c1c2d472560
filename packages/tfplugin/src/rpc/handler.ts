import type { DescMethod, MessageInitShape, MessageShape } from "@bufbuild/protobuf";
import type { ProviderState } from "../provider/state";
import type { Provider } from "../wire/gen/tfplugin6_pb";

type Methods = typeof Provider.method;

/** The name of a call in the generated service, like `planResourceChange`. */
export type MethodName = keyof Methods;

type Requests<M extends DescMethod> = M["methodKind"] extends "client_streaming"
  ? readonly MessageShape<M["input"]>[]
  : MessageShape<M["input"]>;

/** A message to be, in which a field may also be undefined: protobuf-es leaves such a field unset. */
export type Open<T> = T extends Uint8Array
  ? T
  : T extends readonly (infer U)[]
    ? readonly Open<U>[]
    : T extends object
      ? { readonly [K in keyof T]?: Open<T[K]> | undefined }
      : T;

type Output<M extends DescMethod> = Open<MessageInitShape<M["output"]>>;

type Answers<M extends DescMethod> = M["methodKind"] extends "server_streaming"
  ? AsyncIterable<Output<M>>
  : Promise<Output<M>> | Output<M>;

/** Answers one call. What it throws becomes a diagnostic of the answer. */
export type Handler<N extends MethodName> = (
  provider: ProviderState,
  request: Requests<Methods[N]>,
  signal: AbortSignal,
) => Answers<Methods[N]>;

export type Handlers = { readonly [N in MethodName]: Handler<N> };
