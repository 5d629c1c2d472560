// What a test run comes to: one count of everything that was checked.

/**
 * Counts jest's results (the JSON of `jest --json`). A skipped or todo test is a failure: nothing here may be skipped.
 * A test file that cannot be run counts as one failure.
 * @param {{numPassedTests: number, testResults: Array<{name: string, status: string, assertionResults: Array<{status: string, fullName: string}>}>}} results
 * @param {{filteredByName: boolean}} options with `-t`, jest reports the tests that were left out as pending
 * @returns {{passed: number, failed: number, complaints: string[]}}
 */
export function judgeTests(results, { filteredByName }) {
  const complaints = [];
  let failed = 0;
  for (const { name, status, assertionResults } of results.testResults) {
    for (const test of assertionResults) {
      if (test.status === "passed") continue;
      if (filteredByName && test.status === "pending") continue;
      failed++;
      if (test.status !== "failed") complaints.push(`${test.status} is not accepted: ${test.fullName} (${name})`);
    }
    const blamed = assertionResults.some((test) => test.status === "failed");
    if (status === "failed" && !blamed) {
      failed++;
      complaints.push(`could not be run: ${name}`);
    }
  }
  return { passed: results.numPassedTests, failed, complaints };
}

/**
 * Whether the tests in these files need real engines: those of the whole (all but this project's own set-up) and
 * those of the plugin library, which Terraform drives.
 * @param {string[]} files paths relative to the root, with forward slashes
 */
export function needEngines(files) {
  return files.some((file) => {
    if (/^test\/(setup|engines)\//.test(file)) return false;
    return file.startsWith("test/") || file.startsWith("packages/tfplugin/");
  });
}

/** Whether jest was asked for tests by their name. */
export function isFilteredByName(args) {
  return args.some((arg) => /^(-t.*|--testNamePattern(=.*)?)$/.test(arg));
}
