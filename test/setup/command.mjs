// Runs one program of the set-up and lets whoever waits see that it is still at work.
import { spawn } from "node:child_process";

const progressEvery = 10_000;
const firstLines = 10;
const lastLines = 30;

/** A program of the set-up that ended with an error. `code` is `setup_command_failed`; the message has its first and last lines. */
export class CommandFailed extends Error {
  code = "setup_command_failed";

  /**
   * @param {string} label what was being done
   * @param {string} reason how the program ended
   * @param {string[]} lines what it wrote
   */
  constructor(label, reason, lines) {
    super([`${label}: ${reason}`, ...excerpt(lines).map((line) => `  ${line}`)].join("\n"));
    this.label = label;
    this.lines = lines;
  }
}

/** npm says what is wrong first, a compiler last. */
function excerpt(lines) {
  const left = lines.length - firstLines - lastLines;
  if (left <= 0) return lines;
  return [...lines.slice(0, firstLines), `... ${left} lines ...`, ...lines.slice(-lastLines)];
}

/** Seconds since `start` (milliseconds since the epoch), as it is printed. */
export function secondsSince(start) {
  const seconds = (Date.now() - start) / 1000;
  return seconds < 10 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`;
}

/** Says every ten seconds that `label` is still going on. Returns the function that stops it. */
export function progress(label, log) {
  const start = Date.now();
  const timer = setInterval(() => log(`${label} ... ${secondsSince(start)}`), progressEvery);
  timer.unref();
  return () => clearInterval(timer);
}

/**
 * Runs a program to its end.
 * @param {string} program
 * @param {string[]} args
 * @param {{label: string, log: (line: string) => void, cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean, signal?: AbortSignal}} options
 *   `signal` ends the program
 * @returns {Promise<string>} what it wrote to standard output; rejects with CommandFailed
 */
export function run(program, args, { label, log, cwd, env, shell = false, signal }) {
  return new Promise((resolve, reject) => {
    const stop = progress(label, log);
    const child = spawn(program, args, {
      cwd,
      env: env ?? process.env,
      shell,
      signal,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const output = [];
    const both = [];
    child.stdout.on("data", (chunk) => {
      output.push(chunk);
      both.push(chunk);
    });
    child.stderr.on("data", (chunk) => both.push(chunk));
    child.on("error", (error) => {
      stop();
      reject(
        new CommandFailed(
          label,
          error.name === "AbortError" ? "given up" : `cannot start ${program}: ${error.message}`,
          [],
        ),
      );
    });
    child.on("close", (status, signal) => {
      stop();
      if (status === 0) {
        resolve(Buffer.concat(output).toString());
        return;
      }
      const lines = Buffer.concat(both).toString().trimEnd().split("\n").filter(Boolean);
      reject(new CommandFailed(label, signal === null ? `exit ${status}` : `ended by ${signal}`, lines));
    });
  });
}
