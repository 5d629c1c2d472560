import { standardOutput } from "./command/standard-output";
import { runCli } from "./run-cli";

const ending = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => ending.abort());
const stdout = standardOutput();
// What cannot be said there can be said nowhere.
process.stderr.on("error", () => {});

void runCli(process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  stdin: process.stdin,
  stdout,
  stderr: process.stderr,
  signal: ending.signal,
  now: () => new Date(),
}).then((code) => {
  // What was said is on its way out first. Then it ends, also where something that failed half-way still listens.
  stdout.flushed(() => process.exit(code));
});
