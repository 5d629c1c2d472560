// `npm test`: installs and builds what is missing, checks formatting, lint and types, makes sure of the real engines,
// and runs every test. Arguments go to jest: `npm test -- packages/model`. The last line is "N passed, N failed".
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { ensureBuilt } from "../packages/build.mjs";
import { engineEnvironment, engineNames, ensureEngines } from "./engines/index.mjs";
import { run, secondsSince } from "./setup/command.mjs";
import { isFilteredByName, judgeTests, needEngines } from "./setup/verdict.mjs";

const root = path.resolve(import.meta.dirname, "..");
const log = (line) => console.log(line);
const inModules = (file) => path.join(root, "node_modules", file);
const jest = inModules("jest/bin/jest.js");

/** Runs one counted check. Returns whether it passed; a failure is printed, not thrown. */
async function check(name, work) {
  const start = Date.now();
  try {
    await work();
    log(`${name}: passed (${secondsSince(start)})`);
    return true;
  } catch (error) {
    log(`${name}: FAILED (${secondsSince(start)})\n${error.message}`);
    return false;
  }
}

const lint = () =>
  run(process.execPath, [inModules("@biomejs/biome/bin/biome"), "check", "--colors=off", "."], {
    ...{ label: "biome check", log, cwd: root },
  });

const typeCheck = () =>
  run(process.execPath, [inModules("typescript/bin/tsc"), "-b"], { label: "tsc -b", log, cwd: root });

/** The test files that jest would run with these arguments, relative to the root. */
async function selectedTests(args) {
  const output = await run(process.execPath, [jest, "--listTests", ...args], {
    label: "listing tests",
    log,
    cwd: root,
  });
  return output
    .split("\n")
    .filter(Boolean)
    .map((file) => path.relative(root, file).split(path.sep).join("/"));
}

/** Runs jest and returns its verdict. */
async function runTests(args, environment) {
  const results = path.join(root, ".cache/jest-results.json");
  mkdirSync(path.dirname(results), { recursive: true });
  rmSync(results, { force: true });
  const fixed = ["--ci", "--maxWorkers=2", "--json", `--outputFile=${results}`];
  const status = await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [jest, ...fixed, ...args], {
      cwd: root,
      env: { ...ownEnvironment(), ...environment },
      // With --json jest prints the results to standard output as well as to the file; its report is on standard error.
      stdio: ["ignore", "ignore", "inherit"],
    });
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (!existsSync(results)) return { passed: 0, failed: 1, complaints: [`jest ended with ${status} and no results`] };
  const verdict = judgeTests(JSON.parse(readFileSync(results, "utf8")), { filteredByName: isFilteredByName(args) });
  if (verdict.passed + verdict.failed === 0) return { passed: 0, failed: 1, complaints: ["no test was run"] };
  if (status !== 0 && verdict.failed === 0) {
    return { ...verdict, failed: 1, complaints: [`jest ended with ${status} though no test failed`] };
  }
  return verdict;
}

/** The environment without what would lead tests to somebody's real organization, plug-in cache or state. */
function ownEnvironment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(MCPSTACK|TF|PULUMI)_/.test(name)));
}

async function main(args) {
  const start = Date.now();
  let passed = 0;
  let failed = 0;
  const count = (ok) => {
    if (ok) passed++;
    else failed++;
    return ok;
  };

  const giveUp = new AbortController();
  // Without arguments every engine is needed, and nothing stands in the way of building them beside the packages.
  let engines = args.length === 0 ? startEngines(giveUp.signal) : undefined;
  if (count(await check("build", () => ensureBuilt({ log })))) {
    count(await check("format and lint", lint));
    count(await check("types", typeCheck));
    if (engines === undefined && needEngines(await selectedTests(args))) engines = startEngines(giveUp.signal);
    let environment = {};
    if (engines !== undefined) {
      // Without engines the tests that need one fail, and the others are still worth running.
      const ready = async () => {
        environment = engineEnvironment(await engines);
      };
      count(await check("engines", ready));
    }
    const verdict = await runTests(args, environment);
    passed += verdict.passed;
    failed += verdict.failed;
    for (const complaint of verdict.complaints) log(complaint);
  } else {
    giveUp.abort();
    await engines?.catch(() => {});
  }
  log(`${secondsSince(start)} in all`);
  log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

/** Starts making the engines. Whoever awaits the result meets its failure, and until then it does not end the process. */
function startEngines(signal) {
  const engines = ensureEngines(engineNames, { log, signal });
  engines.catch(() => {});
  return engines;
}

await main(process.argv.slice(2));
