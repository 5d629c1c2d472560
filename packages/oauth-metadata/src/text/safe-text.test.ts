import { safeText } from "./safe-text";

test.each([
  ["a line break", "a\nb", "a\\u{a}b"],
  ["an ANSI escape", "\u001b[31mred", "\\u{1b}[31mred"],
  ["a one-byte escape", "\u009b31m", "\\u{9b}31m"],
  ["text direction", "abc\u202edcba", "abc\\u{202e}dcba"],
  ["isolates", "\u2066x\u2069", "\\u{2066}x\\u{2069}"],
  ["zero width", "pay\u200bpal", "pay\\u{200b}pal"],
  ["tags", "a\u{e0041}", "a\\u{e0041}"],
  ["a lone surrogate", "a\ud800b", "a\\u{d800}b"],
  ["a byte order mark", "\ufeffa", "\\u{feff}a"],
  ["a workflow command", "x ::add-mask::y", "x \\::add-mask::y"],
  ["an unusual space", "a\u00a0b", "a\\u{a0}b"],
])("%s is shown, not obeyed", (_, text, shown) => {
  expect(safeText(text)).toBe(shown);
});

test("Ordinary text of any script stays as it is", () => {
  for (const text of ["https://id.example/a b?c=d#e", "Zürich", "日本語", "مرحبا", "👍🏽"])
    expect(safeText(text)).toBe(text);
});

test("A long text is cut and says how long it was, without breaking a character", () => {
  expect(safeText("x".repeat(1000))).toBe(`${"x".repeat(300)}… (1000 characters)`);
  expect(safeText(`${"x".repeat(299)}😀`)).not.toMatch(/[\ud800-\udfff]/);
});
