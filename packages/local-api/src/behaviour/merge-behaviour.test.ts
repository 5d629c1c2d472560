import { BehaviourError } from "./behaviour-error";
import { mergeBehaviour, parseBehaviour } from "./merge-behaviour";
import { behaviourNames, behaviourSwitches, defaultBehaviour } from "./switches";

describe("behaviour", () => {
  test("is by default the first value of every switch", () => {
    expect(defaultBehaviour).toMatchObject({ scopesForm: "array", pageSize: 50, createStatus: 201 });
    expect(Object.keys(defaultBehaviour)).toEqual(behaviourNames);
  });

  test.each(behaviourNames)(
    "%s has at least two values or takes any number, no value twice, and says what it is about",
    (name) => {
      const { values, about }: { values: readonly unknown[]; about: string } = behaviourSwitches[name];
      expect(new Set(values).size).toBe(values.length);
      expect(values.length).toBeGreaterThan(typeof values[0] === "number" ? 0 : 1);
      expect(about).not.toBe("");
    },
  );

  test("keeps what a patch does not name", () => {
    const merged = mergeBehaviour({ ...defaultBehaviour, urls: "whatwg" }, { putAnswer: "204" });
    expect(merged).toEqual({ ...defaultBehaviour, urls: "whatwg", putAnswer: "204" });
  });

  test.each([
    [{ scopeForm: "array" }, /no switch "scopeForm"/],
    [{ scopesForm: "tuple" }, /scopesForm must be one of array, shuffled/],
    [{ pageSize: 0 }, /pageSize must be a positive whole number/],
    [{ readLag: -1 }, /readLag must be a whole number/],
  ])("refuses %j, which would test nothing", (patch, message) => {
    const merge = () => mergeBehaviour(defaultBehaviour, patch as object);
    expect(merge).toThrow(BehaviourError);
    expect(merge).toThrow(message);
  });

  test("is read from a command line's texts", () => {
    expect(parseBehaviour(["pageSize=3", "createStatus=200", "nothingAttached=404"])).toEqual({
      pageSize: 3,
      createStatus: 200,
      nothingAttached: "404",
    });
    expect(() => parseBehaviour(["pageSize"])).toThrow(/switch=value/);
  });
});
