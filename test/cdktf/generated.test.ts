import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { terraformProgram } from "../engines/located";

const packageFolder = path.resolve(__dirname, "../../packages/cdktf");
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "mcpstack-cdktf-generated-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Every file below a folder with its text. */
async function contents(of: string): Promise<Record<string, string>> {
  const files = (await readdir(of, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const paths = files.map((entry) => path.relative(of, path.join(entry.parentPath, entry.name))).sort();
  return Object.fromEntries(
    await Promise.all(paths.map(async (file) => [file, await readFile(path.join(of, file), "utf8")] as const)),
  );
}

test("the level 1 constructs are what cdktf makes of the provider's schema now: else run `npm run generate -w packages/cdktf`", async () => {
  await promisify(execFile)(process.execPath, [path.join(packageFolder, "generate.mjs"), "--out", folder], {
    env: { ...process.env, TERRAFORM_BIN: terraformProgram() },
  });
  const made = await contents(folder);
  expect(Object.keys(made)).toContain(path.join("gateway", "index.ts"));
  expect(await contents(path.join(packageFolder, "src/gen"))).toEqual(made);
});
