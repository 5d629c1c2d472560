import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { type ExitCode, runCli } from "../../packages/cli/src";

export interface Outcome {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

export interface World {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly stdin?: string;
  readonly cwd?: string;
  readonly signal?: AbortSignal;
  /** Makes both outputs terminals of that width. */
  readonly columns?: number;
  readonly onStdout?: (text: string) => void;
}

/** Runs the command in this process, with nothing of this process's environment. */
export async function mcpstackIac(args: readonly string[], world: World = {}): Promise<Outcome> {
  const said = { stdout: "", stderr: "" };
  const output = (name: "stdout" | "stderr") => ({
    isTTY: world.columns !== undefined,
    columns: world.columns,
    write: (text: string) => {
      said[name] += text;
      if (name === "stdout") world.onStdout?.(said.stdout);
    },
  });
  const code = await runCli(args, {
    cwd: world.cwd ?? process.cwd(),
    env: world.env ?? {},
    stdin: Readable.from([world.stdin ?? ""]),
    stdout: output("stdout"),
    stderr: output("stderr"),
    signal: world.signal ?? new AbortController().signal,
    now: () => new Date("2026-03-01T12:00:00Z"),
  });
  return { code, ...said };
}

export interface Found {
  readonly code: string;
  readonly severity: string;
  readonly leg: string;
  readonly summary: string;
  readonly fix: string;
  readonly subjects: readonly { readonly kind: string; readonly address: string }[];
  readonly events?: readonly { readonly message: string }[];
}

export interface JsonReport {
  readonly source: { readonly kind: string; readonly name: string };
  readonly checked: { readonly gateways: number; readonly routes: number; readonly agents: number };
  readonly summary: { readonly error: number; readonly warn: number; readonly info: number };
  readonly findings: readonly Found[];
  readonly unchecked: readonly { readonly subject: { readonly address: string }; readonly reason: string }[];
  readonly notes: readonly string[];
}

/** Runs `drift --format json` and parses what it writes. */
export async function driftReport(
  args: readonly string[],
  world: World = {},
): Promise<Outcome & { report: JsonReport }> {
  const outcome = await mcpstackIac(["drift", "--format", "json", ...args], world);
  if (outcome.stdout === "") throw new Error(`drift wrote no report: ${outcome.stderr}`);
  return { ...outcome, report: JSON.parse(outcome.stdout) as JsonReport };
}

export const codesOf = (report: JsonReport) => report.findings.map(({ code }) => code);

const cleanUps: (() => unknown)[] = [];

/** Closes it after the test. */
export function closing<T extends { close(): unknown }>(opened: T): T {
  cleanUps.push(() => opened.close());
  return opened;
}

/** A file in a folder of its own, which goes after the test. */
export function temporaryFile(name: string, text: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), "mcpstack-cli-"));
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});
