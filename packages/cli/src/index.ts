export { CommandError, type ExitCode, exitCodes } from "./command/exit";
export type { CommandIo, Output } from "./command/io";
export { runCli } from "./run-cli";
