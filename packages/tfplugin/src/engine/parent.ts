import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** The command line of the process that started this one; undefined where this system does not tell. */
export function parentArguments(parent: number = process.ppid): readonly string[] | undefined {
  try {
    if (process.platform === "linux") {
      const line = readFileSync(`/proc/${parent}/cmdline`, "utf8");
      return line.split("\0").slice(0, -1);
    }
    if (process.platform === "win32") return undefined;
    // Its arguments are separated by spaces: no command of Terraform and no flag that is looked for holds one.
    return execFileSync("ps", ["-o", "args=", "-p", String(parent)], { encoding: "utf8", timeout: 2_000 })
      .trim()
      .split(/\s+/);
  } catch {
    return undefined;
  }
}
