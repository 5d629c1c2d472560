// A seeded share of `npm run faults -- --engines`: the real programs and the built provider. A failing seed replays by the command that it names.
import { playReal, type RealEngine } from "./runs/real";
import { type FaultKind, faultKinds } from "./runs/strikes";

/** What is made by a process that was killed, or is hidden by reads that lag, is proved at the core. */
const kinds: readonly FaultKind[] = faultKinds.filter((kind) => kind !== "stale-read");

test.each<[RealEngine, number[]]>([
  ["terraform", [101, 103, 105, 107]],
  ["tofu", [102, 104, 106, 108]],
])("%s: whatever goes wrong, one further apply, and program, state and API agree", async (engine, seeds) => {
  const broken: string[] = [];
  for (const seed of seeds)
    await playReal(engine, seed, { kinds, signals: ["SIGINT", "SIGTERM"] }).catch((error: Error) =>
      broken.push(`npm run faults -- --engine ${engine} --seed ${seed} --without stale-read,SIGKILL: ${error.message}`),
    );
  expect(broken).toEqual([]);
});
