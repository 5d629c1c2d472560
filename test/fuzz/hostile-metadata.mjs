// The program of the fuzz suite: plays rounds and prints one line of JSON about them. It runs by itself, since under jest the same takes
// ten times as long. One round again: `node test/fuzz/hostile-metadata.mjs --documents 1 --responses 0 --seed 1234`.
import { parseArgs } from "node:util";
import { documentRound } from "./hostile-documents.mjs";
import { startResponses } from "./hostile-responses.mjs";
import { internalHost } from "./hostile-values.mjs";
import { problemsOf } from "./shown-texts.mjs";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    /** Rounds of documents; each reads several. */
    documents: { type: "string", default: "1500" },
    /** Answers over HTTP, at least; each round has several. */
    responses: { type: "string", default: "1200" },
  },
});
const first = Number(values.seed);
const total = (asked) => Object.values(asked).reduce((sum, count) => sum + count, 0);
const seeds = (count) => Array.from({ length: Number(count) }, (_, index) => first + index);

const summary = { documents: 0, rounds: 0, requests: 0, codes: {}, failures: [] };

/** Where a promise fails that nobody waits for, or a callback throws. */
for (const event of ["uncaughtException", "unhandledRejection"]) {
  process.on(event, (error) => summary.failures.push({ kind: event, problems: [String(error?.stack ?? error)] }));
}

async function play(kind, seed, round) {
  try {
    const { problems, codes, documents = 0 } = await round(seed);
    summary.documents += documents;
    summary.rounds += 1;
    for (const code of codes) summary.codes[code] = (summary.codes[code] ?? 0) + 1;
    if (problems.length > 0) summary.failures.push({ kind, seed, problems: problems.slice(0, 5) });
  } catch (error) {
    summary.failures.push({ kind, seed, problems: [error.stack] });
  }
}

for (const seed of seeds(values.documents)) await play("documents", seed, documentRound);

const responses = await startResponses();
let seed = first;
let left = Number(values.responses);
while (left > 0) {
  const before = total(await responses.tally());
  await Promise.all(
    Array.from({ length: 12 }, async () => {
      for (let round = 0; round < 10; round++) await play("responses", seed++, responses.round);
    }),
  );
  const asked = total(await responses.tally()) - before;
  // Where nothing is asked any more, something is wrong with the suite itself.
  left = asked === 0 ? 0 : left - asked;
}
const asked = await responses.tally();
await responses.close();
summary.requests = total(asked);
for (const [host, count] of Object.entries(asked)) {
  const problem = host.includes(internalHost)
    ? "an internal address was asked"
    : count > 40
      ? `${count} requests`
      : undefined;
  if (problem)
    summary.failures.push({ kind: "responses", seed: Number(/^h(\d+)/.exec(host)?.[1]), problems: [problem] });
}

/** What the checks must notice, or they would notice nothing. */
summary.noticed = ["\u001b[2J", "a\nb", "\u202ex", "\u2066", "\ud800", "x".repeat(5000)].filter(
  (text) =>
    problemsOf([{ code: "planted", severity: "warn", leg: "upstream", path: [], summary: text, fix: "" }], {
      markdown: true,
    }).length > 0,
).length;
summary.failed = summary.failures.length;
summary.failures = summary.failures.slice(0, 10);
process.stdout.write(`${JSON.stringify(summary)}\n`);
