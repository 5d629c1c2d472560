import { execFile, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "lock-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Under the lock: reads the number in a file, waits, and writes the next one. Resolves to what was logged. */
async function countOne(): Promise<string> {
  const script = `
    import { readFileSync, writeFileSync } from "node:fs";
    import { setTimeout as wait } from "node:timers/promises";
    import { withLock } from ${JSON.stringify(pathToFileURL(path.join(__dirname, "lock.mjs")).href)};
    await withLock("lock", { label: "count", log: console.log }, async () => {
      const number = Number(readFileSync("number", "utf8"));
      await wait(50);
      writeFileSync("number", String(number + 1));
    });`;
  const args = ["--input-type=module", "--eval", script];
  return (await promisify(execFile)(process.execPath, args, { cwd: folder })).stdout;
}

test("processes that want the same lock take turns", async () => {
  writeFileSync(path.join(folder, "number"), "0");
  await Promise.all([countOne(), countOne(), countOne()]);
  expect(readFileSync(path.join(folder, "number"), "utf8")).toBe("3");
  expect(existsSync(path.join(folder, "lock"))).toBe(false);
});

test("the lock of a process that has ended is taken over", async () => {
  writeFileSync(path.join(folder, "number"), "7");
  const ended = spawnSync(process.execPath, ["--eval", ""]).pid;
  writeFileSync(path.join(folder, "lock"), String(ended));
  expect(await countOne()).toBe("");
  expect(readFileSync(path.join(folder, "number"), "utf8")).toBe("8");
});
