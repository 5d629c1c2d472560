import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { configurationsIn } from "./locate";

let around: string;
let folder: string;
beforeEach(() => {
  around = mkdtempSync(path.join(tmpdir(), "mcpstack-sources-"));
  folder = path.join(around, "program");
  mkdirSync(folder);
});
afterEach(() => rmSync(around, { recursive: true }));

const write = (name: string, text: string) => {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
};

test("files of a configuration are read whatever their folder is called, and what is none is not", async () => {
  const folders = ["", ".hidden/", "vendor/m/", "dist/", "cdktf.out/stacks/s/"];
  for (const name of folders) write(`${name}a.tf`, name);
  for (const name of ["node_modules/x/a.tf", ".git/a.tf", ".terraform/modules/m/a.tf", "a.txt"]) write(name, "other");
  expect(new Set(await configurationsIn(folder))).toEqual(
    new Set(folders.map((name) => ({ file: `${name}a.tf`, text: name }))),
  );
});

test("a file that is too large, and a link that leads out of the folder, are named and not read", async () => {
  write("large.tf", "#".repeat(1024 * 1024 + 1));
  write("shared/a.txt", "shared");
  writeFileSync(path.join(around, "outside.tf"), "outside");
  symlinkSync("shared/a.txt", path.join(folder, "a.tf"));
  symlinkSync("../outside.tf", path.join(folder, "b.tf"));
  symlinkSync("nothing", path.join(folder, "c.tf"));
  expect(await configurationsIn(folder)).toEqual([
    { file: "large.tf", text: undefined },
    { file: "a.tf", text: "shared" },
    { file: "b.tf", text: undefined },
    { file: "c.tf", text: undefined },
  ]);
});
