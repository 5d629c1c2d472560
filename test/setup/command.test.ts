import { execFileSync } from "node:child_process";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** Runs a script of Node through run() and prints what came of it. */
function outcome(program: string, args: string[]): string {
  const script = `
    import { run } from ${JSON.stringify(pathToFileURL(path.join(__dirname, "command.mjs")).href)};
    try {
      console.log("value: " + (await run(process.argv[1], JSON.parse(process.argv[2]), { label: "build", log() {} })));
    } catch (error) {
      console.log(error.code + ": " + error.message);
    }`;
  return execFileSync(process.execPath, [
    ...["--input-type=module", "--eval", script, program, JSON.stringify(args)],
  ]).toString();
}

test("a program that succeeds gives its standard output alone", () => {
  expect(outcome(process.execPath, ["--eval", "console.error('noise'); console.log('out')"])).toBe("value: out\n\n");
});

test("a program that fails gives the first ten and the last thirty lines of what it wrote", () => {
  const script = "for (let i = 0; i < 50; i++) console.error('line ' + i); process.exitCode = 3";
  const lines = outcome(process.execPath, ["--eval", script]).trimEnd().split("\n");
  expect(lines[0]).toBe("setup_command_failed: build: exit 3");
  expect(lines.slice(1)).toEqual([
    ...Array.from({ length: 10 }, (_, i) => `  line ${i}`),
    "  ... 10 lines ...",
    ...Array.from({ length: 30 }, (_, i) => `  line ${i + 20}`),
  ]);
});

test("a program that is not there is named", () => {
  expect(outcome("no-such-compiler", [])).toMatch(
    /^setup_command_failed: build: cannot start no-such-compiler: .*ENOENT/,
  );
});
