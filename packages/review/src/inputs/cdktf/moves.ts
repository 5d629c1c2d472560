import { keyOf, withoutKey } from "./instances";

/** A `moved` block: addresses of resources, or of instances. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** Things by the names of resources, and by the keys of their instances. */
type Places<T> = Map<string, Map<string, T>>;

/**
 * Where the things of a state are once `moved` blocks were carried out, as both engines do it (`internal/refactoring/move_execute.go`): a
 * move whose target another one begins at comes first, and where something is, nothing moves to.
 *
 * @param things - By their addresses before.
 * @param isMany - Whether the thing under an address stands for all instances of its resource.
 * @returns The same things by their addresses after. What stands for many stays, and is at the place of each that moved away, too.
 */
export function afterMoves<T>(
  things: ReadonlyMap<string, T>,
  moves: readonly Move[],
  isMany: (address: string) => boolean,
): ReadonlyMap<string, T> {
  const order = inOrder(moves);
  if (order.length === 0) return things;
  const places: Places<T> = new Map();
  for (const [address, thing] of things) placesOf(places, withoutKey(address)).set(keyOf(address), thing);
  for (const move of order) carryOut(move, places, isMany);
  return new Map(
    [...places].flatMap(([name, keys]) => [...keys].map(([key, thing]) => [`${name}${key}`, thing] as const)),
  );
}

function placesOf<T>(places: Places<T>, name: string): Map<string, T> {
  const found = places.get(name) ?? new Map<string, T>();
  places.set(name, found);
  return found;
}

function carryOut<T>({ from, to }: Move, places: Places<T>, isMany: (address: string) => boolean): void {
  const [source, target] = [placesOf(places, withoutKey(from)), placesOf(places, withoutKey(to))];
  if (isWhole(from) && isWhole(to)) {
    if (target.size > 0) return;
    for (const [key, thing] of source) target.set(key, thing);
    source.clear();
    return;
  }
  const many = isMany(withoutKey(from)) ? source.get("") : undefined;
  const thing = source.get(keyOf(from)) ?? many;
  if (thing === undefined || target.has(keyOf(to))) return;
  target.set(keyOf(to), thing);
  if (many === undefined) source.delete(keyOf(from));
}

function isWhole(address: string): boolean {
  return keyOf(address) === "";
}

/** Each move behind those that it depends on. Engines refuse moves in a circle, and nothing moves. */
function inOrder(moves: readonly Move[]): Move[] {
  const byFrom = grouped(moves, ({ from }) => from);
  const byTo = grouped(moves, ({ to }) => to);
  const order = new Set<Move>();
  const open = new Set<Move>();
  const visit = (move: Move): boolean => {
    if (order.has(move)) return true;
    if (open.has(move)) return false;
    open.add(move);
    const { from, to } = move;
    const earlier = [
      ...(byTo.get(withoutKey(from)) ?? []).filter((one) => one.to === from || isWhole(from) !== isWhole(one.to)),
      ...(byTo.get(withoutKey(to)) ?? []).filter((one) => !isWhole(to) && isWhole(one.to)),
      ...(byFrom.get(withoutKey(from)) ?? []).filter((one) => isWhole(from) && !isWhole(one.from)),
    ];
    if (!earlier.every((one) => one === move || visit(one))) return false;
    open.delete(move);
    order.add(move);
    return true;
  };
  return moves.every(visit) ? [...order] : [];
}

function grouped(moves: readonly Move[], of: (move: Move) => string): ReadonlyMap<string, readonly Move[]> {
  const groups = new Map<string, Move[]>();
  for (const move of moves) {
    const name = withoutKey(of(move));
    const group = groups.get(name);
    if (group) group.push(move);
    else groups.set(name, [move]);
  }
  return groups;
}
