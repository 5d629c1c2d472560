// A seeded share of `npm run faults`. A failing seed replays by the command that it names.
import { type Counts, play } from "./runs/story";
import { type FaultKind, faultKinds } from "./runs/strikes";

/** How often at least each must have been reached, so that the stories are known to prove something. */
const floors: Counts = {
  applied: 1_000,
  "apply failed": 80,
  "plan failed": 20,
  "create gateway": 400,
  "update gateway": 60,
  "delete gateway": 40,
  "create attachment": 400,
  "update attachment": 40,
  "delete attachment": 80,
  "edit: an attachment's address renamed": 40,
  "edit: a server named otherwise": 40,
  ...Object.fromEntries(
    faultKinds.filter((kind) => kind !== "stale-read").map((kind) => [`${kind} of a write`, 6] as const),
  ),
};

test("whatever goes wrong on the way to the API: one further apply, and program, state and API agree", async () => {
  const counts: Counts = {};
  const broken: string[] = [];
  for (let seed = 1; seed <= 200; seed += 1) {
    await play(seed, { kinds, signals: ["SIGINT", "SIGTERM"], counts }).catch((error: Error) =>
      broken.push(`npm run faults -- --seed ${seed}: ${error.message}`),
    );
  }
  expect(broken).toEqual([]);
  const seldom = Object.entries(floors).filter(([what, least]) => (counts[what] ?? 0) < least);
  expect(seldom.map(([what, least]) => `${what}: ${counts[what] ?? 0} of ${least}`)).toEqual([]);
});

const kinds: readonly FaultKind[] = faultKinds.filter((kind) => kind !== "stale-read");

test("a seed tells the same story every time", async () => {
  const told = async () => {
    const lines: string[] = [];
    await play(7, { kinds, signals: ["SIGINT"], tell: (line) => lines.push(line) });
    return lines;
  };
  const first = await told();
  await play(8, { kinds, signals: [] });
  expect(await told()).toEqual(first);
  expect(first.length).toBeGreaterThan(20);
});
