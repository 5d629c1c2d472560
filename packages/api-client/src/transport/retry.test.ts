import { type FailedTry, parseRetryAfter, pausesRun, retryDelay } from "./retry";

const policy = { attempts: 4, baseMs: 100, maxMs: 300 };
const failed = (change: Partial<FailedTry>): FailedTry => ({
  method: "GET",
  attempt: 1,
  unsent: false,
  transient: false,
  ...change,
});
const delay = (change: Partial<FailedTry>, random = 1) => retryDelay(failed(change), policy, () => random);

const cases: [string, Partial<FailedTry>, number, number | undefined][] = [
  ["a GET that met a 502 waits up to the base", { status: 502 }, 1, 100],
  ["full jitter can make the wait nothing", { status: 502 }, 0, 0],
  ["the bound doubles with each try", { status: 500, attempt: 2 }, 1, 200],
  ["the bound stops at the most", { status: 500, attempt: 3 }, 0.5, 150],
  ["the last try is not followed by another", { status: 500, attempt: 4 }, 1, undefined],
  ["408 is repeated", { status: 408 }, 1, 100],
  ["425 is repeated", { status: 425 }, 1, 100],
  ["any other 403 is not", { status: 403 }, 1, undefined],
  ["404 is not", { status: 404 }, 1, undefined],
  ["409 is not", { status: 409, method: "PUT" }, 1, undefined],
  ["401 is not", { status: 401 }, 1, undefined],
  ["a 200 that could not be read is not", { status: 200 }, 1, undefined],
  ["a broken connection is repeated for a PUT", { method: "PUT", transient: true }, 1, 100],
  ["a broken connection is repeated for a DELETE", { method: "DELETE", transient: true }, 1, 100],
  ["an untrusted certificate is not", { unsent: true }, 1, undefined],
  ["a POST is repeated where it was certainly not sent", { method: "POST", unsent: true, transient: true }, 1, 100],
  ["a POST whose connection broke is not", { method: "POST", transient: true }, 1, undefined],
  ["a POST that met a 502 is not", { method: "POST", status: 502 }, 1, undefined],
  ["the server's wish is the least wait", { status: 502, retryAfterMs: 5_000 }, 1, 5_100],
];

test.each(cases)("%s", (_, change, random, expected) => {
  expect(delay(change, random)).toBe(expected);
});

test.each([
  [429, undefined, true],
  [503, undefined, true],
  [503, 7, true],
  [403, 7, true],
  [403, undefined, false],
  [502, 7, false],
  [undefined, undefined, false],
])("status %p with a wish of %p ms pauses the run: %p", (status, retryAfterMs, expected) => {
  expect(pausesRun(status, retryAfterMs)).toBe(expected);
});

const now = Date.parse("2026-03-01T12:00:00Z");

test.each([
  ["3", 3_000],
  ["0", 0],
  ["1.5", 1_500],
  ["Sun, 01 Mar 2026 12:00:10 GMT", 10_000],
  ["Sun, 01 Mar 2026 11:00:00 GMT", 0],
  ["soon", undefined],
  ["-1", undefined],
  ["", undefined],
  [undefined, undefined],
])("Retry-After %p is read as %p ms", (header, expected) => {
  expect(parseRetryAfter(header, now)).toBe(expected);
});
