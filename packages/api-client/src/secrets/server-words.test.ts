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
