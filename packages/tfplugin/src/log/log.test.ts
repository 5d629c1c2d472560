import { createLog, logLevel } from "./log";

test.each([
  [{}, undefined],
  [{ TF_LOG: "off" }, undefined],
  [{ TF_LOG: "WARN" }, "warn"],
  [{ TF_LOG: "JSON" }, "trace"],
  [{ TF_LOG: "error", TF_LOG_PROVIDER: "debug" }, "debug"],
])("%j asks for %s.", (env, level) => {
  expect(logLevel(env as NodeJS.ProcessEnv)).toBe(level);
});

test("A line is JSON with the four keys that go-plugin reads, and a time with six digits of a second.", () => {
  const lines: string[] = [];
  createLog("info", "provider", (line) => lines.push(line)).warn("careful", { id: 5 });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/\n$/);
  expect(JSON.parse(lines[0] ?? "")).toEqual({
    "@level": "warn",
    "@message": "careful",
    "@module": "provider",
    "@timestamp": expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
    id: 5,
  });
});

test("Finer lines than asked for are not written, and nothing is while logging is off.", () => {
  const lines: string[] = [];
  const log = createLog("warn", "provider", (line) => lines.push(line));
  log.info("not shown");
  createLog(undefined, "provider", (line) => lines.push(line)).error("not shown");
  expect(lines).toEqual([]);
  expect(log.enabled("info")).toBe(false);
  expect(log.enabled("error")).toBe(true);
});
