import { Command } from "commander";
import { repeated } from "../command/option-values";
import type { Perform } from "../command/perform";
import type { LocalOptions } from "./run";

/** `mcpstack-iac local`. The switches stand in their own help, since they are many. */
export function localCommand(perform: Perform): Command {
  return new Command("local")
    .summary("run an MCP Stack API on this machine")
    .description(
      "Runs an MCP Stack API on this machine until it is interrupted, and prints the environment variables to set. " +
        "It is for trying things out: nothing is sent to the service, and without --persist-to nothing is kept.",
    )
    .option("--port <number>", "listen there (default: a free port)")
    .option("--persist-to <file>", "keep everything, credentials too, in that file")
    .option("--servers <number>", "so many MCP servers instead of the three usual ones")
    .option("--issuer", "run an OpenID issuer beside it, and print its address")
    .option("--issuer-path <path>", "the same, with a path in the issuer, such as /realms/support")
    .option(
      "--behaviour <switch=value>",
      "how the service behaves where it is not publicly known; may be repeated",
      repeated,
    )
    .option("--list-behaviours", "list the switches and their values, and end")
    .addHelpText(
      "after",
      `
Example:
  $ mcpstack-iac local --issuer --persist-to local.json

It prints lines such as \`export MCPSTACK_API_URL=http://127.0.0.1:41234\`: paste them into another shell, and everything there
works on the local API.
`,
    )
    .action(
      perform<LocalOptions>("local", (options, io) =>
        (require("./run") as typeof import("./run")).runLocalCommand(options, io),
      ),
    );
}
