import { createRequire } from "node:module";

/** `debug` is shown by `pulumi --debug`, and in the verbose log. */
export type Loudness = "debug" | "info" | "warning";

/** Says something to whoever runs Pulumi. */
export type Say = (loudness: Loudness, message: string) => Promise<void>;

type Log = (loudness: Loudness, message: string) => Promise<void>;
let log: Log | undefined;

/**
 * Puts a line into the engine's Diagnostics. `pulumi.log.warn` would not do: in a provider's process it has no engine to talk to, and
 * is mere text. A line that cannot be delivered is printed.
 */
export const say: Say = async (loudness, message) => {
  try {
    log ??= connect();
    await log(loudness, message);
  } catch {
    if (loudness !== "debug") console.log(message);
  }
};

/** The engine's address is the last argument of every provider's process, after what `--logflow` and `--tracing` add. */
function connect(): Log {
  const address = process.argv.slice(2).at(-1);
  if (address === undefined) throw new Error("no engine");
  // The copies of Pulumi itself: no dependency of this package can be another version of them.
  const pulumi = createRequire(require.resolve("@pulumi/pulumi/package.json"));
  const grpc = pulumi("@grpc/grpc-js") as { credentials: { createInsecure(): never } };
  const { EngineClient } = pulumi("./proto/engine_grpc_pb") as typeof import("@pulumi/pulumi/proto/engine_grpc_pb");
  const { LogRequest, LogSeverity } = pulumi("./proto/engine_pb") as typeof import("@pulumi/pulumi/proto/engine_pb");
  const client = new EngineClient(address, grpc.credentials.createInsecure());
  return (loudness, message) => {
    const request = new LogRequest();
    request.setSeverity({ debug: LogSeverity.DEBUG, info: LogSeverity.INFO, warning: LogSeverity.WARNING }[loudness]);
    request.setMessage(message);
    return new Promise((resolve, reject) => client.log(request, (error) => (error ? reject(error) : resolve())));
  };
}
