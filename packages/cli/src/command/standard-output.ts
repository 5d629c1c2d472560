import { fstatSync, writeSync } from "node:fs";
import { exitCodes } from "./exit";
import type { Output } from "./io";

/** Ends the process: what was to be said cannot be, and a command that says nothing must not look like one that found nothing. */
function unwritable(error: unknown): never {
  const code = (error as NodeJS.ErrnoException).code ?? "failed";
  // A reader such as `head` may close the pipe early; there is nobody left to tell.
  if (code === "EPIPE") process.exit(exitCodes.none);
  process.stderr.write(`mcpstack-iac: standard output cannot be written (${code}). [file]\n`);
  process.exit(exitCodes.failed);
}

/** Standard output, which is written whole or ends the process with 2. Call it once. */
export function standardOutput(): Output & { readonly flushed: (then: () => void) => void } {
  const { stdout } = process;
  // Pipes and terminals say it later, files and devices throw.
  stdout.on("error", unwritable);
  const isFile = fstatSync(stdout.fd).isFile();
  const write = (text: string) => {
    try {
      return isFile ? writeWhole(stdout.fd, text) : stdout.write(text);
    } catch (error) {
      return unwritable(error);
    }
  };
  return {
    write,
    isTTY: stdout.isTTY,
    get columns() {
      return stdout.columns;
    },
    flushed: (then) => void stdout.write("", (error) => (error ? unwritable(error) : then())),
  };
}

/** Node writes a file once, and takes a part for the whole where a disk becomes full on the way. */
function writeWhole(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}
