import { Argument, Command, Option } from "commander";
import { repeated } from "../command/option-values";
import type { Perform } from "../command/perform";

/**
 * `mcpstack-iac review`. Its options are data of the review's package, which is loaded for them only where this command is meant: the list
 * of all commands must come at once.
 */
export function reviewCommand(perform: Perform, whole: boolean): Command {
  const command = new Command("review").summary("say what a plan does to who can sign in where");
  return whole ? withOptions(command, perform) : command;
}

function withOptions(command: Command, perform: Perform): Command {
  const { reviewArgument, reviewOptions } = require("@mcpstack/review") as typeof import("@mcpstack/review");
  command
    .description(
      "Says in a reviewer's words what a plan changes about who can sign in where: issuers, audiences, scopes, endpoints, attachments. " +
        "It reads the plans of Terraform, OpenTofu and Pulumi and what CDKTF synthesises. With a credential in the environment it also asks " +
        "the API how many users a change concerns.",
    )
    .addArgument(new Argument(`<${reviewArgument.name}>`, reviewArgument.description));
  for (const { flag, value, description, choices, default: usual, repeated: many } of reviewOptions) {
    const option = new Option(value === undefined ? flag : `${flag} <${value.toLowerCase()}>`, description);
    if (choices) option.choices(choices);
    if (many) option.argParser(repeated);
    if (usual !== undefined) option.default(usual);
    command.addOption(option);
  }
  return command
    .addHelpText(
      "after",
      `
Exit codes:
  0  nothing at or above --fail-on
  1  findings
  2  the plan, the policy or an option was not understood

Example:
  $ terraform show -json plan.tfplan | mcpstack-iac review -
`,
    )
    .action(
      perform<{ readonly args: readonly string[] }>("review", (options, io) =>
        (require("./run") as typeof import("./run")).runReviewCommand(options, io),
      ),
    );
}
