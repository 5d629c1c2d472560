// One process at a time installs or builds a thing; the others wait for it and then find it done.
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { progress } from "./command.mjs";

/**
 * Runs `work` while holding the lock file at `file`.
 * A lock whose process is gone is taken over. Two that take over at the same moment may both go on: whoever uses
 * the lock must therefore put its result in place with one rename.
 * @template T
 * @param {string} file
 * @param {{label: string, log: (line: string) => void, signal?: AbortSignal}} options `signal` gives up waiting
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, { label, log, signal }, work) {
  mkdirSync(path.dirname(file), { recursive: true });
  let stop;
  while (!take(file)) {
    const holder = holderOf(file);
    if (holder === undefined ? isOld(file) : !isAlive(holder)) {
      rmSync(file, { force: true });
      continue;
    }
    if (stop === undefined) {
      log(`${label}: process ${holder ?? "?"} is at it, waiting`);
      stop = progress(`${label}: waiting for process ${holder ?? "?"}`, log);
    }
    await wait(200, undefined, { signal });
  }
  stop?.();
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

/** The process that holds the lock; undefined while it is just being written or is gone. */
function holderOf(file) {
  try {
    const pid = Number.parseInt(readFileSync(file, "utf8"), 10);
    return Number.isNaN(pid) ? undefined : pid;
  } catch {
    return undefined;
  }
}

/** A lock without a process in it, ten seconds after it was made: its maker was killed before it could write. */
function isOld(file) {
  const made = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  return made !== undefined && Date.now() - made > 10_000;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
