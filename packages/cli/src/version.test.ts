import { readFileSync } from "node:fs";
import path from "node:path";
import { version } from "./version";

test("the version that the command names is the package's", () => {
  const text = readFileSync(path.join(__dirname, "../package.json"), "utf8");
  expect(version).toBe((JSON.parse(text) as { version: string }).version);
});
