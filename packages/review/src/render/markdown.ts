import { htmlCode, markdownCode, markdownProse } from "../escape/markdown";
import { type ReviewFinding, respelled } from "../finding";
import type { ReviewResult } from "../result";
import { catalogue, isReviewCode } from "../rules/catalogue";
import { commentMarker } from "./comment-marker";
import { diagram } from "./diagram";
import { count, headline, provenance, reach, severityWord } from "./words";

export interface MarkdownOptions {
  /** Bytes that the text may have. GitHub takes 65,536 characters in a comment. Default: 65,536. */
  readonly maxBytes?: number;
}

/** A comment for a pull request: a summary line, a table, the details folded, and a diagram where issuers or servers move. */
export function renderMarkdown(result: ReviewResult, options: MarkdownOptions = {}): string {
  const heading = `${commentMarker(result.input.label)}\n**${headline(result, markdownCode)}**\n`;
  if (result.findings.length === 0) return heading + excusedSection(result);
  const picture = diagram(result);
  const ending = `${excusedSection(result)}\n<sub>${provenance(result).map(markdownProse).join(" ")}</sub>\n`;
  return fitted(
    {
      heading,
      rows: result.findings.map(row),
      details: result.findings.map((finding) => detail(finding, result)),
      picture: picture === undefined ? "" : `\n\`\`\`mermaid\n${picture}\n\`\`\`\n`,
      ending,
      findings: result.findings,
    },
    options.maxBytes ?? 65_536,
  );
}

interface Parts {
  readonly heading: string;
  readonly rows: readonly string[];
  readonly details: readonly string[];
  readonly picture: string;
  readonly ending: string;
  readonly findings: readonly ReviewFinding[];
}

const tableHead = "\n| | What | Where | Before | After | Concerned |\n| --- | --- | --- | --- | --- | --- |\n";

/** Leaves out, one after the other until it fits: details, the picture, rows; of each the least severe first, and says so. */
function fitted(parts: Parts, maxBytes: number): string {
  const size = (text: string) => Buffer.byteLength(text);
  const sum = (texts: readonly string[]) => texts.reduce((total, text) => total + size(text), 0);
  const reserve = 400;
  let details = parts.details.length;
  let rows = parts.rows.length;
  let picture = parts.picture;
  let ending = parts.ending;
  let total =
    size(parts.heading) + size(tableHead) + sum(parts.rows) + sum(parts.details) + size(picture) + size(ending);
  const isTooLong = () =>
    total >
    maxBytes - (details < parts.details.length || rows < parts.rows.length || picture !== parts.picture ? reserve : 0);
  while (isTooLong() && details > 0) {
    details -= 1;
    total -= size(parts.details[details] as string);
  }
  if (isTooLong()) {
    total -= size(picture);
    picture = "";
  }
  if (isTooLong()) {
    total -= size(ending);
    ending = "";
  }
  while (isTooLong() && rows > 0) {
    rows -= 1;
    total -= size(parts.rows[rows] as string);
  }
  const left = [
    rows < parts.rows.length
      ? `${count(parts.rows.length - rows, "finding")} (${severities(parts.findings.slice(rows))})`
      : "",
    details < parts.details.length
      ? `the details of ${count(parts.details.length - details, "finding")} (${severities(parts.findings.slice(details))})`
      : "",
    picture === parts.picture ? "" : "the diagram",
  ].filter((text) => text !== "");
  const omitted =
    left.length === 0
      ? ""
      : `\n_Left out, because a comment has a size limit: ${left.join(", ")}. The job's log has everything._\n`;
  return [
    parts.heading,
    rows === 0 ? "" : tableHead,
    ...parts.rows.slice(0, rows),
    picture,
    "\n",
    ...parts.details.slice(0, details),
    omitted,
    ending,
  ].join("");
}

function severities(findings: readonly ReviewFinding[]): string {
  return (["error", "warn", "info"] as const)
    .map((severity) => ({ severity, number: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ number }) => number > 0)
    .map(({ severity, number }) => count(number, severityWord[severity]))
    .join(", ");
}

function row(finding: ReviewFinding): string {
  const where = [markdownCode(finding.label), ...finding.fields.map(markdownCode)].join(" ");
  return `| **${severityWord[finding.severity]}** | ${ownTitle(finding)} | ${where} | ${value(finding.before)} | ${value(finding.after)} | ${reach(finding)} |\n`;
}

/** The catalogue's own texts are Markdown; whatever else may hold text from a plan or a document. */
function isOwn({ code }: ReviewFinding): boolean {
  return isReviewCode(code);
}

function ownTitle(finding: ReviewFinding): string {
  return isOwn(finding) ? finding.title : markdownProse(finding.title);
}

function fixOf({ code, fix }: ReviewFinding, { input }: ReviewResult): string {
  return isReviewCode(code) && respelled(input.frontEnd, catalogue[code].fix) === fix ? fix : markdownProse(fix);
}

function value(text: string | undefined): string {
  return text === undefined ? "" : markdownCode(text);
}

function detail(finding: ReviewFinding, result: ReviewResult): string {
  const lines = [
    `<details><summary><b>${severityWord[finding.severity]}</b> ${htmlCode(finding.code)} ${markdownProse(finding.summary)}</summary>\n`,
    isOwn(finding) ? finding.why : markdownProse(finding.why),
    `**What to do:** ${fixOf(finding, result)}`,
    ...(finding.servers.length > 0
      ? [
          `**Servers:** ${finding.servers.slice(0, 20).map(markdownCode).join(", ")}${finding.servers.length > 20 ? `, and ${finding.servers.length - 20} more` : ""}`,
        ]
      : []),
    ...(finding.where === undefined ? [] : [`**Read from:** ${markdownCode(finding.where)}`]),
    ...(finding.source === undefined
      ? []
      : [`**Written in:** ${markdownCode(`${finding.source.file}:${finding.source.line}`)}`]),
    `**Address:** ${markdownCode(finding.address)}`,
  ];
  return `${lines.join("\n\n")}\n\n</details>\n`;
}

function excusedSection(result: ReviewResult): string {
  if (result.excused.length === 0) return "";
  const shown = result.excused
    .slice(0, 50)
    .map(
      ({ finding, reason, until }) =>
        `- ${markdownCode(finding.code)} at ${markdownCode(finding.label)}, until ${markdownProse(until)}: ${markdownProse(reason)}`,
    );
  const more = result.excused.length > 50 ? [`- and ${result.excused.length - 50} more`] : [];
  return `\n<details><summary>Excused by the policy: ${result.excused.length}</summary>\n\n${[...shown, ...more].join("\n")}\n\n</details>\n`;
}
