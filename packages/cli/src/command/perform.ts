import type { Command } from "commander";
import type { ExitCode } from "./exit";
import type { CommandIo } from "./io";

/** Makes of an action what commander calls. `O` is what the definitions give, with the arguments as `args`. */
export type Perform = <O>(
  name: string,
  action: (options: O, io: CommandIo) => Promise<ExitCode>,
) => (this: Command, ...parsed: unknown[]) => Promise<void>;
