export { CommandError, type ExitCode, exitCodes } from "./command/exit";
export type { CommandIo, Output } from "./command/io";
export { program } from "./program";
export { referencePages } from "./reference/pages";
export { runCli } from "./run-cli";
