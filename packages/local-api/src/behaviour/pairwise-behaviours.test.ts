import { mergeBehaviour } from "./merge-behaviour";
import { pairwiseBehaviours } from "./pairwise-behaviours";
import { behaviourNames, behaviourSwitches, defaultBehaviour } from "./switches";

describe("pairwise behaviours", () => {
  test("have every value of each switch beside every value of each other switch, in few rows", () => {
    const rows = pairwiseBehaviours().map((row) => mergeBehaviour(defaultBehaviour, row));
    const missing: string[] = [];
    for (const one of behaviourNames) {
      for (const other of behaviourNames.slice(behaviourNames.indexOf(one) + 1)) {
        for (const a of behaviourSwitches[one].values) {
          for (const b of behaviourSwitches[other].values) {
            if (!rows.some((row) => row[one] === a && row[other] === b)) missing.push(`${one}=${a} ${other}=${b}`);
          }
        }
      }
    }
    expect(missing).toEqual([]);
    expect(rows.length).toBeLessThan(50);
  });

  test("leave switches out, and are the same each time", () => {
    const rows = pairwiseBehaviours(["maskedSecret", "fills"]);
    expect(rows.some((row) => "maskedSecret" in row || "fills" in row)).toBe(false);
    expect(pairwiseBehaviours(["maskedSecret", "fills"])).toEqual(rows);
  });
});
