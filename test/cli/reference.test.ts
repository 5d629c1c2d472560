import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { program, referencePages } from "../../packages/cli/src";

test("docs/cli says what the definitions say: else run `npm run reference -w packages/cli`", () => {
  const folder = path.resolve(__dirname, "../../docs/cli");
  const output = { write: () => true };
  const root = program(
    {
      cwd: "/",
      env: {},
      stdin: Readable.from([]),
      stdout: output,
      stderr: output,
      signal: new AbortController().signal,
      now: () => new Date(0),
    },
    { ended: () => {} },
  );
  const written = Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), "utf8")]),
  );
  expect(Object.fromEntries(referencePages(root))).toEqual(written);
  expect(Object.keys(written)).toHaveLength(6);
});
