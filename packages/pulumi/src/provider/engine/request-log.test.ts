import { requestLog } from "./request-log";

const said: string[] = [];
beforeEach(() => said.splice(0));
const logOf = (...args: string[]) =>
  requestLog(async (loudness, message) => void said.push(`${loudness}: ${message}`), args);

test.each([
  [[], "nothing"],
  [["127.0.0.1:4000"], "nothing"],
  [["--logtostderr", "-v=8", "127.0.0.1:4000"], "nothing"],
  [["-v=9", "127.0.0.1:4000"], "requests"],
  [["--logtostderr", "-v=11", "127.0.0.1:4000"], "requests and bodies"],
])("A process that is started with %j tells of %s.", (args, told) => {
  const log = logOf(...args);
  expect(log ? (log.trace ? "requests and bodies" : "requests") : "nothing").toBe(told);
});

test("A request is one line of the engine's debug log, without what is not known of it.", () => {
  logOf("-v=9")?.debug("API request", { method: "GET", status: 200, code: undefined });
  expect(said).toEqual(["debug: API request: method=GET status=200"]);
});
