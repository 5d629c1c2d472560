import { execFileSync } from "node:child_process";
import { Readable } from "node:stream";
import { render, reviewPlan } from "@mcpstack/review";
import { hostileTexts } from "../../packages/review/src/testing/hostile";
import { type Scenario, supportGateway } from "../../packages/review/src/testing/scenario";
import { terraformPlan } from "../../packages/review/src/testing/terraform-plan";

const options = { colour: false, maxBytes: 1_000_000, version: "0.1.0" };

/** Every text that an author chooses holds the hostile one: name, URLs, client, scopes, settings' keys, server, finding codes. */
function hostileScenario(text: string): Scenario {
  const gateway = (changed: string) => ({
    name: text || "x",
    description: text,
    providerType: `a${text}${changed}`,
    authorizationServerUrl: `https://login.example/${changed}${text}`,
    metadataUrl: `http://meta.example/${changed}${text}`,
    clientId: `${changed}${text}`,
    resource: `${text}${changed}`,
    scopes: [`write:${changed}`, text],
    trustedOrigins: [text, changed],
    findings: { [text]: "off" },
    settings: { [text]: changed },
  });
  return {
    before: {
      gateways: { support: { ...supportGateway, ...gateway("1") }, gone: { ...supportGateway, name: text } },
      attachments: {
        api: { serverId: text || "x", gateway: "support", publicId: `1${text}` },
        lost: { serverId: `${text}lost`, gateway: "gone" },
      },
    },
    after: {
      gateways: { support: { ...supportGateway, ...gateway("2") } },
      attachments: { api: { serverId: text || "x", gateway: "support", publicId: `2${text}` } },
    },
  };
}

async function reviewOf(text: string) {
  const plan = JSON.stringify(terraformPlan(hostileScenario(text)));
  return reviewPlan(
    { name: "plan.json", content: Readable.from([Buffer.from(plan)]) },
    {
      now: new Date("2026-11-24T00:00:00Z"),
      blastRadius: { reach: async () => ({ servers: [text, `${text}2`], grants: 3 }) },
    },
  );
}

/** Renders Markdown as GitHub does (GFM with raw HTML), in a process of its own: the renderer is an ES module. */
function html(documents: readonly string[]): string[] {
  const program = `
    import { micromark } from "micromark";
    import { gfm, gfmHtml } from "micromark-extension-gfm";
    import { readFileSync } from "node:fs";
    const documents = JSON.parse(readFileSync(0, "utf8"));
    const render = (text) => micromark(text, { allowDangerousHtml: true, allowDangerousProtocol: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
    process.stdout.write(JSON.stringify(documents.map(render)));`;
  const output = execFileSync(process.execPath, ["--input-type=module", "-e", program], {
    cwd: __dirname,
    input: JSON.stringify(documents),
    maxBuffer: 1 << 28,
  });
  return JSON.parse(output.toString());
}

/** The elements that the comment is made of; `del`, `a`, `img`, `input`, `h1` and the like are none of them. */
const ownElements = new Set([
  "p",
  "strong",
  "em",
  "code",
  "table",
  "thead",
  "tbody",
  "tr",
  "th",
  "td",
  "details",
  "summary",
  "b",
  "pre",
  "sub",
  "ul",
  "li",
]);

test("no text of a plan makes an element, a link, a mention or a reference in the comment", async () => {
  const results = await Promise.all(hostileTexts.map(reviewOf));
  expect(results.every(({ findings }) => findings.length > 8)).toBe(true);
  const pages = html(results.map((result) => render(result, "markdown", options)));
  pages.forEach((page, index) => {
    const text = JSON.stringify(hostileTexts[index]);
    const elements = [...page.matchAll(/<([a-z][a-z0-9]*)([^>]*)>/gi)].map(
      ([, name, attributes]) => `${name}${attributes?.replace(/ align="[a-z]+"| class="language-mermaid"/, "")}`,
    );
    expect({ text, foreign: elements.filter((element) => !ownElements.has(element)) }).toEqual({ text, foreign: [] });
    // GitHub links mentions and issues in text outside of code, after references are resolved. URLs it links while parsing: as `a` above.
    const prose = page
      .replace(/<(code|pre)[^>]*>[\s\S]*?<\/\1>/g, "")
      .replace(/<[^>]*>/g, "")
      .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
    expect({ text, linked: prose.match(/(?<!\w)@[a-z\d]|#\d|GH-\d/gi) }).toEqual({ text, linked: null });
    // The table keeps its shape.
    for (const row of page.match(/<tr>[\s\S]*?<\/tr>/g) ?? []) expect(row.match(/<t[dh]/g)).toHaveLength(6);
  });
});

test("no text of a plan leaves its line in a terminal, or becomes a workflow command", async () => {
  for (const text of hostileTexts) {
    const result = await reviewOf(text);
    const log = render(result, "terminal", options);
    expect(log).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}]|##\[|##vso|^\s*::/mu);
    const commands = render(result, "github", options).trimEnd().split("\n");
    expect(commands).toHaveLength(result.findings.length + 1);
    expect(
      commands.slice(0, -1).every((line) => /^::(?:error|warning|notice) (?:title=[^:,]*)::[^\r\n]*$/.test(line)),
    ).toBe(true);
  }
});

test("no text of a plan ends the diagram or a label in it", async () => {
  for (const text of hostileTexts) {
    const markdown = render(await reviewOf(text), "markdown", options);
    const diagram = /```mermaid\n([\s\S]*?)\n```/.exec(markdown)?.[1] ?? "";
    expect(
      diagram
        .split("\n")
        .filter(
          (line) =>
            !/^(?:flowchart TB| {2}subgraph (?:Before|After)| {4}direction LR| {2}end| {2}Before ~~~ After| {4}\w+ --> \w+| {4}\w+(?:\[|\(\[|\[\[)"(?:[\p{L}\p{N} .,/:_-]|#\d+;)*"(?:\]|\]\)|\]\]))$/u.test(
              line,
            ),
        ),
    ).toEqual([]);
  }
});
