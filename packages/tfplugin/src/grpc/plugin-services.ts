import type { Method } from "./server";
import { GrpcError, Status } from "./status";

const EMPTY = new Uint8Array(0);
/** grpc.health.v1.HealthCheckResponse with status SERVING. */
const SERVING = Uint8Array.of(0x08, 0x01);

/**
 * The services that go-plugin's client expects beside the provider: to end the process, to forward output, to ask whether the
 * server is well. Their messages are so small that they are written out here.
 */
export function pluginServices(shutdown: () => void): ReadonlyMap<string, Method> {
  return new Map<string, Method>([
    [
      "/plugin.GRPCController/Shutdown",
      () => {
        shutdown();
        return EMPTY;
      },
    ],
    ["/plugin.GRPCStdio/StreamStdio", untilCancelled],
    ["/grpc.health.v1.Health/Check", ([request]) => health(request)],
    [
      "/grpc.health.v1.Health/Watch",
      async ([request], call) => {
        await call.send(health(request));
        return untilCancelled([], call);
      },
    ],
  ]);
}

/** Nothing to send, ever: what a provider logs goes to its standard error, which the client reads itself. */
const untilCancelled: Method = (_messages, call) =>
  new Promise((resolve) => {
    if (call.signal.aborted) resolve(undefined);
    else call.signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });

/** HealthCheckRequest has one field: 1 service: string. The whole server, "", and "plugin" are known. */
function health(request: Uint8Array | undefined): Uint8Array {
  const service = request === undefined || request.length < 2 ? "" : Buffer.from(request.subarray(2)).toString("utf8");
  if (service !== "" && service !== "plugin")
    throw new GrpcError(Status.NOT_FOUND, `There is no service ${JSON.stringify(service)}.`);
  return SERVING;
}
