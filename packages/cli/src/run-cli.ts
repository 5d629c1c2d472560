import { setMaxListeners } from "node:events";
import { CommanderError } from "commander";
import { type ExitCode, exitCodes } from "./command/exit";
import type { CommandIo } from "./command/io";
import { program } from "./program";

/**
 * Runs one command line.
 *
 * @param args what follows the program's name
 * @returns 0 nothing found, 1 findings, 2 it could not be done
 */
export async function runCli(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  // Everything that waits listens to this one signal.
  setMaxListeners(0, io.signal);
  let code: ExitCode = exitCodes.none;
  const root = program(io, {
    ended: (given) => {
      code = given;
    },
    meant: args[0] ?? "",
  });
  if (args.length === 0) {
    root.outputHelp({ error: true });
    return exitCodes.failed;
  }
  try {
    await root.parseAsync([...args], { from: "user" });
    return code;
  } catch (error) {
    // Help and version end the parsing too.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.none : exitCodes.failed;
    throw error;
  }
}
