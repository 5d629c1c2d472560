import { jsonText } from "../escape/json";
import { markdownCode, markdownProse } from "../escape/markdown";
import { terminalText } from "../escape/terminal";
import { type Checklist, type ChecklistItem, type Standing, titleOf } from "./checklist";
import type { ChecklistFormat } from "./command";

/** Writes a checklist. Pure. */
export function renderChecklist(checklist: Checklist, format: ChecklistFormat): string {
  switch (format) {
    case "text":
      return renderText(checklist);
    case "markdown":
      return renderMarkdown(checklist);
    case "json":
      return jsonText({ version: 1, ...checklist });
  }
}

const marks: Readonly<Record<Standing, string>> = { confirmed: "[x]", contradicted: "[!]", open: "[ ]" };
const legend =
  "ticked: confirmed by published metadata; marked with !: contradicted by it; open: to be looked up at the provider";

function nameOf({ gateway }: Checklist): string {
  return gateway.name ? `${gateway.name} (${gateway.id})` : gateway.id;
}

function titleLine({ title, optional }: ChecklistItem): string {
  return optional ? `${title} (optional)` : title;
}

function renderText(checklist: Checklist): string {
  const lines = [terminalText(`Provider checklist of the gateway ${nameOf(checklist)}`), legend];
  lines.push(terminalText(`Servers: ${checklist.servers.join(", ") || "none is attached"}`));
  for (const item of checklist.items) {
    lines.push("", titleLine(item), `  ${item.instruction}`);
    for (const { value, standing, note } of item.entries) {
      lines.push(`  ${marks[standing]} ${terminalText(value ?? note ?? "")}`);
      if (note !== undefined && value !== undefined) lines.push(`      ${terminalText(note)}`);
    }
  }
  if (checklist.findings.length > 0) lines.push("", "Found in published metadata");
  for (const { severity, code, summary, fix } of checklist.findings) {
    lines.push(`  ${severity} ${code}: ${terminalText(summary)}`, `      ${terminalText(fix)}`);
  }
  return `${lines.join("\n")}\n`;
}

function renderMarkdown(checklist: Checklist): string {
  const sections = [
    `# Provider checklist: ${markdownCode(nameOf(checklist))}`,
    `Servers: ${checklist.servers.map(markdownCode).join(", ") || "none is attached"}. ${legend.replace(/^t/, "T")}.`,
    ...checklist.items.map((item) =>
      [
        `## ${titleLine(item)}`,
        "",
        item.instruction,
        ...(item.entries.length > 0 ? [""] : []),
        ...item.entries.map(({ value, standing, note }) => {
          const said = [
            ...(standing === "contradicted" ? ["**contradicted**"] : []),
            ...(value === undefined ? [] : [markdownCode(value)]),
            ...(note === undefined ? [] : [markdownProse(note)]),
          ];
          return `- ${standing === "confirmed" ? "[x]" : "[ ]"} ${said.join(" ")}`;
        }),
      ].join("\n"),
    ),
    ...(checklist.findings.length > 0 ? [findings(checklist)] : []),
  ];
  return `${sections.join("\n\n")}\n`;
}

function findings(checklist: Checklist): string {
  const rows = checklist.findings.map(
    ({ severity, code, summary, fix }) =>
      `- ${severity} ${markdownCode(code)} (${titleOf(code)}): ${markdownProse(summary)} **What to do.** ${markdownProse(fix)}`,
  );
  return ["## Found in published metadata", "", ...rows].join("\n");
}
