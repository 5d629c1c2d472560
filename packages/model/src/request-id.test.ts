import { requestIdOf } from "./request-id";

test.each([
  ["nothing", {}, undefined],
  ["an empty header", { "x-request-id": " " }, undefined],
  ["the usual header", { "x-request-id": "req_1", "x-correlation-id": "c" }, "req_1"],
  ["several of it", { "x-request-id": ["req_1", "req_2"] }, "req_1"],
  ["another one", { "x-request-id": "", "x-correlation-id": "c" }, "c"],
  ["a trace", { traceparent: "00-4bf9-00f0-01" }, "00-4bf9-00f0-01"],
])("An answer with %s names its request so.", (_, headers, id) => {
  expect(requestIdOf(headers)).toBe(id);
});
