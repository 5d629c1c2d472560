import { runCli } from "./run-cli";

const ending = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => ending.abort());
// A reader such as `head` may close the pipe early; there is nobody left to tell.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

void runCli(process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  signal: ending.signal,
  now: () => new Date(),
}).then((code) => {
  // What was said is on its way out first. Then it ends, also where something that failed half-way still listens.
  process.stdout.write("", () => process.exit(code));
});
