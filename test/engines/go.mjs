// Builds an engine from its published Go modules, pinned by the go.mod and go.sum beside this file.
import path from "node:path";
import { CommandFailed, run } from "../setup/command.mjs";
import { exe, findOnPath } from "./on-path.mjs";

const here = import.meta.dirname;

/**
 * Why Go cannot build `module`, or undefined when it can: Go is missing, or too old and told not to fetch a newer one.
 * @param {string} module a folder beside this file
 */
export async function goDifficulty(module) {
  if (findOnPath("go") === undefined) return "no `go` on the PATH";
  try {
    await run("go", ["list", "-m"], { label: module, log: () => {}, cwd: path.join(here, module) });
    return undefined;
  } catch (error) {
    if (error instanceof CommandFailed) return error.lines.at(-1) ?? error.message;
    throw error;
  }
}

/**
 * Builds one program into `folder`.
 * @param {{module: string, package: string, program: string, flags?: string[], variables?: Record<string, string>}} recipe
 *   `flags` go to `go build`; `variables` are Go string variables set by the linker
 */
export async function goBuild(recipe, folder, { log, signal }) {
  const linker = ["-s", "-w", ...Object.entries(recipe.variables ?? {}).map(([name, value]) => `-X ${name}=${value}`)];
  const out = path.join(folder, recipe.program + exe);
  await run(
    "go",
    [
      ...["build", "-mod=readonly", "-buildvcs=false", "-trimpath", ...(recipe.flags ?? [])],
      ...["-ldflags", linker.join(" "), "-o", out, recipe.package],
    ],
    // A GOFLAGS or go.work of the machine's own must not change what is built.
    { label: `building ${recipe.program}`, log, signal, cwd: path.join(here, recipe.module), env: goEnvironment() },
  );
}

function goEnvironment() {
  return { ...process.env, GOFLAGS: "", GOWORK: "off", CGO_ENABLED: "0" };
}
