import { Argument, Command, Option } from "commander";
import type { Perform } from "../command/perform";
import type { ChecklistOptions } from "./run";

export const checklistFormats = ["text", "markdown", "json"] as const;
export type ChecklistFormat = (typeof checklistFormats)[number];

/** `mcpstack-iac checklist`. */
export function checklistCommand(perform: Perform): Command {
  return new Command("checklist")
    .summary("what to configure at the identity provider for one gateway")
    .description(
      "Fills the provider checklist in for one gateway and the servers that use it: application type, callback URLs, origin, scopes, " +
        "audience. It is to be handed to whoever runs the identity provider. What published metadata confirms is ticked; what it " +
        "contradicts is marked. The rest only the provider's own console can show.",
    )
    .addArgument(new Argument("<gateway>", "id or name of the gateway"))
    .addOption(new Option("--format <format>", "how to write it").choices(checklistFormats).default("text"))
    .option("--organization <id>", "id or slug of the organization (default: MCPSTACK_ORG_ID, else the first one)")
    .option("--api-url <url>", "address of the API (default: MCPSTACK_API_URL)")
    .option("--output <file>", "write it there instead of to standard output")
    .option("--no-metadata", "do not read published metadata: nothing is ticked")
    .option("--ca-file <file>", "PEM certificates of further authorities, for published metadata")
    .option("--allow-insecure-metadata", "read metadata over plain http from other hosts than the loopback, too")
    .option("--allow-private-addresses", "let the URLs that the API holds lead to private and loopback addresses, too")
    .addHelpText(
      "after",
      `
Exit codes:
  0  written
  1  written, and published metadata contradicts something in it
  2  it could not be read; nothing is written

Example:
  $ mcpstack-iac checklist "Support Gateway" --format markdown --output support-checklist.md
`,
    )
    .action(
      perform<ChecklistOptions>("checklist", (options, io) =>
        (require("./run") as typeof import("./run")).runChecklist(options, io),
      ),
    );
}
