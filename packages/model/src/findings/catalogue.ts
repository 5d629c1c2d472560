import { clientFindings } from "./entries/client";
import { discoveryFindings } from "./entries/discovery";
import { endpointFindings } from "./entries/endpoints";
import type { FindingEntry } from "./entries/entry";
import { exchangeFindings } from "./entries/exchange";
import { publicLegFindings } from "./entries/public-leg";
import { resourceFindings } from "./entries/resource";
import { scopeFindings } from "./entries/scopes";
import { trustFindings } from "./entries/trust";

export type { FindingEntry, Symptom } from "./entries/entry";

/** Every finding about metadata, by its code: the one source of pages, reports and policies. */
export const findingCatalogue = {
  ...discoveryFindings,
  ...trustFindings,
  ...endpointFindings,
  ...scopeFindings,
  ...resourceFindings,
  ...clientFindings,
  ...publicLegFindings,
  ...exchangeFindings,
} as const;

export type FindingCode = keyof typeof findingCatalogue;

/** All codes, sorted. */
export const findingCodes: readonly FindingCode[] = (Object.keys(findingCatalogue) as FindingCode[]).sort();

/** The entry of a code; undefined for a code that this version does not know. */
export function findingEntry(code: string): FindingEntry | undefined {
  return Object.hasOwn(findingCatalogue, code) ? findingCatalogue[code as FindingCode] : undefined;
}

const legNames = {
  upstream: "upstream: Gateway profile, identity provider, upstream API",
  public: "public: MCP URL and the gateway's own issuer",
} as const;

/** The page of a code in Markdown, as it stands under docs/findings. */
export function findingPage(code: FindingCode): string {
  const entry: FindingEntry = findingCatalogue[code];
  const rows = [
    ["severity", entry.except ? `${entry.severity}; ${entry.except}` : entry.severity],
    ["leg", legNames[entry.leg]],
    ...(entry.standard ? [["standard", entry.standard]] : []),
    ...(entry.symptoms ? [["symptoms", entry.symptoms.join(", ")]] : []),
  ];
  const sections = [
    `# ${code}`,
    `${entry.title}.`,
    ["| | |", "| --- | --- |", ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join("\n"),
    `## What it means\n\n${entry.meaning}`,
    `## What to do\n\n${entry.action}${entry.unseen ? ` No check can see that it was done: let \`findings\` say \`"off"\` for this code then.` : ""}`,
    ...(entry.products ? [`## What products do\n\n${entry.products}`] : []),
    `## Another severity\n\n\`findings = { "${code}" = "info" }\` in the provider's or the gateway's configuration; also \`"error"\`, \`"warn"\` or \`"off"\`.`,
  ];
  return `${sections.join("\n\n")}\n`;
}
