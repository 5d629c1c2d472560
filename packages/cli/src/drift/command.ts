import { Argument, Command, Option } from "commander";
import { repeated, seconds } from "../command/option-values";
import type { Perform } from "../command/perform";
import type { DriftOptions } from "./options";

/** Formats of the report; `terminal` is for people, the others are for programs. */
export const driftFormats = ["terminal", "json", "markdown", "sarif", "junit"] as const;
export type DriftFormat = (typeof driftFormats)[number];

/** How long to wait between two checks of `--watch` where no number is given, in seconds. */
export const watchDefault = 300;

/** `mcpstack-iac drift`. */
export function driftCommand(perform: Perform): Command {
  return new Command("drift")
    .summary("check Gateway profiles against what is published")
    .description(
      "Checks whether Gateway profiles, the authorization servers they name, the protected resources, the public MCP URLs and the " +
        "agents still agree, by reading what each publishes about itself. Without a target it checks the whole organization. " +
        "Nothing is changed anywhere, and the API's credential is sent to the API alone.",
    )
    .addArgument(
      new Argument(
        "[target]",
        "what to check instead of the organization: the URL of an authorization server or of an MCP server, without a query (no credential is needed), " +
          "or the id or name of one gateway",
      ),
    )
    .optionsGroup("What to check:")
    .option("--organization <id>", "id or slug of the organization (default: MCPSTACK_ORG_ID, else the first one)")
    .option("--api-url <url>", "address of the API (default: MCPSTACK_API_URL)")
    .option(
      "--state <file>",
      "a Terraform or OpenTofu state: a state file, or the output of `terraform show -json`; - reads standard input. No credential is needed",
    )
    .option("--plan <file>", "a plan: the output of `terraform show -json PLANFILE`. What is planned is checked")
    .option("--pulumi <file>", "a Pulumi stack: the output of `pulumi stack export`")
    .addOption(
      new Option(
        "--as <kind>",
        "what the URL is; by itself it is found out, and the report says what it was taken for",
      ).choices(["issuer", "mcp"] as const),
    )
    .option("--no-public-leg", "leave the public MCP URLs of attached servers out")
    .option("--no-logs", "do not read the gateways' logs for events that a finding explains")
    .option(
      "--use <agent=server,origin>",
      "a use that must work: AGENT=SERVER, AGENT=ORIGIN or AGENT=SERVER,ORIGIN, by ids; may be repeated. A missing link or origin is then found",
      repeated,
    )
    .optionsGroup("What counts:")
    .addOption(
      new Option(
        "--fail-on <severity>",
        "the least severity that makes the exit code 1; what cannot be reached is a warning",
      )
        .choices(["warn", "error"] as const)
        .default("warn"),
    )
    .option("--info", "list what is only worth knowing, too")
    .addOption(
      new Option(
        "--metadata-check <cap>",
        "highest severity, where a gateway says nothing else: warn lowers errors, off reads nothing",
      )
        .choices(["error", "warn", "off"] as const)
        .default("error"),
    )
    .option(
      "--finding <code=severity>",
      "what one finding counts as: error, warn, info or off, such as issuer-trailing-slash=info; may be repeated",
      repeated,
    )
    .option(
      "--trusted-origin <origin>",
      "an origin that metadata may move to, such as https://login.example.com; may be repeated",
      repeated,
    )
    .optionsGroup("How to reach it:")
    .option(
      "--ca-file <file>",
      "PEM certificates of further authorities, for published metadata (for the API: NODE_EXTRA_CA_CERTS)",
    )
    .option("--allow-insecure-metadata", "read metadata over plain http from other hosts than the loopback, too")
    .option(
      "--allow-private-addresses",
      "let URLs that come out of the API or of a document lead to private and loopback addresses, too. What you name yourself always may: the URL to check, the API's address, a trusted origin, and the URLs of a state, a plan or a stack",
    )
    .addOption(
      new Option("--time-limit <seconds>", "for reading all published metadata of one check")
        .argParser(seconds)
        .default(120),
    )
    .optionsGroup("What to write:")
    .addOption(new Option("--format <format>", "how to write the report").choices(driftFormats).default("terminal"))
    .option("--output <file>", "write the report there instead of to standard output")
    .option(
      "--also <format=file>",
      "a further output of the same check, such as sarif=drift.sarif; may be repeated",
      repeated,
    )
    .addOption(
      new Option(
        "--watch [seconds]",
        `check again and again, with so many seconds between (default: ${watchDefault}), and print what changed; format terminal or json, one line a change`,
      ).argParser(seconds),
    )
    .option("--no-progress", "no progress bar; there is one on a terminal only")
    .option("--no-color", "no colour; there is some on a terminal only, and none where NO_COLOR is set")
    .addHelpText(
      "after",
      `
Exit codes:
  0  nothing found at or above --fail-on
  1  findings
  2  something could not be checked: no credential, no answer from the API, a file that cannot be read

Examples:
  $ mcpstack-iac drift                                         # the organization of MCPSTACK_ORG_ID
  $ mcpstack-iac drift https://auth.example.com/realms/support # one authorization server
  $ mcpstack-iac drift https://tools.example.com/mcp           # one MCP server, as external clients see it
  $ terraform show -json | mcpstack-iac drift --state -
  $ pulumi stack export | mcpstack-iac drift --pulumi -
  $ mcpstack-iac drift --fail-on error --also sarif=drift.sarif --also junit=drift.xml

Every finding has a page: docs/findings/CODE.md.
`,
    )
    .action(
      perform<DriftOptions>("drift", (options, io) =>
        (require("./run") as typeof import("./run")).runDrift(options, io),
      ),
    );
}
