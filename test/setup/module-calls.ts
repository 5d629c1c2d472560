// The set-up is written as ES modules that run before anything is installed; jest's own module system cannot load
// them. Tests call their functions in a process of plain Node.
import { execFile } from "node:child_process";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

const root = path.resolve(__dirname, "../..");

/** What a call came to: its value, or the error's message and code. Both are as JSON carries them. */
export type Outcome = { value?: unknown; error?: { message: string; code?: string } };

const script = `
const [module, name, calls] = process.argv.slice(1);
const called = (await import(module))[name];
const outcomes = [];
for (const args of JSON.parse(calls)) {
  try {
    outcomes.push({ value: await called(...args) });
  } catch ({ message, code }) {
    outcomes.push({ error: { message, code } });
  }
}
process.stdout.write(JSON.stringify(outcomes));
`;

/** Calls an exported function of a module (its path relative to the root) with each list of arguments, in one process. */
export async function callEach(module: string, name: string, calls: unknown[][]): Promise<Outcome[]> {
  const url = pathToFileURL(path.join(root, module)).href;
  const args = ["--input-type=module", "--eval", script, url, name, JSON.stringify(calls)];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    // Jest gives tests a copy of the environment, which a child process gets only when it is passed on.
    env: process.env,
    maxBuffer: 1 << 26,
  });
  return JSON.parse(stdout) as Outcome[];
}

/** The outcome of one call. */
export async function callOne(module: string, name: string, ...args: unknown[]): Promise<Outcome> {
  const [outcome] = await callEach(module, name, [args]);
  return outcome!;
}
