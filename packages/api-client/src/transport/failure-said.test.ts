// What an answer says of success and failure is heard alike wherever it stands and whatever was asked.
import fc from "fast-check";
import type { ApiClient } from "../api-client";
import { isApiError } from "../errors/api-error";
import { clientOf, connectionTo, sendJson, startServer } from "../testing/with-server";

const profile = { name: "Support", providerType: "manual", authorizationServerUrl: "https://auth.example.com" };
const gateway = { id: "gtw_1", ...profile };
const attachment = { serverId: "srv_1", gatewayId: "gtw_1", publicId: "gw_1" };

/** A field as services write it, in each of their conventions. */
const spelled = (name: string): string[] => [
  name,
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
];
const fields = (names: readonly string[], values: readonly unknown[]) =>
  names.flatMap((name) => values.flatMap((value) => spelled(name).map((one): object => ({ [one]: value }))));

const noes = ["partial", false, "false", "False", 0, "0", "no", "NO", "off", "failed", "error", 0.0];
const silences = [
  ...[
    null,
    "",
    " ",
    "none",
    "None",
    "null",
    "n/a",
    "-",
    0,
    "0",
    false,
    "false",
    "no",
    "ok",
    "OK",
    "success",
    "no error",
    "No errors found.",
    "none found",
    "0000",
    "OK.",
    "成功",
    "操作成功",
    "Operation was successful.",
    "0 errors",
    "zero failures found",
    "none detected",
    "None reported.",
    "[]",
    "{}",
    "E0000",
    "err-000",
  ],
  ...[[], {}, [null], [[]], [""], [{}], { code: 0 }, { code: 0, message: "OK" }, { code: null, message: "" }],
  ...[
    { count: 0, items: [] },
    { code: 200, message: "success" },
    { code: "E0000" },
    { status: "ok" },
    { success: true },
    { isError: false },
  ],
];
const errors = [
  ...[
    "vault sealed",
    "E500",
    "E0001",
    "10 errors",
    "none of it stored",
    "[1]",
    true,
    1,
    -1,
    "true",
    ["half of it"],
    [{ message: "half of it" }],
    { message: "locked" },
  ],
  ...[
    { code: 1 },
    { code: "quota" },
    { success: false },
    { ok: "no" },
    { vault: ["sealed"] },
    [null, "locked"],
    { items: [{}, "x"] },
  ],
];
const errorNames = [
  "error",
  "errors",
  "err",
  "errorMessage",
  "errorMessages",
  "errorCode",
  "errorDescription",
  "fault",
  "errcode",
  "errmsg",
  "failure",
  "hasErrors",
];
const flagNames = ["success", "succeeded", "isSuccess", "ok"];

/** What no document of the API has as a field of its own. */
const failing = [
  ...fields(flagNames, noes),
  ...fields(["isError"], [true, "true", 1, "yes"]),
  ...fields(errorNames, errors),
];
const harmless = [
  ...fields(flagNames, [true, "true", 1, "1", "yes", "ok", null, "", "success", 200]),
  ...fields(["isError"], [false, "false", 0, null, "no"]),
  ...fields(errorNames, silences),
];
const within = ["meta", "result", "response", "responseMetadata", "ResponseMetadata", "paging"];

interface Verb {
  readonly document: object;
  /** Keys under which the service may wrap its document. */
  readonly wrappers: readonly string[];
  readonly run: (client: ApiClient) => Promise<unknown>;
}
/** What is asked, and the answer to it where nothing failed. */
const verbs: Record<string, Verb> = {
  "a gateway": {
    document: gateway,
    wrappers: ["gateway", "data", "item"],
    run: (client) => client.getGateway("gtw_1"),
  },
  "an attachment": {
    document: attachment,
    wrappers: ["attachment", "data"],
    run: (client) => client.getAttachment("srv_1"),
  },
  "a server": {
    document: { id: "srv_1", name: "s" },
    wrappers: ["server", "data"],
    run: (client) => client.getServer("srv_1"),
  },
  "a list": { document: { items: [gateway] }, wrappers: ["data"], run: (client) => client.listGateways() },
  "a create": {
    document: { ...gateway, createdOn: "now" },
    wrappers: ["gateway", "data"],
    run: (client) => client.createGateway(profile),
  },
  "an update": {
    document: gateway,
    wrappers: ["gateway", "data"],
    run: (client) => client.updateGateway("gtw_1", profile),
  },
  "an attaching": {
    document: attachment,
    wrappers: ["attachment", "data"],
    run: (client) => client.putAttachment("srv_1", attachment),
  },
  "a delete": { document: {}, wrappers: ["gateway", "data"], run: (client) => client.deleteGateway("gtw_1") },
  "a detaching": { document: {}, wrappers: ["attachment", "data"], run: (client) => client.deleteAttachment("srv_1") },
};
const names = Object.keys(verbs);

