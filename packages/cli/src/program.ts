import { Command } from "commander";
import { checklistCommand } from "./checklist/command";
import { type ExitCode, exitCodes } from "./command/exit";
import type { CommandIo } from "./command/io";
import type { Perform } from "./command/perform";
import { driftCommand } from "./drift/command";
import { importCommand } from "./import/command";
import { localCommand } from "./local/command";
import { reviewCommand } from "./review/command";
import { version } from "./version";

/** The commands in the order of the help. Definitions only: what a command does is loaded when it runs. */
const commands = [driftCommand, reviewCommand, checklistCommand, importCommand, localCommand];

export interface ProgramOptions {
  /** Told the exit code of the command that ran. */
  readonly ended: (code: ExitCode) => void;
  /** The command that is meant, where one is: only its definition has to be whole. Default: all are. */
  readonly meant?: string | undefined;
}

/** Makes the command line. */
export function program(io: CommandIo, { ended, meant }: ProgramOptions): Command {
  const perform: Perform = (name, action) =>
    async function (this: Command) {
      try {
        ended(await action({ ...this.opts<Record<string, unknown>>(), args: this.args } as never, io));
      } catch (error) {
        const { reportFailure } = require("./command/report-failure") as typeof import("./command/report-failure");
        reportFailure(name, error, io);
        ended(exitCodes.failed);
      }
    };
  const root = new Command("mcpstack-iac")
    .description(
      "Gateway profiles of MCP Stack as code: find drift, review changes, hand over checklists, take over what exists.",
    )
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand(false)
    .showHelpAfterError("(add --help for the options)")
    .addHelpText(
      "after",
      "\n`mcpstack-iac COMMAND --help` describes a command.\nThe API's address and credential come from the environment: MCPSTACK_API_URL, MCPSTACK_ORG_ID, and\nMCPSTACK_ACCESS_TOKEN or MCPSTACK_API_KEY.\n",
    );
  for (const command of commands) root.addCommand(command(perform, meant === undefined || meant === "review"));
  for (const command of [root, ...root.commands]) {
    command
      .exitOverride()
      .configureHelp({ helpWidth: 100 })
      .configureOutput({
        writeOut: (text) => void io.stdout.write(text),
        writeErr: (text) => void io.stderr.write(text),
        getOutHelpWidth: () => 100,
        getErrHelpWidth: () => 100,
      });
  }
  return root;
}
