// Where a secret could be left by a run of a real engine.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { unzipped } from "../faults/unzipped";
import { found } from "./sentinel";

/** A file, or something that was printed, by its name. */
export type Place = readonly [name: string, text: string];

/** Every file of a Terraform workspace, archives unpacked, and what was printed. */
export async function places(folder: string, printed: readonly string[]): Promise<Place[]> {
  const all: Place[] = printed.map((text, n) => [`output ${n}`, text]);
  for (const name of await readdir(folder)) {
    // The configuration holds what the program says.
    if (name.startsWith(".terraform") || name === "main.tf") continue;
    const bytes = await readFile(path.join(folder, name));
    if (bytes.subarray(0, 2).toString() !== "PK") {
      all.push([name, bytes.toString("utf8")]);
      continue;
    }
    for (const [inner, content] of unzipped(bytes)) {
      if (!inner.startsWith("tfconfig/")) all.push([`${name}/${inner}`, content.toString("utf8")]);
    }
  }
  return all;
}

/** What every credential of the service, or of the local API, begins with. */
const openly = /^(?:mcpstack_sk_local_|mcpstack_sk_)/;

/** Expects that no piece of the secrets stands anywhere. */
export function expectNowhere(all: readonly Place[], ...secrets: readonly string[]): void {
  expect(all.length).toBeGreaterThan(0);
  const hidden = secrets.map((secret) => secret.replace(openly, ""));
  expect(all.flatMap(([where, text]) => found(text, ...hidden).map((piece) => `${where} has ${piece}`))).toEqual([]);
}