/** Where in an answer a field may stand. */
const places: Record<string, (verb: Verb, said: object, wrapper: string, envelope: string) => object> = {
  beside: ({ document }, said) => ({ ...document, ...said }),
  "within an envelope beside": ({ document }, said, _, envelope) => ({ ...document, [envelope]: said }),
  "two envelopes deep": ({ document }, said, _, envelope) => ({ ...document, meta: { [envelope]: said } }),
  around: ({ document }, said, wrapper) => ({ [wrapper]: document, ...said }),
  "within an envelope around": ({ document }, said, wrapper, envelope) => ({ [wrapper]: document, [envelope]: said }),
  "beside what is wrapped": ({ document }, said, wrapper) => ({ [wrapper]: { ...document, ...said } }),
};

/** Asks, with that answer, and says whether it was heard that it failed. */
async function asking() {
  let body: object = {};
  let method = "";
  const server = await startServer((arrived, response) => {
    if (arrived.url === "/api/v1/organizations") return sendJson(response, 200, [{ id: "o" }]);
    // What a write has come to may be read.
    return sendJson(response, 200, arrived.method === "GET" && method !== "GET" ? gateway : body);
  });
  const client = clientOf(connectionTo(server.url));
  return async (verb: Verb, answered: object): Promise<boolean> => {
    body = answered;
    method = reads.has(verb) ? "GET" : "write";
    try {
      const result = (await verb.run(client)) as { written?: { failure?: string } } | { failure?: string } | undefined;
      const written = result && "written" in result ? result.written : (result as { failure?: string } | undefined);
      return written?.failure !== undefined;
    } catch (error) {
      if (isApiError(error, "unexpected_answer") && /error|failed/.test(error.message)) return true;
      throw error;
    }
  };
}
const reads = new Set(["a gateway", "an attachment", "a server", "a list"].map((name) => verbs[name]));

const anyPlace = fc.record({
  verb: fc.constantFrom(...names),
  place: fc.constantFrom(...Object.keys(places)),
  wrapper: fc.nat(2),
  envelope: fc.constantFrom(...within),
});

function answerOf(at: { verb: string; place: string; wrapper: number; envelope: string }, said: object) {
  const verb = verbs[at.verb] as Verb;
  const wrapper = verb.wrappers[at.wrapper % verb.wrappers.length] as string;
  return { verb, body: places[at.place]?.(verb, said, wrapper, at.envelope) ?? {} };
}

test("whatever says that something failed is heard in each place of each answer, whatever stands beside it", async () => {
  const isHeard = await asking();
  await fc.assert(
    fc.asyncProperty(anyPlace, fc.constantFrom(...failing), fc.constantFrom(...harmless), async (at, said, beside) => {
      const { verb, body } = answerOf(at, { ...beside, ...said });
      expect(await isHeard(verb, body)).toBe(true);
    }),
    { numRuns: 400 },
  );
});

test("whatever says that nothing failed is no failure in any place of any answer", async () => {
  const isHeard = await asking();
  await fc.assert(
    fc.asyncProperty(anyPlace, fc.array(fc.constantFrom(...harmless), { maxLength: 4 }), async (at, said) => {
      const { verb, body } = answerOf(at, Object.assign({}, ...said));
      expect(await isHeard(verb, body)).toBe(false);
    }),
    { numRuns: 400 },
  );
});

describe.each(names)("in the answer to %s", (name) => {
  const at = (place: string) => ({ verb: name, place, wrapper: 0, envelope: "meta" });

  test("each spelling of a failure is heard, and none of a success", async () => {
    const isHeard = await asking();
    for (const place of ["beside", "around"]) {
      for (const said of failing) {
        const { verb, body } = answerOf(at(place), said);
        expect([place, said, await isHeard(verb, body)]).toEqual([place, said, true]);
      }
      for (const said of harmless) {
        const { verb, body } = answerOf(at(place), said);
        expect([place, said, await isHeard(verb, body)]).toEqual([place, said, false]);
      }
    }
  });
});

