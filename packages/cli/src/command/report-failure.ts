import { terminalText } from "../escape/terminal";
import type { CommandIo } from "./io";

/** Writes what went wrong, with its code where it is one of ours, and never a stack. */
export function reportFailure(command: string, error: unknown, io: CommandIo): void {
  const known = error instanceof Error;
  const code = known && "code" in error && typeof error.code === "string" ? ` [${error.code}]` : "";
  const message = known && error.message !== "" ? error.message : String(error);
  for (const line of message.split("\n")) io.stderr.write(`mcpstack-iac ${command}: ${terminalText(line)}${code}\n`);
}
