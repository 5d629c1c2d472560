import type { Command, Option } from "commander";

/** The reference of the command line in Markdown, one page a command and an index, by file name. Made from the definitions alone. */
export function referencePages(root: Command): ReadonlyMap<string, string> {
  const pages = root.commands.map((command) => [`${command.name()}.md`, page(command)] as const);
  return new Map([["index.md", index(root)], ...pages]);
}

function index(root: Command): string {
  const rows = root.commands.map(
    (command) => `| [\`mcpstack-iac ${command.name()}\`](${command.name()}.md) | ${cell(command.summary())} |`,
  );
  return `${[
    "# mcpstack-iac",
    "",
    root.description(),
    "",
    ["| command | what it does |", "| --- | --- |", ...rows].join("\n"),
    "",
    "The API's address and credential come from the environment: `MCPSTACK_API_URL`, `MCPSTACK_ORG_ID`, and `MCPSTACK_ACCESS_TOKEN` or " +
      "`MCPSTACK_API_KEY`; where neither of these two is set, from the same variables of `AGENETIX_`, all of them. No command takes a " +
      "credential as an option, since other users of a machine can read command lines.",
    "",
    "Every command ends with 2 where it could not do what it was asked to, and says why in one line on standard error.",
    "",
    note,
  ].join("\n")}\n`;
}

const note = "These pages are made from the command's definitions by `npm run reference -w packages/cli`.";

function page(command: Command): string {
  const help = command.createHelp();
  const usage = `mcpstack-iac ${command.name()} ${command.usage()}`;
  const groups = grouped(help.visibleOptions(command));
  return `${[
    `# mcpstack-iac ${command.name()}`,
    "",
    command.description(),
    "",
    "```sh",
    usage,
    "```",
    ...(command.registeredArguments.length === 0
      ? []
      : [
          "",
          "| argument | |",
          "| --- | --- |",
          ...command.registeredArguments.map(
            (argument) => `| \`${help.argumentTerm(argument)}\` | ${cell(help.argumentDescription(argument))} |`,
          ),
        ]),
    ...[...groups].flatMap(([group, options]) => [
      "",
      `## ${group.replace(/:$/, "")}`,
      "",
      "| option | |",
      "| --- | --- |",
      ...options.map(
        (option) => `| \`${option.flags.replaceAll("|", "\\|")}\` | ${cell(help.optionDescription(option))} |`,
      ),
    ]),
    ...afterText(command),
    "",
    note,
  ].join("\n")}\n`;
}

function groupOf(option: Option): string {
  return option.helpGroupHeading ?? "Options:";
}

function grouped(options: readonly Option[]): Map<string, Option[]> {
  const groups = new Map<string, Option[]>();
  for (const option of options) groups.set(groupOf(option), [...(groups.get(groupOf(option)) ?? []), option]);
  return groups;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replace(/</g, "&lt;");
}

/** What stands below the options in the help: headings that end in a colon, and indented lines. */
function afterText(command: Command): string[] {
  let text = "";
  const written = command.configureOutput();
  command.configureOutput({ ...written, writeOut: (piece) => (text += piece), writeErr: (piece) => (text += piece) });
  command.outputHelp();
  command.configureOutput(written);
  const own = command.helpInformation();
  const after = text.slice(own.length).trim();
  if (after === "") return [];
  return after.split("\n\n").flatMap((block) => {
    const [first = "", ...rest] = block.split("\n");
    if (!first.endsWith(":") || rest.length === 0) return ["", block];
    return ["", `## ${first.slice(0, -1)}`, "", "```text", ...rest.map((line) => line.replace(/^ {2}/, "")), "```"];
  });
}