test("what a document has of its own says nothing of the answer, and a number of what was done is no failure of a list", async () => {
  const isHeard = await asking();
  const own: object[] = [
    ...[{ deleted: false }, { failures: 3 }, { errorCount: 3 }, { metadata: { error: "x" } }],
    ...[{ lastError: "x" }, { status: { error: "x" } }],
  ];
  for (const said of own)
    for (const name of ["a gateway", "an attachment", "a server"]) {
      const verb = verbs[name] as Verb;
      expect([name, said, await isHeard(verb, { ...verb.document, ...said })]).toEqual([name, said, false]);
    }
  for (const said of [{ deleted: 0 }, { removed: false }, { failed: 0 }])
    expect(await isHeard(verbs["a list"] as Verb, { items: [], ...said })).toBe(false);
  expect(await isHeard(verbs["an update"] as Verb, { ...gateway, deleted: false })).toBe(false);
  expect(await isHeard(verbs["a delete"] as Verb, { ...gateway, deleted: false })).toBe(true);
});

const ofWrites: object[] = [
  ...[
    { validationErrors: ["too short"] },
    { fieldErrors: { clientSecret: ["too short"] } },
    { violations: [{ field: "x" }] },
  ],
  ...[
    { invalidParams: [{ name: "x" }] },
    { rejectedFields: ["clientSecret"] },
    { errorList: ["x"] },
    { errorType: "vault" },
  ],
  ...[
    { errno: 5 },
    { status: "update_failed" },
    { state: "update_failed" },
    { httpStatus: 409 },
    { success: "partial" },
  ],
  ...[{ data: { error: "sealed" } }, { details: { errors: ["sealed"] } }],
];
/** What a document may have of its own, too, and says so only where there is none. */
const ofAnswersAlone: object[] = [
  ...[{ problems: ["too short"] }, { issues: [{ path: "x" }] }],
  ...[{ updated: false }, { applied: false }, { saved: "false" }, { accepted: 0 }, { stored: "no" }],
  ...[{ errors_count: 2 }, { failedCount: "1" }, { numberOfErrors: 1 }],
];
const ofDocuments: object[] = [
  ...[{ lastErrors: ["x"] }, { failedLogins: ["x"] }, { showErrors: true, maxErrors: 5 }, { failedAt: "2026-01-01" }],
  ...[
    { validationErrors: [], rejectedFields: null, violations: {} },
    { errorType: "none", errno: 0 },
    { queued: true, state: "pending", errorsCount: 0 },
  ],
  ...[{ state: "no_failure" }, { data: { id: "x", status: "failed" } }, { details: { errors: [] } }],
];

test("a failure of a write is told in many words, and a document that was written has fields of its own", async () => {
  const isHeard = await asking();
  const heard = async (name: string, said: object, document: object) =>
    [name, said, await isHeard(verbs[name] as Verb, { ...document, ...said })] as const;
  for (const name of ["a create", "an update"]) {
    for (const said of [...ofWrites, ...ofAnswersAlone])
      expect(await heard(name, said, {})).toEqual([name, said, true]);
    for (const said of ofWrites) expect(await heard(name, said, gateway)).toEqual([name, said, true]);
    for (const said of [...ofAnswersAlone, ...ofDocuments])
      expect(await heard(name, said, gateway)).toEqual([name, said, false]);
  }
  for (const said of [...ofWrites, ...ofAnswersAlone].filter((one) => !("success" in one)))
    expect(await heard("a gateway", said, gateway)).toEqual(["a gateway", said, false]);
});

test.each<[object, string]>([
  [{ success: "false", message: "locked" }, "says in success that it failed: locked."],
  [{ error_message: "vault sealed" }, "says in error_message that it failed: vault sealed."],
  [{ meta: { success: false, message: "locked" } }, "says in meta.success that it failed: locked."],
  [{ result: { ok: 0 }, message: "locked" }, "says in result.ok that it failed: locked."],
  [{ fault: { faultstring: "locked" } }, "says in fault that it failed: locked."],
  [{ error: "none", isError: true, errorMessage: "locked" }, "says in isError that it failed: locked."],
])("%j is told by its field and its words", async (said, told) => {
  const server = await startServer(({ url }, response) =>
    sendJson(response, 200, url === "/api/v1/organizations" ? [{ id: "o" }] : { ...gateway, ...said }),
  );
  await expect(clientOf(connectionTo(server.url)).getGateway("gtw_1")).rejects.toThrow(told);
});
