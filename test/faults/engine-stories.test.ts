// A seeded share of `npm run faults -- --engines`: the real programs and the built provider. A failing seed replays by the command that it names.
import { playReal, type RealEngine } from "./runs/real";

// In three of four an apply is ended in its midst; in Pulumi's, the provider alone, both, nobody and the engine alone.
test.each<[RealEngine, number]>([
  ...[52, 101, 144, 399].map((seed): [RealEngine, number] => ["terraform", seed]),
  ...[85, 102, 257, 319].map((seed): [RealEngine, number] => ["tofu", seed]),
  ...[52, 85, 236, 399].map((seed): [RealEngine, number] => ["pulumi", seed]),
])(
  "whatever goes wrong, one further apply, and program, state and API agree: npm run faults -- --engine %s --seed %i",
  (engine, seed) => playReal(engine, seed),
);
