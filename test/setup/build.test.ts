// packages/build.mjs in a small workspace of its own, with the real compiler.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const root = path.resolve(__dirname, "../..");
let workspace: string;

function write(file: string, content: string | object): void {
  const absolute = path.join(workspace, file);
  mkdirSync(path.dirname(absolute), { recursive: true });
  writeFileSync(absolute, typeof content === "string" ? content : JSON.stringify(content));
}

function writePackage(folder: string, dependencies: string[], source: string): void {
  const listed = Object.fromEntries(dependencies.map((name) => [`@small/${name}`, "1.0.0"]));
  write(`packages/${folder}/package.json`, { name: `@small/${folder}`, version: "1.0.0", dependencies: listed });
  write(`packages/${folder}/src/index.ts`, source);
  write(`packages/${folder}/tsconfig.json`, {
    extends: "../tsconfig.base.json",
    compilerOptions: { rootDir: "src", outDir: "dist" },
    include: ["src"],
    references: dependencies.map((name) => ({ path: `../${name}` })),
  });
}

/** Runs the build and returns what it did, without the times. */
function build(): string {
  const output = execFileSync(process.execPath, ["packages/build.mjs"], { cwd: workspace, stdio: "pipe" }).toString();
  return output
    .trim()
    .split("\n")
    .at(-1)!
    .replace(/ \(?\d[\d.]* s\)?/g, "");
}

beforeAll(() => {
  workspace = mkdtempSync(path.join(tmpdir(), "workspace-"));
  cpSync(path.join(root, "packages/build.mjs"), path.join(workspace, "packages/build.mjs"));
  cpSync(path.join(root, "test/setup"), path.join(workspace, "test/setup"), { recursive: true });
  mkdirSync(path.join(workspace, "node_modules"));
  symlinkSync(path.join(root, "node_modules/typescript"), path.join(workspace, "node_modules/typescript"));
  write("package-lock.json", { packages: {} });
  write("node_modules/.package-lock.json", { packages: {} });
  write("packages/tsconfig.base.json", { compilerOptions: { composite: true, module: "commonjs", types: [] } });
  writePackage("base", [], "export const one = 1;\n");
  writePackage("app", ["base"], "export const two = 2;\n");
  write(
    "packages/app/build.mjs",
    `import { readFileSync, writeFileSync } from "node:fs";
export const outputs = ["dist/bundle.js"];
export async function build({ folder, root }) {
  const base = readFileSync(root + "/packages/base/dist/index.js", "utf8");
  writeFileSync(folder + "/dist/bundle.js", base + readFileSync(folder + "/dist/index.js", "utf8"));
}
`,
  );
});
afterAll(() => rmSync(workspace, { recursive: true }));

test("each thing is made once, and again when what it is made from has changed", () => {
  const bundle = path.join(workspace, "packages/app/dist/bundle.js");
  const steps: [string, () => void, string][] = [
    ["a bare clone", () => {}, "packages: compiled in, app built in"],
    ["nothing changed", () => {}, "packages: up to date"],
    ["an output is missing", () => rmSync(bundle), "packages: app built in"],
    ["a test changed", () => write("packages/app/src/a.test.ts", "export {};\n"), "packages: compiled in"],
    [
      "a package below changed",
      () => write("packages/base/src/index.ts", "export const one = 11;\n"),
      "packages: compiled in, app built in",
    ],
    [
      "the compiler's output is missing",
      () => rmSync(path.join(workspace, "packages/base/dist"), { recursive: true }),
      "packages: compiled in",
    ],
  ];
  const seen = steps.map(([title, change]) => {
    change();
    return [title, build()];
  });
  expect(seen).toEqual(steps.map(([title, , done]) => [title, done]));
  expect(readFileSync(bundle, "utf8")).toMatch(/one = 11;[\s\S]*two = 2;/);
});

test("an error of the compiler is shown and leaves no stamp", () => {
  write("packages/app/src/index.ts", "export const two: string = 2;\n");
  for (const _attempt of ["first", "second"]) {
    expect(build).toThrow(/tsc -b: exit \d\n.*packages\/app\/src\/index\.ts\(1,14\): error TS2322/);
  }
});
