import { writeFile } from "node:fs/promises";
import path from "node:path";
import { CommandError } from "./exit";
import type { CommandIo } from "./io";
import { codeOf } from "./read-file";

/** Writes a result to the file of `--output`, or to standard output. @throws CommandError `file` */
export async function writeResult(text: string, output: string | undefined, io: CommandIo): Promise<void> {
  if (output === undefined) {
    io.stdout.write(text);
    return;
  }
  try {
    await writeFile(path.resolve(io.cwd, output), text);
  } catch (error) {
    throw new CommandError("file", `${output} cannot be written (${codeOf(error)}). Check the path.`);
  }
}
