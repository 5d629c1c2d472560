#!/usr/bin/env node
import { localUsage, runLocal } from "./command/run-local";

async function main(args: readonly string[]): Promise<void> {
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(`Runs an MCP Stack API on this machine until it is interrupted.\n\n${localUsage}`);
    return;
  }
  const run = await runLocal(args);
  process.stdout.write(`${run.lines.join("\n")}\n`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void run.close().then(() => process.exit(0)));
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
