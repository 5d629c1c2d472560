// From a bare clone to built packages: installs, compiles, and runs each package's own build step, each only when
// what it is made from has changed. `npm run build` runs it; the demo, the tests and the benchmark call ensureBuilt.
//
// A package's own step is its build.mjs, an ES module that exports
//   build({root, folder, log})   makes the outputs; returns when they are there
//   outputs                      their paths, relative to the package's folder; a missing one means "build again"
//   inputs                       optional: paths outside packages/ that it reads too, relative to the root
// It is run again when a source of its package, of a package that it depends on, or the lock file changes.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { run, secondsSince } from "../test/setup/command.mjs";
import { installDifference } from "../test/setup/installed.mjs";
import { withLock } from "../test/setup/lock.mjs";
import { dependencyOrder } from "../test/setup/order.mjs";
import { filesUnder, hashOf, isStamped, writeStamp } from "../test/setup/stamp.mjs";

const root = path.resolve(import.meta.dirname, "..");
const inRoot = (...parts) => path.join(root, ...parts);
const stamps = inRoot(".cache/build");

/**
 * Makes sure that everything is installed and built, and says in one last line what it did.
 * Rejects with CommandFailed, whose message has the compiler's last lines.
 * @param {{log: (line: string) => void}} options
 */
export async function ensureBuilt({ log }) {
  const start = Date.now();
  const done = [];
  await withLock(path.join(stamps, "lock"), { label: "build", log }, async () => {
    await install(log, done);
    const packages = readPackages();
    await compile(packages, log, done);
    await buildSteps(packages, log, done);
  });
  log(`packages: ${done.length === 0 ? "up to date" : done.join(", ")} (${secondsSince(start)})`);
}

async function install(log, done) {
  const difference = installDifference(readJson("package-lock.json"), readJson("node_modules/.package-lock.json"));
  if (difference === undefined) return;
  // npm's own answer to this lock file stands, also where it left out something that the file lists.
  const stamp = inRoot("node_modules/.installed-from");
  const hash = hashOf(root, [inRoot("package-lock.json")], [process.platform, process.arch]);
  if (isStamped(stamp, hash)) return;
  const start = Date.now();
  log(`npm install: ${difference}`);
  // Not `npm ci`: it refuses a lock file that lacks optional packages of other platforms, and npm leaves those out where
  // the registry does not have them. With --no-save the lock file is followed and stays as it is.
  const args = ["install", "--no-save", "--no-audit", "--no-fund"];
  const options = { label: "npm install", log, cwd: root };
  const npm = process.env.npm_execpath;
  if (npm?.endsWith(".js")) await run(process.execPath, [npm, ...args], options);
  else await run("npm", args, { ...options, shell: process.platform === "win32" });
  writeStamp(stamp, hash);
  done.push(`installed in ${secondsSince(start)}`);
}

/** Every package by its folder's name, in the order in which they are built. */
function readPackages() {
  const folders = readdirSync(inRoot("packages")).filter((name) =>
    existsSync(inRoot("packages", name, "package.json")),
  );
  const manifests = new Map(folders.map((folder) => [folder, readJson(`packages/${folder}/package.json`)]));
  const folderOf = new Map([...manifests].map(([folder, { name }]) => [name, folder]));
  const dependencies = new Map(
    [...manifests].map(([folder, { dependencies, devDependencies }]) => [
      folder,
      Object.keys({ ...dependencies, ...devDependencies }).flatMap((name) => folderOf.get(name) ?? []),
    ]),
  );
  return dependencyOrder([...dependencies]).map((folder) => ({ folder, dependencies: dependencies.get(folder) }));
}

async function compile(packages, log, done) {
  const folders = packages.map(({ folder }) => folder);
  const files = [
    ...folders.flatMap((folder) => [inRoot("packages", folder, "tsconfig.json"), ...sources(folder)]),
    inRoot("packages/tsconfig.base.json"),
    inRoot("package-lock.json"),
  ];
  const hash = hashOf(root, files);
  const stamp = path.join(stamps, "compiled");
  const complete = folders.every((folder) => existsSync(inRoot("packages", folder, "dist/index.js")));
  if (complete && isStamped(stamp, hash)) return;
  const start = Date.now();
  const tsc = inRoot("node_modules/typescript/bin/tsc");
  const args = [tsc, "-b", ...folders.map((folder) => `packages/${folder}`)];
  // Without its outputs tsc still takes an old .tsbuildinfo for a finished build.
  if (!complete) args.push("--force");
  await run(process.execPath, args, { label: "tsc -b", log, cwd: root });
  writeStamp(stamp, hash);
  done.push(`compiled in ${secondsSince(start)}`);
}

async function buildSteps(packages, log, done) {
  const hashes = new Map();
  for (const { folder, dependencies } of packages) {
    const home = inRoot("packages", folder);
    const script = path.join(home, "build.mjs");
    const step = existsSync(script) ? await import(pathToFileURL(script).href) : undefined;
    const hash = hashOf(
      root,
      stepInputs(folder, step),
      dependencies.map((name) => hashes.get(name)),
    );
    hashes.set(folder, hash);
    if (step === undefined) continue;
    const stamp = path.join(stamps, folder);
    const complete = step.outputs.every((output) => existsSync(path.join(home, output)));
    if (complete && isStamped(stamp, hash)) continue;
    const start = Date.now();
    await step.build({ root, folder: home, log });
    writeStamp(stamp, hash);
    done.push(`${folder} built in ${secondsSince(start)}`);
  }
}

function stepInputs(folder, step) {
  const own = sources(folder).filter((file) => !file.endsWith(".test.ts"));
  const further = (step?.inputs ?? []).map((input) => inRoot(input));
  const script = inRoot("packages", folder, "build.mjs");
  const shared = [inRoot("packages", folder, "package.json"), inRoot("package-lock.json")];
  return [...own, ...further, ...shared, ...(step === undefined ? [] : [script])];
}

const sources = (folder) => filesUnder(inRoot("packages", folder, "src"));

/** A JSON file of the project, or undefined when it is not there. */
function readJson(file) {
  const absolute = inRoot(file);
  return existsSync(absolute) ? JSON.parse(readFileSync(absolute, "utf8")) : undefined;
}

if (import.meta.url === pathToFileURL(path.resolve(process.argv[1] ?? "")).href) {
  ensureBuilt({ log: (line) => console.log(line) }).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
