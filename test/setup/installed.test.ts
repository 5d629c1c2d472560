import { callEach } from "./module-calls";

const lock = {
  packages: {
    "": { version: "0.1.0" },
    "node_modules/a": { version: "1.0.0", integrity: "sha512-a" },
    "node_modules/@mcpstack/model": { link: true },
    "node_modules/other-platform": { version: "1.0.0", integrity: "sha512-o", optional: true },
  },
};
const whole = {
  "node_modules/a": { version: "1.0.0", integrity: "sha512-a" },
  "node_modules/@mcpstack/model": { link: true },
};

test("what is installed is compared with the lock file, package by package", async () => {
  const rows: [string, object | undefined, string | undefined][] = [
    ["nothing there", undefined, "nothing is installed"],
    ["all there, but for another platform's", whole, undefined],
    ["another version", { ...whole, "node_modules/a": { version: "1.0.1" } }, "node_modules/a is 1.0.1, not 1.0.0"],
    [
      "the same version from elsewhere",
      { ...whole, "node_modules/a": { version: "1.0.0", integrity: "sha512-b" } },
      "node_modules/a is 1.0.0, not 1.0.0 with the checksum of the lock file",
    ],
    [
      "a workspace that is not linked",
      { "node_modules/a": whole["node_modules/a"] },
      "node_modules/@mcpstack/model is missing",
    ],
    [
      "an optional package of another version",
      { ...whole, "node_modules/other-platform": { version: "2.0.0" } },
      "node_modules/other-platform is 2.0.0, not 1.0.0",
    ],
    ["something more", { ...whole, "node_modules/b": { version: "1.0.0" } }, undefined],
  ];
  const outcomes = await callEach(
    "test/setup/installed.mjs",
    "installDifference",
    rows.map(([, packages]) => [lock, ...(packages === undefined ? [] : [{ packages }])]),
  );
  expect(rows.map(([title], index) => [title, outcomes[index]?.value])).toEqual(
    rows.map(([title, , difference]) => [title, difference]),
  );
});
