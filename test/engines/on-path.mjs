// Engines that the machine has already.
import { execFile } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { isAtLeast, versionIn } from "./version.mjs";

/** The suffix of executables on this platform. */
export const exe = process.platform === "win32" ? ".exe" : "";

/** The absolute path of `program` on the PATH, or undefined. */
export function findOnPath(program, searched = process.env.PATH ?? "") {
  return searched
    .split(path.delimiter)
    .filter(Boolean)
    .map((folder) => path.resolve(folder, program + exe))
    .find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** What `PROGRAM version` says of itself, without a look at the network; undefined when it cannot be run. */
export async function versionOf(file) {
  const env = { ...process.env, CHECKPOINT_DISABLE: "1", PULUMI_SKIP_UPDATE_CHECK: "true" };
  try {
    return versionIn((await promisify(execFile)(file, ["version"], { env, timeout: 60_000 })).stdout);
  } catch {
    return undefined;
  }
}

/**
 * The engine on the PATH, or why what is there will not do.
 * @param {{program: string, minimum: string, companions?: string[]}} recipe
 * @returns {Promise<{path: string, version: string} | {refusal: string}>}
 */
export async function engineOnPath({ program, minimum, companions = [] }) {
  const found = findOnPath(program);
  if (found === undefined) return { refusal: `${program} is not on the PATH` };
  const version = await versionOf(found);
  if (version === undefined) return { refusal: `${found} does not tell its version` };
  if (!isAtLeast(version, minimum)) return { refusal: `${found} is ${version}, the tests need ${minimum} or newer` };
  const missing = companions.find((companion) => findOnPath(companion) === undefined);
  if (missing !== undefined) return { refusal: `${found} is there, ${missing} is not on the PATH` };
  return { path: found, version };
}
