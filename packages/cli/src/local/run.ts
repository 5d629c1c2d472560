import { localUsage, runLocal } from "@mcpstack/local-api";
import { type ExitCode, exitCodes } from "../command/exit";
import type { CommandIo } from "../command/io";

export interface LocalOptions {
  readonly port?: string;
  readonly persistTo?: string;
  readonly servers?: string;
  readonly issuer?: boolean;
  readonly issuerPath?: string;
  readonly behaviour?: readonly string[];
  readonly listBehaviours?: boolean;
}

/** Runs the API until the signal is given. */
export async function runLocalCommand(options: LocalOptions, io: CommandIo): Promise<ExitCode> {
  if (options.listBehaviours) {
    io.stdout.write(localUsage.slice(localUsage.indexOf("Switches")));
    return exitCodes.none;
  }
  const run = await runLocal(argumentsOf(options));
  try {
    io.stdout.write(`${run.lines.join("\n")}\n`);
    await new Promise<void>((resolve) => {
      if (io.signal.aborted) resolve();
      io.signal.addEventListener("abort", () => resolve(), { once: true });
    });
  } finally {
    await run.close();
  }
  return exitCodes.none;
}

function argumentsOf(options: LocalOptions): string[] {
  const valued = [
    ["--port", options.port],
    ["--persist-to", options.persistTo],
    ["--servers", options.servers],
    ["--issuer-path", options.issuerPath],
    ...(options.behaviour ?? []).map((value) => ["--behaviour", value] as const),
  ] as const;
  return [
    ...valued.flatMap(([flag, value]) => (value === undefined ? [] : [`${flag}=${value}`])),
    ...(options.issuer ? ["--issuer"] : []),
  ];
}
