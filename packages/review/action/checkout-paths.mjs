// Paths that the workflow names, in a checkout whose author may have put a symbolic link anywhere.
import { existsSync } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import path from "node:path";
import { Problem } from "./problem.mjs";

/**
 * @typedef {{name: string, real: string}} Checkout
 *   The folder as it is called, and with its own links followed; both absolute.
 */

/** @returns {Promise<Checkout>} */
export async function checkoutAt(folder) {
  const name = path.resolve(folder);
  return { name, real: await realpath(name) };
}

/**
 * The file or folder that an input names, for the review to read. Outside of the checkout the workflow's author is taken at his word.
 * In it a symbolic link is refused: it would have the review read, and tell of, whatever its author points it at.
 *
 * @param {Checkout} checkout
 * @param {string} input the input's name, for the message
 * @param {string} value
 * @returns {Promise<string>} the path, absolute or relative to the checkout; one that is not there is for the review to tell
 * @throws Problem
 */
export async function plainPath(checkout, input, value) {
  const relative = inside(checkout, path.resolve(checkout.name, value));
  if (relative === undefined) return path.resolve(checkout.name, value);
  const found = await realpathOf(path.join(checkout.real, relative), input);
  if (found !== undefined && found !== path.join(checkout.real, relative)) {
    throw new Problem(
      "path-through-link",
      `${input} ${JSON.stringify(value)} goes through a symbolic link of the checkout.`,
    );
  }
  return relative === "" ? "." : relative;
}

/**
 * Where the policy lies in the repository, however its path is written: absolute, with `..`, or by a link from outside.
 *
 * @param {Checkout} checkout
 * @param {string} value
 * @returns {Promise<{repository: string, steps: string[], file: string | undefined}>} the repository's folder, the way from there, and the
 *   file in the checkout as it is now, relative to the checkout; undefined where there is none
 * @throws Problem where it lies in no repository of the checkout, and so cannot be compared with the base
 */
export async function policyPlace(checkout, value) {
  const named = path.resolve(checkout.name, value);
  const relative = inside(checkout, named) ?? inside(checkout, (await realpathOf(named, "policy")) ?? named);
  const steps = relative?.split(path.sep) ?? [];
  // The outermost repository: what is below it is content of the change, also where it looks like a repository.
  const depth = steps.findIndex((_, index) => existsSync(path.join(checkout.real, ...steps.slice(0, index), ".git")));
  if (relative === undefined || depth === -1) {
    throw new Problem(
      "policy-elsewhere",
      `The policy ${JSON.stringify(value)} lies in no repository of the checkout, so it cannot be compared with the base.`,
    );
  }
  const real = await realpathOf(path.join(checkout.real, relative), "policy");
  if (real !== undefined && inside(checkout, real) === undefined) {
    throw new Problem(
      "policy-elsewhere",
      `The policy ${JSON.stringify(value)} is a symbolic link that leads out of the checkout.`,
    );
  }
  return {
    repository: path.join(checkout.real, ...steps.slice(0, depth)),
    steps: steps.slice(depth),
    file: real === undefined ? undefined : relative,
  };
}

/**
 * Refuses what can be opened and has no end, or none until somebody writes to it: a pipe, a device, a socket; and a folder.
 *
 * @param {Checkout} checkout
 * @param {string} input the input's name, for the message
 * @param {string} file the path, absolute or relative to the checkout; one that is not there is for the review to tell
 * @throws Problem
 */
export async function regularFile(checkout, input, file) {
  const found = await stat(path.resolve(checkout.real, file)).catch(() => undefined);
  if (found !== undefined && !found.isFile()) {
    throw new Problem("not-a-file", `${input} ${JSON.stringify(file)} is no regular file.`);
  }
}

/** The path relative to the checkout, or undefined where it lies elsewhere. */
function inside({ name, real }, file) {
  return [name, real]
    .map((folder) => path.relative(folder, file))
    .find((relative) => relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative));
}

async function realpathOf(file, input) {
  try {
    return await realpath(file);
  } catch (error) {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw new Problem("path-unreadable", `${input} cannot be read (${error.code}).`);
  }
}
