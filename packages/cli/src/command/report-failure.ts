import { terminalText } from "../escape/terminal";
import type { CommandIo } from "./io";

/** Writes what went wrong, with its code where it is one of ours, and never a stack. */
export function reportFailure(command: string, error: unknown, io: CommandIo): void {
  const { code, message } =
    typeof error === "object" && error !== null ? (error as Partial<NodeJS.ErrnoException>) : {};
  const named = typeof code === "string" ? ` [${code}]` : "";
  const said = typeof message === "string" && message !== "" ? message : String(error);
  for (const line of said.split("\n")) io.stderr.write(`mcpstack-iac ${command}: ${terminalText(line)}${named}\n`);
}
