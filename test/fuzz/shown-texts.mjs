// Whether what is said about a hostile document could do anything but be read: on a terminal, in Terraform's diagnostics, on a Markdown page.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const packages = new URL("../../packages/", import.meta.url);
const require = createRequire(import.meta.url);
const built = (file) => require(new URL(file, packages).pathname);

const { renderMarkdown } = built("cli/dist/drift/render/markdown.js");
const { renderTerminal } = built("cli/dist/drift/render/terminal.js");
const { withItems } = built("cli/dist/drift/report.js");
const { findingDiagnostic } = built("terraform-provider/dist/diagnostics.js");
const { gatewayFields } = built("model/dist/index.js");

// The parser belongs to the package review.
const fromReview = createRequire(new URL("review/package.json", packages));
const parser = async (name) => import(pathToFileURL(fromReview.resolve(name)).href);
const { micromark } = await parser("micromark");
const { gfm, gfmHtml } = await parser("micromark-extension-gfm");

/** What a terminal obeys or what reorders the text around it; private use, unassigned and lone surrogates too. */
export const obeyed = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/u;
const longest = { summary: 1300, fix: 1300, expected: 3100, found: 3100, where: 3100 };

/** What is wrong with the texts of findings, each by itself and as they are shown. */
export function problemsOf(findings, { markdown }) {
  const problems = [];
  for (const finding of findings) {
    for (const [name, most] of Object.entries(longest)) {
      const text = finding[name];
      if (text === undefined) continue;
      if (obeyed.test(text)) problems.push(`${finding.code}.${name} holds ${JSON.stringify(obeyed.exec(text)?.[0])}`);
      if (text.length > most) problems.push(`${finding.code}.${name} has ${text.length} characters`);
    }
    const diagnostic = findingDiagnostic({ ...finding, severity: "warn" }, gatewayFields);
    const lines = diagnostic.detail.split("\n");
    if (lines.length > 7 || lines.some((line) => obeyed.test(line)) || obeyed.test(diagnostic.summary)) {
      problems.push(`${finding.code} is no plain diagnostic`);
    }
  }
  const report = reportOf(findings);
  const terminal = renderTerminal(report, { colour: false, width: 80 });
  if (terminal.split("\n").some((line) => obeyed.test(line) || /^\s*::|##\[|##vso/.test(line))) {
    problems.push("the terminal's report holds a command");
  }
  if (markdown) {
    const page = renderMarkdown(report);
    if (page.split("\n").some((line) => /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u.test(line)))
      problems.push("the page holds a control character");
    if (structure(page) !== structure(renderMarkdown(reportOf(findings.map(plain))))) {
      problems.push("a document's text changes the structure of the page");
    }
  }
  return problems;
}

function reportOf(findings) {
  const subjects = [{ kind: "gateway", address: "gtw_1", name: "G" }];
  const base = { source: { kind: "organization", name: "org" }, checked: { gateways: 1, routes: 0, agents: 0 } };
  const items = findings.map((finding) => ({ finding, subjects, events: [] }));
  return withItems({ ...base, subjects, unchecked: [], notes: [] }, items);
}

/** The same finding with texts that mean nothing to Markdown; blank ones stay, since the page says that they are. */
function plain(finding) {
  const texts = Object.keys(longest).filter((name) => finding[name] !== undefined && finding[name].trim() !== "");
  return { ...finding, ...Object.fromEntries(texts.map((name) => [name, "x"])) };
}

/** The tags of a page, in their order. */
function structure(page) {
  const html = micromark(page, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });
  return html
    .replace(/<!-- -->/g, "")
    .match(/<[^>]*>/g)
    ?.join("");
}
