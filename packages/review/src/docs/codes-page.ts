import { type CatalogueEntry, catalogue } from "../rules/catalogue";

/** The reference page of codes, from the same table as the code: docs/review/codes.md. */
export function codesPage(): string {
  const entries = Object.entries(catalogue) as [string, CatalogueEntry][];
  return [
    "# Codes of `mcpstack-iac review`",
    "",
    "<!-- Generated from packages/review/src/rules/catalogue.ts by `npm run docs -w packages/review`. -->",
    "",
    "Every finding has a stable code. A policy can give a code another severity, switch it off, or excuse single findings until a date: see [policy.md](policy.md).",
    "What the check of planned metadata finds has the codes that are listed under docs/findings; `private-address` says that a document was left unread.",
    "",
    "| code | what | severity |",
    "| --- | --- | --- |",
    ...entries.map(([code, { title, severity }]) => `| [\`${code}\`](#${code}) | ${title} | ${severity} |`),
    "",
    ...entries.flatMap(([code, { title, severity, varies, why, whyNew, fix }]) => [
      `## ${code}`,
      "",
      `**${title}.** Severity: \`${severity}\`${varies === undefined ? "" : `; ${varies}`}.`,
      "",
      why,
      "",
      ...(whyNew === undefined ? [] : [`Of a new gateway: ${whyNew}`, ""]),
      `What to do: ${fix}`,
      "",
    ]),
  ].join("\n");
}
