// `npm run faults`: program, state and API agree, whatever happens between them.
//   npm run faults -- --seeds 10000          so many stories at the core, in a process for each processor
//   npm run faults -- --engines              300 stories of Terraform and OpenTofu in turn and, since they take longer, 50 of Pulumi, with
//                                            the real programs
//   npm run faults -- --seed 17              the story of one seed, told line by line
//   --engine core|terraform|tofu|pulumi      whose story that is; with --seeds, whose stories they are. Default: core
//   --from 501                               begins with another seed than 1
//   --without 429,SIGKILL                    leaves kinds of faults or signals out
import { spawn } from "node:child_process";
import os from "node:os";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { ensureBuilt } from "../../packages/build.mjs";
import { engineEnvironment, ensureEngines } from "../engines/index.mjs";

const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    seeds: { type: "string" },
    from: { type: "string", default: "1" },
    engine: { type: "string", default: "core" },
    engines: { type: "boolean", default: false },
    without: { type: "string", default: "" },
    workers: { type: "string", default: String(os.availableParallelism()) },
  },
});

const log = (line) => console.error(line);
const programs = { core: [], terraform: ["terraform"], tofu: ["opentofu"], pulumi: ["pulumi"] };
const engines = values.engines ? ["terraform", "tofu", "pulumi"] : [values.engine];
const unknown = engines.find((name) => !Object.hasOwn(programs, name));
if (unknown !== undefined) {
  log(`There is no engine ${unknown}: known are ${Object.keys(programs).join(", ")}.`);
  process.exit(2);
}
await ensureBuilt({ log });
const wanted = engines.flatMap((name) => programs[name]);
const environment = wanted.length > 0 ? engineEnvironment(await ensureEngines(wanted, { log })) : {};
// What it is made with is there only after the build.
const { bundledStories } = await import("./runs/bundle.mjs");
const program = await bundledStories();

const failed = values.seed === undefined ? await many() : await one(values.seed);
process.exitCode = failed === 0 ? 0 : 1;

/** Tells the story of one seed. */
function one(seed) {
  const args = ["--from", seed, "--tell", "--engine", values.engine, "--without", values.without];
  return played(args, (result) => {
    if (result.seed !== undefined)
      log(result.ok ? `seed ${seed} holds` : `seed ${seed}: ${result.rule}: ${result.error}`);
  });
}

/** Plays many seeds; says which do not hold, and what was reached in all. */
async function many() {
  const start = Date.now();
  const broken = {};
  const seen = {};
  const each = (engine) => (result) => {
    add(seen, result.counts ?? {});
    if (result.ok !== false) return;
    const { seed, rule, error } = result;
    add(broken, { [rule]: 1 });
    const options = [engine === "core" ? "" : ` --engine ${engine}`, values.without && ` --without ${values.without}`];
    log(`seed ${seed}: ${rule}: ${error}\n  npm run faults -- --seed ${seed}${options.join("")}`);
  };
  const seeds = Number(values.seeds ?? 300);
  const from = Number(values.from);
  const lots = values.engines
    ? [
        { engine: "terraform", from, step: 2, count: Math.ceil(seeds / 2) },
        { engine: "tofu", from: from + 1, step: 2, count: Math.floor(seeds / 2) },
        { engine: "pulumi", from, step: 1, count: Math.ceil(seeds / 6) },
      ]
    : [{ engine: values.engine, from, step: 1, count: seeds }];
  const waiting = lots.flatMap(sharesOf);
  let failed = 0;
  const working = Array.from({ length: Number(values.workers) }, async () => {
    for (let share = waiting.shift(); share; share = waiting.shift()) {
      const more = await played([...share.args, "--without", values.without], each(share.engine));
      failed += more;
    }
  });
  await Promise.all(working);
  const told = (counts) =>
    Object.entries(counts)
      .sort(([, a], [, b]) => b - a)
      .map(([what, count]) => `${what} ${count}`)
      .join(", ");
  log(`reached: ${told(seen)}`);
  if (failed > 0) log(`broken: ${told(broken)}`);
  const all = lots.reduce((sum, { count }) => sum + count, 0);
  console.log(`${all - failed} of ${all} seeds hold, ${failed} do not (${Math.round((Date.now() - start) / 1000)} s)`);
  return failed;
}

/** A lot of seeds in as many shares as there are workers. */
function sharesOf({ engine, from, step, count }) {
  const workers = Math.min(Number(values.workers), count);
  return Array.from({ length: workers }, (_, at) => {
    const first = String(from + at * step);
    const share = String(Math.ceil((count - at) / workers));
    const args = ["--from", first, "--step", String(step * workers), "--seeds", share, "--engine", engine];
    return { engine, args };
  });
}

function add(counts, more) {
  for (const [what, count] of Object.entries(more)) counts[what] = (counts[what] ?? 0) + count;
}

/** Plays in a process of its own, and hands on each result; every other line is printed. Gives how many seeds do not hold. */
function played(args, each) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, ...environment },
    });
    let failed = 0;
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (!line.startsWith("{")) return console.log(line);
      const result = JSON.parse(line);
      if (result.ok === false) failed += 1;
      each(result);
    });
    child.on("error", reject);
    child.on("close", (status) =>
      status === 0 ? resolve(failed) : reject(new Error(`a process ended with ${status}`)),
    );
  });
}
