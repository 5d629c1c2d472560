// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are Terraform's templates
import fc from "fast-check";
import { closedUp, codesIn, codesInParts, partsOf, tokensOf, unescaped } from "./lex";

const again = (text: string) => closedUp(tokensOf(text).found, { texts: true });

test.each([
  ["local /* of ours */ . a", "local.a"],
  ["local\n  .a # b", "local.a"],
  ['f ( "//" , x ) // y', 'f("//" , x)'],
  ["1 -local.x", "1 - local.x"],
  ["-1", "-1"],
  ["a-b", "a-b"],
  ['x["a"]', 'x["a"]'],
  ["a ? b : c", "a ? b : c"],
])("%s is %s", (text, expected) => {
  expect(again(text)).toBe(expected);
});

test("code in templates is found however deep it stands, and what is escaped is none", () => {
  const text = 'f("${a.b}$${c.d}%{ if e.f }x%{ endif }${g("${h.i}")}", <<-EOT\n  ${j.k}\n  EOT\n)';
  const codes = codesIn(tokensOf(text).found).map((code) => closedUp(code, { texts: false }));
  expect(codes).toEqual(['f("" , "")', "a.b", "if e.f", "endif", 'g("")', "h.i", "j.k"]);
});

test.each(['"', '"${', '"${a', "/*", "<<EOT\na", '"$$${a}"', "${".repeat(70)])(
  "what does not end is not whole: %j",
  (text) => {
    expect(tokensOf(text).isWhole && partsOf(text).isWhole).toBe(false);
  },
);

test("a text of the JSON syntax has no escapes of letters, and its quotes are letters", () => {
  expect(partsOf('a\\"b"${c}$${d}')).toEqual({
    found: [{ literal: 'a\\"b"' }, expect.objectContaining({ text: "c", isDirective: false }), { literal: "$${d}" }],
    isWhole: true,
  });
});

test("escapes are read as HCL reads them, and others not at all", () => {
  expect(unescaped('\\u0061\\U0001F600\\n\\"\\\\$${%%{')).toBe('a😀\n"\\${%{');
  expect(unescaped("\\x")).toBeUndefined();
  expect(unescaped("\\UFFFFFFFF")).toBeUndefined();
});

test("every text is read to its end, and its tokens stand where they say", () => {
  const piece = fc.constantFrom(
    '"',
    "${",
    "%{",
    "}",
    "{",
    "\\",
    "#",
    "//",
    "/*",
    "*/",
    "<<A\n",
    "A",
    "\n",
    "$",
    "é",
    " ",
    "1",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join("");
      const { found } = tokensOf(text);
      let from = 0;
      for (const token of found) {
        expect(token.at).toBeGreaterThanOrEqual(from);
        expect(text.slice(token.at, token.end)).toBe(token.text);
        from = token.end;
      }
      expect(from).toBeLessThanOrEqual(text.length);
      codesInParts(partsOf(text).found);
    }),
    { numRuns: 500 },
  );
});
