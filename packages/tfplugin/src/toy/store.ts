import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseJson } from "../index";

/** What the toy provider manages: JSON documents in a folder. */
export class Store {
  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
  }

  write(id: string, document: unknown): void {
    // Numbers that JSON.stringify cannot write are written by the state, not by the store.
    const text = JSON.stringify(document, (_key, value) => (typeof value === "bigint" ? Number(value) : value));
    writeFileSync(join(this.folder, `${id}.json`), text);
  }

  read(id: string): Record<string, unknown> | undefined {
    try {
      return parseJson(readFileSync(join(this.folder, `${id}.json`), "utf8")) as Record<string, unknown>;
    } catch {
      return undefined;
    }
  }

  remove(id: string): void {
    rmSync(join(this.folder, `${id}.json`), { force: true });
  }

  ids(): string[] {
    return readdirSync(this.folder)
      .map((file) => file.replace(/\.json$/, ""))
      .sort();
  }
}
