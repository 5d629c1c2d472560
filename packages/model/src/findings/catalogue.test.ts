import {
  type FindingEntry,
  findingCatalogue,
  findingCodes,
  findingEntry,
  findingPage,
  type Symptom,
} from "./catalogue";
import { severityByCode } from "./finding";

describe.each(findingCodes.map((code) => ({ code, entry: findingCatalogue[code] })))("$code", ({ code, entry }) => {
  test("is a code that a policy may name", () => {
    expect(severityByCode.safeParse({ [code]: "info" }).success).toBe(true);
  });

  test("is told in whole sentences", () => {
    expect(entry.title).not.toMatch(/[.!]$/);
    expect(entry.meaning).toMatch(/^[A-Z`].*\.$/);
    expect(entry.action).toMatch(/^[A-Z`].*\.$/);
  });

  test("says which severity is its loudest where an exception is louder than the usual", () => {
    const { severity, except, loudest = severity }: FindingEntry = entry;
    const levels = ["info", "warn", "error"] as const;
    const named = levels.filter((level) =>
      new RegExp(`(?:^|[;.] )${level} (?:where|with|on|for)\\b`).test(except ?? ""),
    );
    expect(loudest).toBe(levels.filter((level) => level === severity || named.includes(level)).at(-1));
  });

  test("has a page that begins with its code and says what to do", () => {
    const page = findingPage(code);
    expect(page.startsWith(`# ${code}\n`)).toBe(true);
    expect(page).toContain(entry.action);
    expect(page).toContain(`| severity | ${entry.severity}`);
    expect(page.endsWith("\n")).toBe(true);
    for (const row of page.split("\n").filter((line) => line.startsWith("|"))) expect(row.split("|")).toHaveLength(4);
  });
});

test("Every symptom of the help page leads to at least one finding", () => {
  const symptoms: Symptom[] = [
    "callback fails",
    "invalid audience",
    "missing scopes",
    "metadata 404",
    "embedded exchange fails",
  ];
  for (const symptom of symptoms) {
    expect(findingCodes.filter((code) => findingEntry(code)?.symptoms?.includes(symptom)).length).toBeGreaterThan(0);
  }
});

test("A code that is not known has no entry, names of object members included", () => {
  expect(findingEntry("constructor")).toBeUndefined();
  expect(findingEntry("nothing")).toBeUndefined();
});
