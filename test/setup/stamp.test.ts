import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { callOne } from "./module-calls";

const tested = "test/setup/stamp.mjs";
let folder: string;
const inFolder = (name: string) => path.join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "stamp-"));
  for (const place of ["src/deep", "dist", "node_modules"]) mkdirSync(inFolder(place), { recursive: true });
  for (const file of ["src/a.ts", "src/deep/b.ts", "dist/a.js", "node_modules/c.js"])
    writeFileSync(inFolder(file), "x");
});
afterEach(() => rmSync(folder, { recursive: true }));

const hash = async (names: string[], words: string[] = []) =>
  (await callOne(tested, "hashOf", folder, names.map(inFolder), words)).value;

test("the files of a folder are all but what was built or installed", async () => {
  expect((await callOne(tested, "filesUnder", folder)).value).toEqual(["src/a.ts", "src/deep/b.ts"].map(inFolder));
});

test("a hash stays the same for the same contents, in any order and at any time", async () => {
  const before = await hash(["src/a.ts", "src/deep/b.ts"]);
  writeFileSync(inFolder("src/a.ts"), "x");
  expect(await hash(["src/deep/b.ts", "src/a.ts"])).toBe(before);
});

test.each<[string, () => void, string[], string[]]>([
  ["a content", () => writeFileSync(inFolder("src/a.ts"), "y"), ["src/a.ts", "src/deep/b.ts"], []],
  ["a name", () => {}, ["src/a.ts", "dist/a.js"], []],
  ["the number of files", () => {}, ["src/a.ts"], []],
  ["a word", () => {}, ["src/a.ts", "src/deep/b.ts"], ["darwin"]],
])("a hash changes with %s", async (_what, change, names, words) => {
  const before = await hash(["src/a.ts", "src/deep/b.ts"]);
  change();
  expect(await hash(names, words)).not.toBe(before);
});

test("a stamp holds for the hash that it was written for", async () => {
  const stamp = inFolder("stamps/one");
  const holds = async (value: string) => (await callOne(tested, "isStamped", stamp, value)).value;
  expect(await holds("abc")).toBe(false);
  await callOne(tested, "writeStamp", stamp, "abc");
  expect(await holds("abc")).toBe(true);
  expect(await holds("abd")).toBe(false);
});
