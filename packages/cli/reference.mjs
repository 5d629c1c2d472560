// Writes docs/cli from the definitions of the commands: `npm run reference -w packages/cli`.
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { Readable } from "node:stream";

const { program, referencePages } = createRequire(import.meta.url)("./dist/index.js");
const folder = path.resolve(import.meta.dirname, "../../docs/cli");
const nowhere = { write: () => true };
const io = {
  cwd: "/",
  env: {},
  stdin: Readable.from([]),
  stdout: nowhere,
  stderr: nowhere,
  signal: new AbortController().signal,
  now: () => new Date(0),
};
mkdirSync(folder, { recursive: true });
for (const [name, text] of referencePages(program(io, { ended: () => {} })))
  writeFileSync(path.join(folder, name), text);
