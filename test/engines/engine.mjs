// How any engine is had: on the PATH, else built or downloaded once into .cache/engines.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { secondsSince } from "../setup/command.mjs";
import { withLock } from "../setup/lock.mjs";
import { filesUnder, hashOf } from "../setup/stamp.mjs";
import { download } from "./download.mjs";
import { goBuild, goDifficulty } from "./go.mjs";
import { engineOnPath, exe, versionOf } from "./on-path.mjs";

const here = import.meta.dirname;
const root = path.resolve(here, "../..");

/** Where built engines are kept, one folder a version. */
export const engineFolder = path.join(root, ".cache/engines");

/**
 * @typedef {object} Recipe
 * @property {string} product what it is called in the cache and at its publisher's
 * @property {string} program its executable
 * @property {string} version the pinned version that is built or downloaded
 * @property {string} minimum the oldest version on the PATH that the tests can use
 * @property {string[]} [companions] further programs that must be on the PATH with it
 * @property {Parameters<typeof goBuild>[0][]} programs what Go builds
 * @property {Record<string, string>} [scripts] executable texts to put beside them, by file name
 */

/**
 * Finds or makes an engine.
 * @param {Recipe} recipe
 * @param {{log: (line: string) => void, signal?: AbortSignal}} options `signal` gives a build up
 * @returns {Promise<{path: string, folder: string, version: string, how: "PATH" | "cached" | "built" | "downloaded"}>}
 */
export async function ensureEngine(recipe, { log, signal }) {
  const found = await engineOnPath(recipe);
  if (found.refusal === undefined) return { ...found, folder: path.dirname(found.path), how: "PATH" };

  const name = `${recipe.product}-${recipe.version}`;
  const folder = path.join(engineFolder, name);
  const made = (how) => ({ path: path.join(folder, recipe.program + exe), folder, version: recipe.version, how });
  if (isCurrent(recipe, folder)) return made("cached");
  return withLock(path.join(engineFolder, `${name}.lock`), { label: name, log, signal }, async () => {
    if (isCurrent(recipe, folder)) return made("cached");
    const start = Date.now();
    log(`${name}: ${found.refusal}`);
    const how = await make(recipe, folder, { log, signal });
    log(`${name}: ${how} in ${secondsSince(start)}`);
    return made(how);
  });
}

/** The hash of everything that decides what is built, for the stamp in the engine's folder. */
function recipeHash(recipe) {
  const files = recipe.programs.flatMap(({ module }) => filesUnder(path.join(here, module)));
  const { version, programs, scripts } = recipe;
  return hashOf(here, files, [JSON.stringify([version, programs, scripts]), process.platform, process.arch]);
}

function isCurrent(recipe, folder) {
  const stamp = path.join(folder, "recipe");
  if (!existsSync(path.join(folder, recipe.program + exe)) || !existsSync(stamp)) return false;
  return readFileSync(stamp, "utf8") === recipeHash(recipe);
}

async function make(recipe, folder, options) {
  const unfinished = `${folder}.${process.pid}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  try {
    const how = await fill(recipe, unfinished, options);
    for (const [script, text] of Object.entries(recipe.scripts ?? {})) {
      writeFileSync(path.join(unfinished, script), text, { mode: 0o755 });
    }
    const file = path.join(unfinished, recipe.program + exe);
    const version = await versionOf(file);
    if (version?.split("-")[0] !== recipe.version) {
      throw new Error(`${recipe.product}: what was ${how} calls itself ${version ?? "nothing"}, not ${recipe.version}`);
    }
    writeFileSync(path.join(unfinished, "recipe"), recipeHash(recipe));
    rmSync(folder, { recursive: true, force: true });
    renameSync(unfinished, folder);
    return how;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

async function fill(recipe, folder, { log, signal }) {
  const difficulty = await goDifficulty(recipe.programs[0].module);
  if (difficulty === undefined) {
    log(`${recipe.product} ${recipe.version}: building it once from its Go modules, which takes minutes`);
    for (const program of recipe.programs) await goBuild(program, folder, { log, signal });
    return "built";
  }
  try {
    await download(recipe.product, recipe.version, recipe.program, folder, log);
    return "downloaded";
  } catch (error) {
    throw new Error(
      `${recipe.product} ${recipe.minimum} or newer is needed. ${recipe.version} cannot be built (${difficulty}) ` +
        `and cannot be downloaded (${error.message}). Put it on the PATH, or install Go.`,
      { cause: error },
    );
  }
}
