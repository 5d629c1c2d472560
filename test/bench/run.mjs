// `npm run bench`: measures what the project promises about speed, and prints one JSON object a line:
// {"name", "value", "unit", "of"}. Times are ratios to something measured in the same run, since machines differ and are noisy.
//   npm run bench                    everything
//   npm run bench -- startup plan    only the benchmarks of these names
import { ensureBuilt } from "../../packages/build.mjs";
import { ensureEngines } from "../engines/index.mjs";

/** Each module exports `bench({ log })`, which yields the figures; and the engines that it needs. */
const benchmarks = {
  startup: { module: "./startup.mjs", engines: [] },
  plan: { module: "./terraform.mjs", engines: ["terraform"] },
  memory: { module: "./memory.mjs", engines: ["terraform"] },
  pulumi: { module: "./pulumi.mjs", engines: ["pulumi"] },
  drift: { module: "./drift.mjs", engines: [] },
  review: { module: "./review.mjs", engines: [] },
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !Object.hasOwn(benchmarks, name));
if (unknown !== undefined) {
  console.error(`There is no benchmark ${unknown}: known are ${Object.keys(benchmarks).join(", ")}.`);
  process.exit(2);
}

// Figures alone go to standard output.
const log = (line) => console.error(line);
await ensureBuilt({ log });
for (const [name, { module, engines }] of Object.entries(benchmarks)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  log(`${name} …`);
  const { bench } = await import(module);
  const found = await ensureEngines(engines, { log });
  for await (const figure of bench({ log, engines: found })) console.log(JSON.stringify(figure));
}
