import { Argument, Command, Option } from "commander";
import type { Perform } from "../command/perform";
import type { ImportOptions } from "./run";

export const importTargets = ["terraform", "cdktf", "pulumi"] as const;
export type ImportTarget = (typeof importTargets)[number];

/** `mcpstack-iac import`. */
export function importCommand(perform: Perform): Command {
  return new Command("import")
    .summary("write the program that takes existing gateways over")
    .description(
      "Writes the program text that takes existing gateways and their attachments over: Terraform import blocks and resources, CDKTF " +
        "constructs, or a Pulumi program. It only reads from the service; the engine does the rest, and its first plan should change nothing. " +
        "What the service filled in by itself is left out; what a gateway has is written as it is, however unwise.",
    )
    .addArgument(
      new Argument("[gateways...]", "ids or names of the gateways; all of the organization where none is given"),
    )
    .addOption(new Option("--to <program>", "what to write").choices(importTargets).default("terraform"))
    .option("--organization <id>", "id or slug of the organization (default: MCPSTACK_ORG_ID, else the first one)")
    .option("--api-url <url>", "address of the API (default: MCPSTACK_API_URL)")
    .option("--output <file>", "write the program there instead of to standard output")
    .option(
      "--no-metadata",
      "do not read published metadata, by which values that the service filled in are recognised",
    )
    .option("--ca-file <file>", "PEM certificates of further authorities, for published metadata")
    .option("--allow-insecure-metadata", "read metadata over plain http from other hosts than the loopback, too")
    .option("--allow-private-addresses", "let the URLs that the API holds lead to private and loopback addresses, too")
    .addHelpText(
      "after",
      `
Exit codes:
  0  written
  2  it could not be read; nothing is written

Examples:
  $ mcpstack-iac import > gateways.tf && terraform plan
  $ mcpstack-iac import --to pulumi "Support Gateway" > index.ts && pulumi preview
`,
    )
    .action(
      perform<ImportOptions>("import", (options, io) =>
        (require("./run") as typeof import("./run")).runImport(options, io),
      ),
    );
}
