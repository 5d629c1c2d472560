import { Secrets } from "./secrets";
import { serverWords } from "./server-words";

test("control characters, line ends and text direction marks become spaces", () => {
  expect(serverWords("a\u001b[31mred\r\nb\u202ec\u0000", new Secrets())).toBe("a [31mred b c");
});

test("a long text is cut after 200 characters, and only when no half of a secret can be left", () => {
  const text = serverWords(`${"x".repeat(195)} secret-credential`, new Secrets("secret-credential"));
  expect(text).toBe(`${"x".repeat(195)} [sec…`);
});

test("a huge text costs no more than its beginning", () => {
  expect(serverWords(`${" ".repeat(4_000)}what follows`, new Secrets())).toBe("");
});

test("tokens of others are not shown either", () => {
  expect(serverWords("refused: Bearer 8xLOxBtZp8", new Secrets())).toBe("refused: Bearer [token]");
});

describe("a secret is found", () => {
  const secret = "Kx9-Falcon-77-blue";
  const bytes = [...Buffer.from(secret)];
  test.each<[string, string]>([
    ["as Node.js prints a Buffer", JSON.stringify(Buffer.from(secret))],
    ["as a list of bytes", bytes.join(", ")],
    ["as bytes with 0x", bytes.map((byte) => `0x${byte.toString(16)}`).join(" ")],
    ["in octal escapes", bytes.map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("")],
    ["in long Unicode escapes", bytes.map((byte) => `\\U${byte.toString(16).padStart(8, "0")}`).join("")],
  ])("%s", (_, written) => {
    const shown = serverWords(`bad header ${written} here`, new Secrets(secret));
    expect(shown).toContain("[secret]");
    expect(shown).not.toContain(written.slice(-24));
  });

  const bases = [
    { base: 2, width: 8, prefix: "0b" },
    { base: 8, width: 3, prefix: "0o" },
    { base: 10, width: 3, prefix: "" },
    { base: 16, width: 2, prefix: "0x" },
  ];
  const lists = bases.flatMap(({ base, width, prefix }) =>
    [" ", ",", ", ", " - ", "; ", "|", "\n", "<br>", " and then ", "'], ['"].flatMap((between) =>
      ["", prefix, "0", "\\"].map((before): [string, string] => {
        const numbers = bytes.map((byte) => `${before}${byte.toString(base).padStart(width, "0")}`);
        return [`as a list to the base ${base} with ${JSON.stringify([before, between])}`, numbers.join(between)];
      }),
    ),
  );
  const together = bases.map(({ base, width }): [string, string] => [
    `to the base ${base} with nothing between`,
    bytes.map((byte) => byte.toString(base).padStart(width, "0")).join(""),
  ]);
  const coloured = [
    "\u001b[0m",
    "\u001b[1;31m",
    "\u001b[38;5;196m",
    "\u009b0m",
    "\u001b]8;;http://x.example\u0007",
    "\\u001b[0m",
    "\\e[0m",
    "^[[0m",
    "[0m",
  ];
  const sequences = coloured.map((one): [string, string] => [
    `between ${JSON.stringify(one)}`,
    [...secret].map((sign) => sign + one).join(""),
  ]);
  test.each([...lists, ...together, ...sequences])("%s", (_, written) => {
    const secrets = new Secrets(secret);
    for (const cut of [0, 1, 2, 3, 4, 5, 6, 7]) {
      const shown = secrets.hide(`bad header ${written.slice(cut)} here`);
      expect([cut, shown.length < 90, /\[secret\].* here$/.test(shown)]).toEqual([cut, true, true]);
    }
  });

  test("and ordinary numbers are left as they are", () => {
    const text = "took 116 ms, 111 of 107 tries, on 10.0.0.1:8080 at 12:30";
    expect(serverWords(text, new Secrets(secret))).toBe(text);
  });
});
