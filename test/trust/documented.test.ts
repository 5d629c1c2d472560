// docs/trust.md names the test that holds each sentence: each is there, by that name.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

const page = path.resolve(__dirname, "../../docs/trust.md");
const rows = readFileSync(page, "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| ") && !/^\| (---|what holds)/.test(line));

test("The page has sentences", () => {
  expect(rows.length).toBeGreaterThan(20);
});

test.each(rows)("%s", (row) => {
  const cited = /\| \[[a-z-]+\]\(([^)]+)\) "([^"]+)" \|$/.exec(row);
  const [, file = "", name = ""] = cited ?? [];
  const held = path.resolve(path.dirname(page), file);
  expect(existsSync(held)).toBe(true);
  expect(readFileSync(held, "utf8")).toContain(name);
});
