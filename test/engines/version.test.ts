import { callEach } from "../setup/module-calls";

const tested = "test/engines/version.mjs";

test("the version is found in what each engine prints", async () => {
  const outputs: [string, string | undefined][] = [
    ["Terraform v1.11.4\non linux_amd64\n", "1.11.4"],
    ["There are some problems with the CLI configuration:\n\nTerraform v1.15.0-dev\non linux_amd64\n", "1.15.0-dev"],
    ["OpenTofu v1.12.6\non linux_amd64\n+ provider registry.opentofu.org/a/b v3.2.1\n", "1.12.6"],
    ["v3.259.0\n", "3.259.0"],
    ["3.259.0-alpha.1\n", "3.259.0-alpha.1"],
    ["Terraform v1.11\n", undefined],
    ["", undefined],
  ];
  const found = await callEach(
    tested,
    "versionIn",
    outputs.map(([output]) => [output]),
  );
  expect(found.map(({ value }) => value)).toEqual(outputs.map(([, version]) => version));
});

test("a version is new enough from the minimum on, whatever follows a hyphen", async () => {
  const rows: [string, string, boolean][] = [
    ["1.11.0", "1.11.0", true],
    ["1.11.4", "1.11.0", true],
    ["1.9.8", "1.11.0", false],
    ["2.0.0", "1.11.0", true],
    ["1.15.0-dev", "1.15.0", true],
    ["1.14.9", "1.15.0", false],
    ["0.99.99", "1.0.0", false],
  ];
  const judged = await callEach(
    tested,
    "isAtLeast",
    rows.map(([version, minimum]) => [version, minimum]),
  );
  expect(judged.map(({ value }) => value)).toEqual(rows.map(([, , enough]) => enough));
});
