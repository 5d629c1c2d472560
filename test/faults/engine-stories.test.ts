// A seeded share of `npm run faults -- --engines`: the real programs and the built provider. A failing seed replays by the command that it names.
import { playReal, type RealEngine } from "./runs/real";

test.each<[RealEngine, number[]]>([
  ["terraform", [101, 103, 105, 107]],
  ["tofu", [102, 104, 106, 108]],
  ["pulumi", [109, 110, 111]],
])("%s: whatever goes wrong, one further apply, and program, state and API agree", async (engine, seeds) => {
  const broken: string[] = [];
  for (const seed of seeds)
    await playReal(engine, seed).catch((error: Error) =>
      broken.push(`npm run faults -- --engine ${engine} --seed ${seed}: ${error.message}`),
    );
  expect(broken).toEqual([]);
});
