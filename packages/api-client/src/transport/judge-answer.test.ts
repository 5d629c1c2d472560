import { ApiError } from "../errors/api-error";
import { Echoes } from "../secrets/echoes";
import { Secrets } from "../secrets/secrets";
import type { Call } from "./call";
import { judgeAnswer, type Received } from "./judge-answer";

const context = {
  apiUrl: "https://api.example.com",
  credential: { source: "MCPSTACK_API_KEY" },
  secrets: new Secrets("tok_12345"),
  echoes: new Echoes(["tok_12345"]),
};
const get: Call = { method: "GET", path: "/api/v1/organizations" };
const put: Call = { method: "PUT", path: "/api/v1/organizations/o/gateways/g", body: {} };

function received(status: number, text = "", headers: Received["headers"] = {}): Received {
  return { status, text, headers };
}

function errorOf(call: Call, answer: Received): ApiError {
  const judged = judgeAnswer(call, answer, context);
  if (judged instanceof ApiError) return judged;
  throw new Error("it was taken for a success");
}

const page = "<!doctype html><title>Not found</title>";
const json = { "content-type": "application/json" };

const errors: [string, Call, Received, object][] = [
  ["400", get, received(400), { code: "invalid" }],
  ["401", get, received(401), { code: "unauthenticated", hint: expect.stringContaining("MCPSTACK_API_KEY") }],
  ["403", get, received(403), { code: "forbidden" }],
  [
    "403 that says how long to wait",
    put,
    received(403, '{"message":"secondary rate limit"}', { ...json, "retry-after": "1" }),
    {
      code: "rate_limited",
      retryAfterMs: 1_000,
      message: expect.stringMatching(/limits how often.*no grant is missing/),
    },
  ],
  ["404 with JSON", get, received(404, '{"error":"no such gateway"}', json), { code: "not_found" }],
  ["404 with text", get, received(404, "Not Found"), { code: "not_found" }],
  ["404 with nothing", get, received(404), { code: "not_found" }],
  ["410", get, received(410), { code: "not_found" }],
  ["404 with a page", get, received(404, page, { "content-type": "text/html" }), { code: "not_json", status: 404 }],
  ["404 with a page of no type", get, received(404, `\n${page}`), { code: "not_json" }],
  ["409", put, received(409), { code: "conflict", mayHaveHappened: false }],
  ["412", put, received(412), { code: "conflict" }],
  ["422", put, received(422), { code: "invalid", mayHaveHappened: false }],
  [
    "429",
    put,
    received(429, "", { "retry-after": "7" }),
    { code: "rate_limited", retryAfterMs: 7_000, mayHaveHappened: false },
  ],
  ["408", put, received(408), { code: "unavailable", mayHaveHappened: true }],
  ["500", put, received(500), { code: "unavailable", mayHaveHappened: true }],
  ["502 with a page", get, received(502, page), { code: "unavailable", mayHaveHappened: false }],
  [
    "a redirect",
    put,
    received(307, "", { location: "https://evil.example/?token=1" }),
    { code: "unexpected_redirect", mayHaveHappened: true },
  ],
  ["200 with a page", get, received(200, page, { "content-type": "text/html" }), { code: "not_json", status: 200 }],
  ["200 with nothing", get, received(200), { code: "not_json", message: expect.stringContaining("with nothing") }],
  ["200 with half a document", get, received(200, '[{"id":"o', json), { code: "not_json" }],
  [
    "200 with an error to a write",
    put,
    received(200, '{"error":"still attached"}', json),
    { code: "unexpected_answer", mayHaveHappened: true, message: expect.stringContaining("still attached") },
  ],
  [
    "200 with errors to a delete",
    { ...put, method: "DELETE" },
    received(200, '{"errors":["tok_12345"]}', json),
    { code: "unexpected_answer", message: expect.not.stringContaining("tok_12345") },
  ],
  ["200 with a page to a write", put, received(200, page), { code: "not_json", mayHaveHappened: true }],
  ...[
    '{"success":false}',
    '{"ok":false,"message":"locked"}',
    '{"deleted":false}',
    '{"status":"error"}',
    '{"statusCode":500}',
    '{"code":409}',
    '{"status":500,"title":"Oops"}',
    '{"id":"gtw_1","error":"locked","success":false}',
    '{"acknowledged":false}',
    '{"id":"gtw_1","error":{"code":"locked"}}',
    '{"id":"gtw_1","status":"failed"}',
    '{"type":"about:blank","title":"Locked","status":423}',
  ].map((body): [string, Call, Received, object] => [
    `200 with ${body} to a delete`,
    { ...put, method: "DELETE" },
    received(200, body, json),
    { code: "unexpected_answer", mayHaveHappened: true },
  ]),
];

