import { readFile } from "node:fs/promises";
import path from "node:path";
import { CommandError } from "./exit";
import type { CommandIo } from "./io";

const maxBytes = 512 * 1024 * 1024;

/** A file's text, or standard input's for `-`. @throws CommandError `file` */
export async function readInput(name: string, io: CommandIo): Promise<string> {
  if (name === "-") return readAll(io);
  try {
    return await readFile(path.resolve(io.cwd, name), "utf8");
  } catch (error) {
    throw new CommandError("file", `${name} cannot be read (${codeOf(error)}). Check the path.`);
  }
}

export function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "failed";
}

async function readAll(io: CommandIo): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of io.stdin) {
    const bytes = Buffer.from(piece as Uint8Array | string);
    size += bytes.length;
    if (size > maxBytes) throw new CommandError("file", "Standard input is larger than 512 MiB.");
    pieces.push(bytes);
  }
  return Buffer.concat(pieces).toString("utf8");
}
