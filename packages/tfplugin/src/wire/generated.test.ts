import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

const PACKAGE = join(__dirname, "../..");
const BIN = join(PACKAGE, "../../node_modules/.bin");

test("What is generated from the protocol is not stale.", () => {
  const folder = mkdtempSync(join(tmpdir(), "generated-"));
  try {
    execFileSync(join(BIN, "buf"), ["generate", "--output", folder], {
      cwd: PACKAGE,
      env: { ...process.env, PATH: `${BIN}${delimiter}${process.env.PATH}` },
      stdio: "pipe",
    });
    const read = (at: string) => readFileSync(join(at, "src/wire/gen/tfplugin6_pb.ts"), "utf8");
    expect(read(folder) === read(PACKAGE)).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
