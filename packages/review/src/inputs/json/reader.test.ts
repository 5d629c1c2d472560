import fc from "fast-check";
import { JsonReader, type Path, type Take } from "./reader";

function read(json: string | Buffer, size: number, decide: (path: Path) => Take) {
  const taken: [string, unknown, number][] = [];
  const reader = new JsonReader({ decide, take: (path, value, line) => taken.push([path.join("."), value, line]) }, [
    "mcpstack",
  ]);
  const bytes = Buffer.from(json as string);
  for (let at = 0; at < bytes.length; at += size) reader.write(bytes.subarray(at, at + size));
  reader.end();
  return taken;
}

const everything = () => "keep" as const;

test("a document that is kept whole is what JSON.parse makes of it, whatever the chunks", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), fc.integer({ min: 1, max: 9 }), (json, size) => {
      expect(read(json, size, everything)).toEqual([["0", JSON.parse(json), 1]]);
    }),
    { seed: 12, numRuns: 300 },
  );
});

test("a text is refused exactly where JSON.parse refuses it, whether it is kept or only checked", () => {
  const characters = fc.constantFrom(...'{}[],:"\\ntruefalsn0123456789-+.eE\t\n u00\u0001é');
  const mutated = fc
    .tuple(fc.json({ maxDepth: 3 }), fc.nat(), characters, fc.boolean())
    .map(([json, at, character, cut]) => {
      const position = at % (json.length + 1);
      return json.slice(0, position) + character + json.slice(position + (cut ? 1 : 0));
    });
  const outcome = (act: () => unknown) => {
    try {
      act();
      return "read";
    } catch {
      return "refused";
    }
  };
  fc.assert(
    fc.property(mutated, fc.integer({ min: 1, max: 9 }), (text, size) => {
      const several = /^\s*(?:\S+\s+\S)/s;
      const expected = outcome(() => JSON.parse(text));
      // Several documents in a row are read; JSON.parse knows only one.
      fc.pre(
        expected === "read" || !several.test(text.trim()) || text.trim().startsWith("{") || text.trim().startsWith("["),
      );
      const checked = outcome(() => read(text, size, () => "check"));
      const count = checked === "read" ? documents(text) : 1;
      fc.pre(count === 1);
      expect(checked).toBe(expected);
    }),
    { seed: 12, numRuns: 2000 },
  );
});

function documents(text: string): number {
  let count = 0;
  const reader = new JsonReader({ decide: () => "keep", take: () => (count += 1) }, [""]);
  reader.write(Buffer.from(text));
  reader.end();
  return count;
}

test("only what is asked for is kept, with its path and line", () => {
  const json = '{\n "a": [1, {"b": "mcpstack"}, {"b": "other"}],\n "c": {"d": true, "e": null},\n "f": "g"\n}';
  const decide = (path: Path): Take => {
    if (path.length === 1 || path.join(".") === "0.a" || path.join(".") === "0.c") return "enter";
    if (path[1] === "a") return "sift";
    return path[2] === "d" ? "keep" : "check";
  };
  for (const size of [1, 2, 3, 7, 1000]) {
    expect(read(json, size, decide)).toEqual([
      ["0.a.1", { b: "mcpstack" }, 2],
      ["0.c.d", true, 3],
    ]);
  }
});

test("a subject that is spelled with escapes is kept too", () => {
  expect(read('[{"type":"\\u006dcpstack_gateway"}]', 4, (path) => (path.length === 1 ? "enter" : "sift"))).toHaveLength(
    1,
  );
});

test.each([
  ["nothing", "", "is empty"],
  ["white space", "  \n", "is empty"],
  ["a document cut in a container", '{"a": [1', "ends in the middle of the JSON, at line 1"],
  ["a document cut in a string", '{"a": "b', "ends in the middle of the JSON, at line 1"],
  ["a binary plan", "PK\u0003\u0004", "is a binary plan file"],
  ["UTF-16", Buffer.from("\ufeff{}", "utf16le"), "is UTF-16"],
  ["UTF-16 without a mark", Buffer.from("{}", "utf16le"), "is UTF-16"],
  ["UTF-16 without a mark, the other way round", Buffer.from("{}", "utf16le").swap16(), "is UTF-16"],
  ["a log line", "Refreshing state...", "is not JSON: line 1 has"],
  ["too deep a nesting", "[".repeat(501), "nested more than 500 levels"],
  ["a number without end", "1".repeat(5000), "has a number without end"],
])("%s is refused with a message that says why", (_, json, message) => {
  expect(() => read(json, 64, everything)).toThrow(message);
});

test("a byte order mark before UTF-8 is nothing", () => {
  expect(read("\ufeff{}", 64, everything)).toEqual([["0", {}, 1]]);
});

test("documents that follow each other are numbered", () => {
  expect(read('{"a":1}\n{"a":2}\n', 3, (path) => (path.length === 1 ? "enter" : "keep"))).toEqual([
    ["0.a", 1, 1],
    ["1.a", 2, 2],
  ]);
});