test("a document that was written may have a status and an error of its own", () => {
  for (const body of [
    '{"id":"gtw_1","status":"error"}',
    '{"gatewayId":"gtw_1","code":500}',
    '{"success":true}',
    "{}",
  ]) {
    expect(judgeAnswer(put, received(200, body, json), context)).toMatchObject({ status: 200 });
  }
});

test("what a document says of a failure comes with it, without secrets", () => {
  const body = '{"id":"gtw_1","error":{"message":"no quota for tok_12345"}}';
  expect(judgeAnswer(put, received(200, body, json), context)).toMatchObject({ failure: "no quota for [secret]" });
  expect(judgeAnswer(put, received(200, '{"id":"gtw_1"}', json), context)).not.toHaveProperty("failure");
});

test.each(errors)("%s is an error with its code", (_, call, answer, expected) => {
  expect(errorOf(call, answer)).toMatchObject({ method: call.method, path: call.path, ...expected });
});

const bodies: [string, string, string][] = [
  ["error_description first", '{"message":"m","error":"e","error_description":"d"}', "answered 400: d."],
  ["error before message", '{"message":"m","error":"e"}', "answered 400: e."],
  ["message", '{"message":"m","error":null}', "answered 400: m."],
  ["a message within error", '{"error":{"code":3,"message":"deep"}}', "answered 400: deep."],
  ["a message within errors", '{"errors":[{"message":"first"},{"message":"second"}]}', "answered 400: first."],
  ["a problem's detail", '{"type":"about:blank","title":"Locked","detail":"until 5 pm"}', "answered 400: until 5 pm."],
  ["a problem's title", '{"title":"Locked","status":400}', "answered 400: Locked."],
  ["a JSON text", '"said"', "answered 400: said."],
  ["plain text", "plain\nwords.", "answered 400: plain words."],
  ["nothing of use", '{"errors":[]}', "answered 400."],
  ["a page", page, "answered 400."],
  ["an echo of the credential", '{"error":"no tok_12345 here"}', "answered 400: no [secret] here."],
];

test.each(bodies)("an error says what the server said: %s", (_, text, expected) => {
  expect(errorOf(get, received(400, text)).message).toBe(`GET /api/v1/organizations was ${expected}`);
});

test("a redirect names only the origin that it leads to", () => {
  const { message } = errorOf(get, received(302, "", { location: "https://evil.example/in?token=tok_12345" }));
  expect(message).toContain("https://evil.example.");
  expect(message).not.toContain("token=");
});

test.each<[string, Call, Received, object]>([
  ["JSON", get, received(200, '{"a":1}'), { json: { a: 1 } }],
  [
    "JSON of an odd type and with a byte order mark",
    get,
    received(200, "\ufeff[1]", { "content-type": "text/plain" }),
    { json: [1] },
  ],
  ["204", get, received(204), { json: undefined, status: 204 }],
  ["null", get, received(200, "null"), { json: null }],
  ["nothing to a write", put, received(200), { json: undefined }],
  ["201 with a location", put, received(201, "", { location: "/x/1" }), { location: "/x/1" }],
])("%s is a success", (_, call, answer, expected) => {
  expect(judgeAnswer(call, answer, context)).toMatchObject(expected);
});
