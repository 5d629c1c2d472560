// Unit tests sit beside the code they test; what crosses packages is under test/.
const path = require("node:path");

/** Workspace packages are tested from their sources, so that a test never sees a stale build. */
const moduleNameMapper = {
  "^@mcpstack/([a-z-]+)$": "<rootDir>/packages/$1/src/index.ts",
};

const common = {
  rootDir: __dirname,
  testEnvironment: "node",
  moduleNameMapper,
  transform: { "\\.ts$": ["@swc/jest", { jsc: { target: "es2022" }, module: { type: "commonjs" } }] },
  modulePathIgnorePatterns: ["<rootDir>/packages/[^/]+/dist/", "<rootDir>/.cache/"],
};

module.exports = {
  cacheDirectory: path.join(__dirname, ".cache/jest"),
  // Real engines take seconds a step, and more on a busy machine.
  testTimeout: 300_000,
  projects: [
    { ...common, displayName: "unit", testMatch: ["<rootDir>/packages/*/src/**/*.test.ts"] },
    { ...common, displayName: "whole", testMatch: ["<rootDir>/test/**/*.test.ts"] },
  ],
};
