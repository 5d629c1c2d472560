// The order in which packages are built.

/**
 * Sorts packages so that each comes after those it depends on; otherwise by name.
 * @param {Array<[string, string[]]>} packages each one's name and what it depends on; names not in the list are left out
 * @returns {string[]}
 */
export function dependencyOrder(packages) {
  const dependencies = new Map(packages);
  const order = [];
  const open = new Set();
  const visit = (name, trail) => {
    if (order.includes(name) || !dependencies.has(name)) return;
    if (open.has(name)) throw new Error(`packages depend on each other in a circle: ${[...trail, name].join(" -> ")}`);
    open.add(name);
    for (const next of [...dependencies.get(name)].sort()) visit(next, [...trail, name]);
    order.push(name);
  };
  for (const name of [...dependencies.keys()].sort()) visit(name, []);
  return order;
}
