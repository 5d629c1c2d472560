// A seeded share of `npm run faults`. A failing seed replays by the command that it names.
import { type Counts, play } from "./runs/story";
import { faultKinds } from "./runs/strikes";

/** How often at least each must have been reached, so that the stories are known to prove something. */
const floors: Counts = {
  applied: 1_500,
  "apply failed": 80,
  "plan failed": 20,
  "create gateway": 400,
  "update gateway": 60,
  "delete gateway": 40,
  "create attachment": 400,
  "update attachment": 30,
  "delete attachment": 80,
  "edit: an attachment's address renamed": 40,
  "edit: a server named otherwise": 40,
  killed: 15,
  ...Object.fromEntries(
    faultKinds.map((kind) => [`${kind} of a ${kind === "stale-read" ? "read" : "write"}`, 6] as const),
  ),
};

test("whatever goes wrong on the way to the API: one further apply, and program, state and API agree", async () => {
  const counts: Counts = {};
  const broken: string[] = [];
  for (let seed = 1; seed <= 400; seed += 1) {
    await play(seed, { counts }).catch((error: Error) =>
      broken.push(`npm run faults -- --seed ${seed}: ${error.message}`),
    );
  }
  expect(broken).toEqual([]);
  const seldom = Object.entries(floors).filter(([what, least]) => (counts[what] ?? 0) < least);
  expect(seldom.map(([what, least]) => `${what}: ${counts[what] ?? 0} of ${least}`)).toEqual([]);
});

test("a seed tells the same story every time", async () => {
  const told = async () => {
    const lines: string[] = [];
    await play(7, { tell: (line) => lines.push(line) });
    return lines;
  };
  const first = await told();
  await play(8);
  expect(await told()).toEqual(first);
  expect(first.length).toBeGreaterThan(20);
});
