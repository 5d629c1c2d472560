import { errorDiagnostic } from "../diagnostics/diagnostic";
import { DiagnosticsError } from "../diagnostics/errors";
import { mayDestroy } from "../engine/command";
import { parentArguments } from "../engine/parent";
import { pluginServices } from "../grpc/plugin-services";
import type { Method } from "../grpc/server";
import { createLog, logLevel } from "../log/log";
import type { ProviderDefinition } from "../provider/definition";
import { ProviderState } from "../provider/state";
import { providerMethods } from "../rpc/router";
import type { ServeOptions } from "./serve";

/** Loads the provider and returns all that the server answers to. */
export async function loadServices<Client>(
  options: ServeOptions<Client>,
  shutdown: () => void,
): Promise<ReadonlyMap<string, Method>> {
  const log = createLog(logLevel(process.env), "provider", (line) => process.stderr.write(line));
  let definition: ProviderDefinition<unknown>;
  try {
    definition = (await options.load()) as ProviderDefinition<unknown>;
  } catch (error) {
    log.error("the provider could not be loaded", { error: error instanceof Error ? error.stack : String(error) });
    definition = broken(error);
  }
  log.info("provider loaded", { address: options.address, version: options.version });
  // A client that died reads no more: its absence is found by other means, and must not become an exception to log.
  process.stdout.on("error", () => {});
  process.stderr.on("error", () => {});
  // An exception that no call waits for must not end the process: an apply may be half done.
  process.on("uncaughtException", (error) => log.error("uncaught exception", { error: error.stack }));
  process.on("unhandledRejection", (reason) =>
    log.error("unhandled rejection", { error: reason instanceof Error ? reason.stack : String(reason) }),
  );
  return new Map([
    ...pluginServices(shutdown),
    ...providerMethods(new ProviderState(definition, log, precedesDestroy)),
  ]);
}

let destroys: boolean | undefined;

/** Asked only when there is something to say, and once. */
function precedesDestroy(): boolean {
  destroys ??= mayDestroy(parentArguments(), process.env);
  return destroys;
}

/** A provider that tells why there is none, where Terraform shows it. */
function broken(error: unknown): ProviderDefinition<unknown> {
  const why = new DiagnosticsError([
    errorDiagnostic("The provider could not be loaded", error instanceof Error ? error.message : String(error)),
  ]);
  return {
    get schema(): never {
      throw why;
    },
    configure() {
      throw why;
    },
  };
}
