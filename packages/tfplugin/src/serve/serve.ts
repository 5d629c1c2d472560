import type { Http2Server } from "node:http2";
import type { Method } from "../grpc/server";
import { createGrpcServer } from "../grpc/server";
import { makeCertificate } from "../handshake/certificate";
import { HandshakeError } from "../handshake/errors";
import { handshakeLine, reattachConfig } from "../handshake/line";
import { type Listening, listen } from "../handshake/listen";
import { readWishes, startedByClient } from "../handshake/negotiate";
import type { ProviderDefinition } from "../provider/definition";
import { watchParent } from "./parent";

/** Milliseconds. */
const LONGEST_GOODBYE = 250;

export interface ServeOptions<Client> {
  /** Where the provider is published: `registry.terraform.io/NAMESPACE/TYPE`. */
  readonly address: string;
  readonly version: string;
  /** Loads the provider, only after Terraform has been told where the server is: what it imports costs no start-up time. */
  load(): Promise<ProviderDefinition<Client>> | ProviderDefinition<Client>;
}

/**
 * The main function of a provider's program: tells Terraform where it listens, serves, and ends when Terraform says so. With
 * `--debug` it prints what to put into `TF_REATTACH_PROVIDERS` and stays up. Started by a person otherwise, it says what it is
 * and exits with 1.
 */
export async function serve<Client>(options: ServeOptions<Client>): Promise<void> {
  const debug = process.argv.includes("--debug") || process.argv.includes("-debug");
  if (!debug && !startedByClient(process.env)) {
    process.stderr.write(
      `This is a Terraform provider, ${options.address} ${options.version}: terraform or tofu starts it, or a developer with --debug.\n`,
    );
    process.exitCode = 1;
    return;
  }
  try {
    await start(options, debug);
  } catch (error) {
    if (!(error instanceof HandshakeError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

async function start<Client>(options: ServeOptions<Client>, debug: boolean): Promise<void> {
  const wishes = readWishes(process.env);
  const { clientCertificate } = wishes;
  const certificate = clientCertificate === undefined ? undefined : makeCertificate();
  let methods: Promise<ReadonlyMap<string, Method>> | undefined;
  const loaded = () => {
    methods ??= loadMethods(options, () => end(server, listening));
    return methods;
  };
  const server = createGrpcServer(
    async (path) => (await loaded()).get(path),
    certificate === undefined || clientCertificate === undefined ? undefined : { certificate, clientCertificate },
  );
  const listening = await listen(server, wishes);
  process.once("exit", listening.removeSocket);
  // A runner that ends a job signals its whole group: what Terraform has asked for is seen through, and Terraform closes its connection.
  process.on("SIGTERM", () => close(server, listening));
  if (debug) announce(options.address, listening);
  else {
    // Ctrl-C reaches every process of the terminal. Terraform decides what becomes of running calls, through StopProvider.
    process.on("SIGINT", () => {});
    watchParent(() => process.exit(0));
    process.stdout.write(handshakeLine(listening, certificate?.der));
  }
  // Terraform's first call takes a moment to come: load meanwhile.
  setImmediate(() => void loaded().catch(() => {}));
}

/** Everything that the handshake did without. */
async function loadMethods<Client>(
  options: ServeOptions<Client>,
  shutdown: () => void,
): Promise<ReadonlyMap<string, Method>> {
  // `require`, so that a bundler runs the module here and not at the start.
  const { loadServices } = require("./services") as typeof import("./services");
  return loadServices(options, shutdown);
}

function announce(address: string, listening: Listening): void {
  const reattach = reattachConfig(address, listening, process.pid);
  process.stdout.write(
    `Provider started. Set this in the environment of Terraform, then run it as usual:\n\n\tTF_REATTACH_PROVIDERS='${reattach}'\n\n`,
  );
  process.once("SIGINT", () => process.exit(0));
}

/** Ends the process once nobody is connected any more. */
function close(server: Http2Server, listening: Listening): void {
  listening.removeSocket();
  server.close(() => process.exit(0));
}

/** The client closes its connections once it has the answer to Shutdown, and waits for this process to end. */
function end(server: Http2Server, listening: Listening): void {
  close(server, listening);
  setTimeout(() => process.exit(0), LONGEST_GOODBYE);
}
