// The review as a command of its own, made from the options that the package describes. Prints nothing of its own.
import { createRequire } from "node:module";
import { parseArgs } from "node:util";

const { reviewOptions, runReview } = createRequire(import.meta.url)("../../packages/review");

const options = Object.fromEntries(
  reviewOptions.map(({ flag, value, repeated }) => [
    flag.replace(/^--/, ""),
    { type: value === undefined ? "boolean" : "string", multiple: repeated === true },
  ]),
);
const { values, positionals } = parseArgs({ options, allowPositionals: true });
const given = Object.fromEntries(
  reviewOptions.flatMap(({ flag, key }) => {
    const value = values[flag.replace(/^--/, "")];
    if (value === undefined) return [];
    return [[key, flag.startsWith("--no-") ? false : value]];
  }),
);
process.exitCode = await runReview(
  { input: positionals[0], ...given },
  {
    ...{ cwd: process.cwd(), env: process.env, stdin: process.stdin, stdout: process.stdout, stderr: process.stderr },
    ...{ now: new Date(), version: "0.1.0" },
  },
);
