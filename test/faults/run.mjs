// `npm run faults`: program, state and API agree, whatever happens between them.
//   npm run faults -- --seeds 10000        so many stories at the core, in two processes
//   npm run faults -- --seed 17            the story of one seed, told line by line
//   --from 501                             begins with another seed than 1
//   --without 429,kill                     leaves kinds of faults out
import { spawn } from "node:child_process";
import os from "node:os";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { bundledStories } from "./runs/bundle.mjs";

const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    seeds: { type: "string" },
    from: { type: "string", default: "1" },
    without: { type: "string", default: "" },
    workers: { type: "string" },
  },
});

const program = await bundledStories();
const start = Date.now();
if (values.seed !== undefined) {
  const failed = await storiesIn(["--from", values.seed, "--tell", "--without", values.without], (line) =>
    console.log(line),
  );
  process.exitCode = failed === 0 ? 0 : 1;
} else {
  const workers = Number(values.workers ?? Math.min(2, os.availableParallelism()));
  const seeds = Number(values.seeds ?? 300);
  const from = Number(values.from);
  const counts = {};
  const seen = {};
  const each = (line) => {
    const { seed, ok, rule, error, counts: more } = JSON.parse(line);
    for (const [what, count] of Object.entries(more ?? {})) seen[what] = (seen[what] ?? 0) + count;
    if (ok || more) return;
    counts[rule] = (counts[rule] ?? 0) + 1;
    console.log(
      `seed ${seed}: ${rule || "thrown"}: ${error}\n  npm run faults -- --seed ${seed}${values.without ? ` --without ${values.without}` : ""}`,
    );
  };
  const shares = Array.from({ length: workers }, (_, at) => {
    const share = Math.ceil((seeds - at) / workers);
    return storiesIn(
      ["--from", String(from + at), "--step", String(workers), "--seeds", String(share), "--without", values.without],
      each,
    );
  });
  const failed = (await Promise.all(shares)).reduce((sum, one) => sum + one, 0);
  const told = Object.entries(seen).sort(([, a], [, b]) => b - a);
  console.log(`seen: ${told.map(([what, count]) => `${what} ${count}`).join(", ")}`);
  for (const [rule, count] of Object.entries(counts)) console.log(`${count} × ${rule || "thrown"}`);
  console.log(
    `${seeds - failed} of ${seeds} seeds hold, ${failed} do not (${Math.round((Date.now() - start) / 1000)} s)`,
  );
  process.exitCode = failed === 0 ? 0 : 1;
}

/** Plays in a process of its own; gives how many seeds do not hold. */
function storiesIn(args, each) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "inherit"] });
    let failed = 0;
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (line.startsWith('{"seed"') && !JSON.parse(line).ok) failed += 1;
      each(line);
    });
    child.on("error", reject);
    child.on("close", (status) =>
      status === 0 ? resolve(failed) : reject(new Error(`a process ended with ${status}`)),
    );
  });
}
