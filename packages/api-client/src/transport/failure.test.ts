import type { Call } from "./call";
import { BodyTooLarge, judgeFailure, type Stop } from "./failure";

const context = { apiUrl: "https://api.example.com", timeoutMs: 30_000 };
const post: Call = { method: "POST", path: "/x", body: {} };
const withCode = (code: string, more: object = {}) => Object.assign(new Error("Bearer tok_12345"), { code, ...more });

const cases: [string, unknown, Stop, { code: string; may: boolean; unsent: boolean; transient: boolean }][] = [
  [
    "nobody listens",
    withCode("ECONNREFUSED"),
    undefined,
    { code: "unavailable", may: false, unsent: true, transient: true },
  ],
  [
    "the name is not known",
    withCode("ENOTFOUND"),
    undefined,
    { code: "unavailable", may: false, unsent: true, transient: true },
  ],
  [
    "no connection comes in time",
    withCode("UND_ERR_CONNECT_TIMEOUT"),
    undefined,
    { code: "unavailable", may: false, unsent: true, transient: true },
  ],
  [
    "a reset while connecting",
    withCode("ECONNRESET", { syscall: "connect" }),
    undefined,
    { code: "unavailable", may: false, unsent: true, transient: true },
  ],
  [
    "every address is refused",
    new AggregateError([withCode("ECONNREFUSED", { syscall: "connect" })]),
    undefined,
    { code: "unavailable", may: false, unsent: true, transient: true },
  ],
  [
    "a reset",
    withCode("ECONNRESET", { syscall: "read" }),
    undefined,
    { code: "unavailable", may: true, unsent: false, transient: true },
  ],
  [
    "the other side closed",
    withCode("UND_ERR_SOCKET"),
    undefined,
    { code: "unavailable", may: true, unsent: false, transient: true },
  ],
  [
    "what is no HTTP",
    withCode("HPE_INVALID_CONSTANT"),
    undefined,
    { code: "unavailable", may: true, unsent: false, transient: true },
  ],
  [
    "a code one level down",
    new Error("x", { cause: withCode("ECONNREFUSED") }),
    undefined,
    { code: "unavailable", may: false, unsent: true, transient: true },
  ],
  ["a text that was thrown", "boom", undefined, { code: "unavailable", may: true, unsent: false, transient: true }],
  [
    "a self-signed certificate",
    withCode("DEPTH_ZERO_SELF_SIGNED_CERT"),
    undefined,
    { code: "untrusted_certificate", may: false, unsent: true, transient: false },
  ],
  [
    "an unknown certificate authority",
    withCode("UNABLE_TO_VERIFY_LEAF_SIGNATURE"),
    undefined,
    { code: "untrusted_certificate", may: false, unsent: true, transient: false },
  ],
  [
    "a certificate for another name",
    withCode("ERR_TLS_CERT_ALTNAME_INVALID"),
    undefined,
    { code: "untrusted_certificate", may: false, unsent: true, transient: false },
  ],
  [
    "a proxy that refuses",
    withCode("UND_ERR_ABORTED"),
    undefined,
    { code: "unavailable", may: false, unsent: true, transient: true },
  ],
  [
    "the time limit",
    withCode("UND_ERR_ABORTED"),
    "timeout",
    { code: "timeout", may: true, unsent: false, transient: true },
  ],
  [
    "the caller",
    withCode("UND_ERR_ABORTED"),
    "cancelled",
    { code: "cancelled", may: true, unsent: false, transient: false },
  ],
  [
    "a closed client",
    withCode("UND_ERR_DESTROYED"),
    undefined,
    { code: "cancelled", may: true, unsent: false, transient: false },
  ],
  [
    "too long a body",
    new BodyTooLarge(5),
    undefined,
    { code: "too_large", may: true, unsent: false, transient: false },
  ],
];

test.each(cases)("a create ended by %s", (_, thrown, stop, expected) => {
  const { error, unsent, transient } = judgeFailure(post, thrown, stop, context);
  expect({ code: error.code, may: error.mayHaveHappened, unsent, transient }).toEqual(expected);
  expect(error.message).not.toContain("tok_12345");
});

test("a read can never have happened in a way that matters", () => {
  const { error } = judgeFailure({ method: "GET", path: "/x" }, withCode("UND_ERR_SOCKET"), undefined, context);
  expect(error.mayHaveHappened).toBe(false);
});
