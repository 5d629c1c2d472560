import { callEach } from "./module-calls";

const tested = "test/setup/verdict.mjs";

const file = (name: string, statuses: string[], status = statuses.includes("failed") ? "failed" : "passed") => ({
  name,
  status,
  assertionResults: statuses.map((each) => ({ status: each, fullName: `a ${each} test` })),
});
const results = (...testResults: ReturnType<typeof file>[]) => ({
  numPassedTests: testResults.flatMap((one) => one.assertionResults).filter(({ status }) => status === "passed").length,
  testResults,
});

test("every test that did not pass is counted as failed, and skipped ones are named", async () => {
  const mixed = results(file("a.test.ts", ["passed", "failed", "pending", "todo"]), file("b.test.ts", ["passed"]));
  const broken = results(file("c.test.ts", [], "failed"));
  const brokenLater = results(file("d.test.ts", ["passed"], "failed"));
  const outcomes = await callEach(tested, "judgeTests", [
    [mixed, { filteredByName: false }],
    [mixed, { filteredByName: true }],
    [broken, { filteredByName: false }],
    [brokenLater, { filteredByName: false }],
  ]);
  const skipped = (status: string) => `${status} is not accepted: a ${status} test (a.test.ts)`;
  expect(outcomes.map(({ value }) => value)).toEqual([
    { passed: 2, failed: 3, complaints: [skipped("pending"), skipped("todo")] },
    { passed: 2, failed: 2, complaints: [skipped("todo")] },
    { passed: 0, failed: 1, complaints: ["could not be run: c.test.ts"] },
    { passed: 1, failed: 1, complaints: ["could not be run: d.test.ts"] },
  ]);
});

test("engines are needed for the tests of the whole and of the plugin library only", async () => {
  const rows: [string[], boolean][] = [
    [["packages/model/src/issuer.test.ts", "test/setup/order.test.ts", "test/engines/zip.test.ts"], false],
    [["packages/model/src/issuer.test.ts", "test/e2e/apply.test.ts"], true],
    [["packages/tfplugin/src/server/serve.test.ts"], true],
    [[], false],
  ];
  const outcomes = await callEach(
    tested,
    "needEngines",
    rows.map(([files]) => [files]),
  );
  expect(outcomes.map(({ value }) => value)).toEqual(rows.map(([, needed]) => needed));
});

test("jest's two ways to filter by name are recognised", async () => {
  const rows: [string[], boolean][] = [
    [["-t", "issuer"], true],
    [["-tissuer"], true],
    [["--testNamePattern=issuer"], true],
    [["packages/model", "--selectProjects", "unit"], false],
    [["packages/test-t"], false],
  ];
  const outcomes = await callEach(
    tested,
    "isFilteredByName",
    rows.map(([args]) => [args]),
  );
  expect(outcomes.map(({ value }) => value)).toEqual(rows.map(([, filtered]) => filtered));
});
