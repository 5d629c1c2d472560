import { hostileTexts } from "../testing/hostile";
import { jsonText } from "./json";
import { htmlCode, markdownCode, markdownProse } from "./markdown";
import { mermaidLabel } from "./mermaid";
import { terminalText } from "./terminal";
import { commandMessage, commandProperty } from "./workflow-command";

const cases = hostileTexts.map((text) => [JSON.stringify(text).slice(0, 60), text] as const);
/** Controls but the line feed, format characters, line separators and lone surrogates. */
const unseen = /[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

test.each(cases)("Markdown code stays inside of its cell and span: %s", (_, text) => {
  const shown = markdownCode(text);
  expect(shown).toMatch(/^(?:`[^`|\\\n]+`|<code>(?:<!-- -->|[^`|<>\\\n])*<\/code>|_\(empty\)_)$/);
  expect(shown).not.toMatch(unseen);
});

test.each(cases)("HTML code holds nothing but text: %s", (_, text) => {
  expect(htmlCode(text)).toMatch(/^<code>(?:<!-- -->|[^`|<>*_[\]\\@\n])*<\/code>$/);
});

// A zero-width space is how prose breaks a mention.
test.each(cases)("prose holds no structure, mention, link or reference: %s", (_, text) => {
  const shown = markdownProse(text);
  expect(shown).not.toMatch(/[<>`*_~[\]|\\@:$\n]|www\.|&#64;\w|(?<!&)#\d|&#35;\d|GH-\d/);
});

test.each(cases)("a Mermaid label stays inside of its quotes: %s", (_, text) => {
  expect(mermaidLabel(text)).toMatch(/^"(?:[\p{L}\p{N} .,/:_-]|#\d+;)*"$/u);
});

test.each(cases)("a line for a terminal has no escape and no command: %s", (_, text) => {
  const shown = terminalText(text);
  expect(shown).not.toMatch(unseen);
  expect(shown).not.toMatch(/\n|^\s*::|##\[|##vso/);
});

test.each(cases)("a workflow command's message and properties stay inside of it: %s", (_, text) => {
  expect(commandMessage(text)).not.toMatch(/[\r\n]|%(?!25)/);
  expect(commandProperty(text)).not.toMatch(/[\r\n:,]|%(?!25|3A|2C)/);
});

test.each(cases)("JSON keeps the value and has nothing that a log acts upon: %s", (_, text) => {
  const json = jsonText({ text });
  expect(JSON.parse(json)).toEqual({ text });
  expect(json).not.toMatch(unseen);
  expect(json).not.toMatch(/##\[|##vso|^::/m);
});

test("what needs no escape is left as it is", () => {
  expect(markdownCode("https://auth.example.com/{tenant}?a=b")).toBe("`https://auth.example.com/{tenant}?a=b`");
  expect(markdownProse("Support Gateway moves to another authorization server")).toBe(
    "Support Gateway moves to another authorization server",
  );
  expect(mermaidLabel("Größe (1)")).toBe('"Größe #40;1#41;"');
  expect(jsonText("Größe")).toBe('"Größe"\n');
  expect(terminalText("ok: fine")).toBe("ok: fine");
});
