import { doubtOf } from "./doubt";

test.each<[string, number, Record<string, string>, boolean]>([
  ["the service's own answer", 200, {}, false],
  ["nothing", 204, {}, false],
  ["a short life in a cache", 200, { age: "30", "x-cache": "HIT" }, false],
  ["an age without a cache", 200, { age: "86400" }, false],
  ["another warning", 200, { warning: '199 - "misc"' }, false],
  ["an answer that was changed on the way", 203, {}, true],
  ["a part", 206, {}, true],
  ["several answers", 207, {}, true],
  ["something that is not done", 202, {}, true],
  ["a stale answer", 200, { warning: '110 - "Response is Stale"' }, true],
  ["a failed revalidation", 200, { warning: '299 - "x", 111 - "Revalidation Failed"' }, true],
  ["an old one of a cache", 200, { age: "86400", "x-cache": "HIT from edge" }, true],
])("%s: %i %j", (_, status, headers, isDoubtful) => {
  expect(doubtOf({ status, headers }, [200, 204]) !== undefined).toBe(isDoubtful);
});
