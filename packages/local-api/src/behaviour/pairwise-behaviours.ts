import { type BehaviourName, behaviourNames, behaviourSwitches, type ServerBehaviour } from "./switches";

type Value = string | number;
type Row = Map<BehaviourName, Value>;

/**
 * Behaviours that together have every value of each switch beside every value of each other switch, in far fewer rows
 * than there are combinations. Always the same ones, in the same order.
 * @param without switches that are left out of every row, to keep what the API has
 */
export function pairwiseBehaviours(without: readonly BehaviourName[] = []): Partial<ServerBehaviour>[] {
  const names = behaviourNames.filter((name) => !without.includes(name));
  const uncovered = allPairs(names);
  const rows: Partial<ServerBehaviour>[] = [];
  for (const seed of uncovered.values()) {
    const row: Row = new Map(seed);
    for (const name of names) {
      if (!row.has(name)) row.set(name, bestValue(name, row, uncovered));
    }
    for (const [one, other] of pairsOf([...row])) uncovered.delete(key(one, other));
    rows.push(Object.fromEntries(row) as Partial<ServerBehaviour>);
  }
  return rows;
}

type Choice = readonly [BehaviourName, Value];

/** The value that covers most of what is not covered yet, beside what the row has already. */
function bestValue(name: BehaviourName, row: Row, uncovered: ReadonlyMap<string, unknown>): Value {
  let best: { value: Value; gain: number } | undefined;
  for (const value of values(name)) {
    const gain = [...row].filter((choice) => uncovered.has(key(choice, [name, value]))).length;
    if (best === undefined || gain > best.gain) best = { value, gain };
  }
  if (best === undefined) throw new Error(`the switch ${name} has no values`);
  return best.value;
}

function allPairs(names: readonly BehaviourName[]): Map<string, Choice[]> {
  const choices = names.flatMap((name) => values(name).map((value): Choice => [name, value]));
  const pairs = pairsOf(choices).filter(([one, other]) => one[0] !== other[0]);
  return new Map(pairs.map(([one, other]) => [key(one, other), [one, other]]));
}

function pairsOf(choices: readonly Choice[]): [Choice, Choice][] {
  return choices.flatMap((one, at) => choices.slice(at + 1).map((other): [Choice, Choice] => [one, other]));
}

/** The same for a pair in either order. */
function key(one: Choice, other: Choice): string {
  return [one.join("="), other.join("=")].sort().join("&");
}

function values(name: BehaviourName): readonly Value[] {
  return behaviourSwitches[name].values;
}
