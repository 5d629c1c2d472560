// A stamp says from which inputs an output was made, by their contents: file times mean nothing after a clone.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Every file under `folder`, sorted; folders called dist or node_modules are outputs and left out. */
export function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === "dist" || entry.name === "node_modules" ? [] : filesUnder(file);
      return [file];
    });
}

/**
 * One hash of files and words: their paths relative to `root`, and what they hold.
 * @param {string} root
 * @param {string[]} files absolute paths; the order does not matter
 * @param {string[]} [words] anything else that the output depends on
 */
export function hashOf(root, files, words = []) {
  const hash = createHash("sha256");
  for (const word of words) hash.update(`${word.length}:${word}`);
  for (const file of [...files].sort()) {
    const content = readFileSync(file);
    hash.update(`${path.relative(root, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/** Whether the stamp at `file` was written for `hash`. */
export function isStamped(file, hash) {
  try {
    return readFileSync(file, "utf8") === hash;
  } catch {
    return false;
  }
}

/** Writes the stamp, once what it stands for is complete. */
export function writeStamp(file, hash) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, hash);
  renameSync(`${file}.new`, file);
}
