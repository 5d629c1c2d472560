import { execFile } from "node:child_process";
import path from "node:path";

interface Summary {
  readonly documents: number;
  readonly requests: number;
  readonly codes: Readonly<Record<string, number>>;
  readonly failed: number;
  readonly failures: readonly { readonly kind: string; readonly seed?: number; readonly problems: readonly string[] }[];
  readonly noticed: number;
}

/** Runs the suite's program in plain Node, ten times as fast as under jest; one that hangs is ended, and that is a failure. */
function play(...args: string[]): Promise<Summary> {
  return new Promise((resolve, reject) => {
    const program = path.join(__dirname, "hostile-metadata.mjs");
    const options = { timeout: 170_000, killSignal: "SIGKILL", maxBuffer: 64 * 1024 * 1024 } as const;
    execFile(process.execPath, [program, ...args], options, (error, stdout, stderr) => {
      if (error) reject(new Error(`${error.message}\n${stderr}`));
      else resolve(JSON.parse(stdout) as Summary);
    });
  });
}

test("No document and no answer, however hostile, makes reading fail or hang, or breaks a terminal or a page", async () => {
  const summary = await play("--documents", "1500", "--responses", "1200");
  // A failing seed is played again by: node test/fuzz/hostile-metadata.mjs --seed SEED --documents 1 --responses 0
  expect(summary.failures).toEqual([]);
  expect(summary.failed).toBe(0);
  expect(summary.documents + summary.requests).toBeGreaterThanOrEqual(10_000);
  expect(summary.documents).toBeGreaterThanOrEqual(9_000);
  expect(summary.requests).toBeGreaterThanOrEqual(1_000);
  // The suite is worth its time only if it gets past the parsers, and if its checks notice what is wrong.
  expect(Object.keys(summary.codes).length).toBeGreaterThan(30);
  expect(summary.noticed).toBe(6);
});
