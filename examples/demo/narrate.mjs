// What the demo prints: headings, the commands it runs with all that they say, and what it checked.
import { spawn } from "node:child_process";

const colour = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code, text) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);

/** Something that the demo promises did not happen. */
export class DemoFailed extends Error {
  name = "DemoFailed";
}

let step = 0;
export function heading(text) {
  step += 1;
  console.log(`\n${paint("1;36", `━━ ${step}. ${text}`)}`);
}

export function say(text) {
  console.log(paint("2", text));
}

/** States what was checked, or fails the demo. */
export function promise(holds, text) {
  if (!holds) throw new DemoFailed(`This should be so, and is not: ${text}`);
  console.log(paint("32", `✓ ${text}`));
}

/**
 * Runs a command and shows it with its output.
 * @returns {Promise<{status: number, stdout: string}>}
 */
export function command(program, args, { cwd, env, shown = [], quiet = false }) {
  if (!quiet) console.log(paint("1", `$ ${shown.join(" ")}`));
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    const show = (piece) => {
      if (!quiet) process.stdout.write(piece);
    };
    child.stdout.on("data", (piece) => {
      stdout += piece;
      show(piece);
    });
    child.stderr.on("data", show);
    child.on("error", reject);
    child.on("close", (status) => resolve({ status: status ?? 1, stdout }));
  });
}
