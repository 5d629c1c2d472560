import { type DescMethod, fromBinary, type Message, toBinary } from "@bufbuild/protobuf";
import type { Call, Method } from "../grpc/server";
import { GrpcError, Status } from "../grpc/status";
import type { ProviderState } from "../provider/state";
import { Provider } from "../wire/gen/tfplugin6_pb";
import { dispatch } from "./dispatch";
import type { MethodName } from "./handler";

/** The methods of the provider by the paths that gRPC gives them. */
export function providerMethods(provider: ProviderState): ReadonlyMap<string, Method> {
  const methods = new Map<string, Method>();
  for (const [localName, method] of Object.entries(Provider.method))
    methods.set(`/${Provider.typeName}/${method.name}`, methodOf(provider, localName as MethodName, method));
  return methods;
}

function methodOf(provider: ProviderState, name: MethodName, method: DescMethod): Method {
  return async (messages: readonly Uint8Array[], call: Call) => {
    const requests = messages.map((bytes) => fromBinary(method.input, bytes));
    const [first] = requests;
    if (first === undefined) throw new GrpcError(Status.INVALID_ARGUMENT, "The call has no message.");
    const request = method.methodKind === "client_streaming" ? requests : first;
    const answer: unknown = dispatch(provider, name, request as never, call.signal);
    if (method.methodKind !== "server_streaming") return toBinary(method.output, (await answer) as Message);
    for await (const event of answer as AsyncIterable<Message>) await call.send(toBinary(method.output, event));
    return undefined;
  };
}
