import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { callOne } from "../setup/module-calls";

const tested = "test/engines/on-path.mjs";
let folder: string;
const originalPath = process.env.PATH;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "engines-"));
  process.env.PATH = [folder, originalPath].join(path.delimiter);
});
afterEach(() => {
  process.env.PATH = originalPath;
  rmSync(folder, { recursive: true });
});

function program(name: string, output: string, mode = 0o755): string {
  const file = path.join(folder, name);
  writeFileSync(file, `#!/bin/sh\necho '${output}'\n`);
  chmodSync(file, mode);
  return file;
}

const find = (recipe: { minimum: string; companions?: string[] }) =>
  callOne("test/engines/on-path.mjs", "engineOnPath", { program: "some-engine", ...recipe });

test("an executable is found, and neither a plain file nor a folder of its name", async () => {
  const plain = path.join(folder, "plain");
  const named = path.join(folder, "named");
  const right = path.join(folder, "right");
  for (const place of [plain, named, right]) mkdirSync(place);
  writeFileSync(path.join(plain, "engine"), "");
  mkdirSync(path.join(named, "engine"));
  const file = program("right/engine", "");
  const searched = [plain, named, "", right].join(path.delimiter);
  expect(await callOne(tested, "findOnPath", "engine", searched)).toEqual({ value: file });
  expect(await callOne(tested, "findOnPath", "engine", [plain, named].join(path.delimiter))).toEqual({});
});

test("an engine on the PATH that is new enough is taken", async () => {
  const file = program("some-engine", "Engine v1.12.0");
  program("some-companion", "");
  expect(await find({ minimum: "1.11.0", companions: ["some-companion"] })).toEqual({
    value: { path: file, version: "1.12.0" },
  });
});

test("an engine that will not do is refused with the reason", async () => {
  expect(await find({ minimum: "1.11.0" })).toEqual({ value: { refusal: "some-engine is not on the PATH" } });
  const file = program("some-engine", "Engine v1.10.5");
  expect(await find({ minimum: "1.11.0" })).toEqual({
    value: { refusal: `${file} is 1.10.5, the tests need 1.11.0 or newer` },
  });
  expect(await find({ minimum: "1.10.0", companions: ["some-companion"] })).toEqual({
    value: { refusal: `${file} is there, some-companion is not on the PATH` },
  });
  program("some-engine", "no number");
  expect(await find({ minimum: "1.10.0" })).toEqual({ value: { refusal: `${file} does not tell its version` } });
});
