// One process of `npm run faults`: plays seeds, and says which do not hold.
import { parseArgs } from "node:util";
import { Broken } from "./agreement";
import { signals } from "./engine";
import { playReal, type RealEngine, realEngines } from "./real";
import { type Counts, play, type StoryOptions } from "./story";
import { type FaultKind, faultKinds } from "./strikes";

const { values } = parseArgs({
  options: {
    from: { type: "string", default: "1" },
    seeds: { type: "string", default: "1" },
    step: { type: "string", default: "1" },
    engine: { type: "string", default: "core" },
    without: { type: "string", default: "" },
    tell: { type: "boolean", default: false },
  },
});

const without = values.without.split(",");
const counts: Counts = {};
const options: StoryOptions = {
  counts,
  kinds: faultKinds.filter((kind) => !without.includes(kind)) as FaultKind[],
  signals: signals.filter((signal) => !without.includes(signal)),
  ...(values.tell && { tell: (line: string) => console.log(line) }),
};

function engineNamed(name: string): RealEngine {
  const engine = realEngines.find((one) => one === name);
  if (!engine) throw new Error(`There is no engine ${name}: known are core, ${realEngines.join(", ")}.`);
  return engine;
}

async function main(): Promise<void> {
  const from = Number(values.from);
  const step = Number(values.step);
  for (let at = 0; at < Number(values.seeds); at += 1) {
    const seed = from + at * step;
    try {
      if (values.engine === "core") await play(seed, options);
      else await playReal(engineNamed(values.engine), seed, options);
      console.log(JSON.stringify({ seed, ok: true }));
    } catch (error) {
      const rule = error instanceof Broken ? error.rule : "thrown";
      console.log(
        JSON.stringify({
          seed,
          ok: false,
          rule,
          error: error instanceof Broken ? error.detail : String((error as Error).stack),
        }),
      );
    }
  }
  console.log(JSON.stringify({ counts }));
}

void main();
