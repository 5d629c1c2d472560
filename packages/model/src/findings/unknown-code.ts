import { findingCodes, findingEntry } from "./catalogue";

/** What is wrong with the code of a finding, with the nearest one that there is; undefined for one that there is. */
export function unknownCode(code: string): string | undefined {
  if (findingEntry(code) !== undefined) return undefined;
  const [nearest] = [...findingCodes].sort((a, b) => distance(code, a) - distance(code, b));
  return `is not the code of a finding: the nearest is "${nearest}" (docs/findings has all)`;
}

/** How many letters have to be put in, left out or exchanged to make one word of the other (Levenshtein), whatever separates its parts. */
function distance(from: string, to: string): number {
  const [a, b] = [from, to].map((word) => word.toLowerCase().replace(/[\s_.-]+/g, "-")) as [string, string];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const exchanged = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, exchanged));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
