import { reviewArgument, reviewOptions } from "../options";

/** The options of the command, as the help has them: docs/review/options.md. */
export function optionsPage(): string {
  return [
    "# Options of `mcpstack-iac review`",
    "",
    "<!-- Generated from packages/review/src/options.ts by `npm run docs -w packages/review`. -->",
    "",
    "```",
    `mcpstack-iac review [options] <${reviewArgument.name}>`,
    "```",
    "",
    reviewArgument.description,
    "",
    "| option | meaning | default |",
    "| --- | --- | --- |",
    ...reviewOptions.map(({ flag, value, description, choices, default: fallback }) => {
      const among = choices === undefined ? "" : ` One of ${choices.map((choice) => `\`${choice}\``).join(", ")}.`;
      return `| \`${flag}${value === undefined ? "" : ` ${value}`}\` | ${description}${among} | ${fallback === undefined ? "" : `\`${fallback}\``} |`;
    }),
    "",
  ].join("\n");
}
