import { type FaultAction, type LocalApi, startLocalApi } from "@mcpstack/local-api";
import {
  clientOf,
  closeAfterTest,
  connectionTo,
  quick,
  rejection,
  secret,
  sendJson,
  startServer,
} from "../testing/with-server";
import { version } from "../version";
import type { RequestEvent, TransportOptions } from "./transport";

const gateway = {
  name: "Support Gateway",
  providerType: "manual",
  authorizationServerUrl: "https://auth.example.com",
};

async function localApi(): Promise<LocalApi> {
  return closeAfterTest(await startLocalApi());
}

const clientFor = (api: LocalApi, options: TransportOptions = {}) =>
  clientOf(connectionTo(api.url, api.organization.id, api.accessToken), options);

const gatewayRequests = (api: LocalApi) =>
  api.requests.filter((one) => one.path.includes("/gateways")).map((one) => `${one.method} ${one.status ?? "-"}`);

test("a read carries the credential, what it accepts and who calls, and takes no kept answer", async () => {
  const server = await startServer((_, response) => sendJson(response, 200, []));
  await clientOf(connectionTo(server.url), { userAgent: "terraform-provider 1.2 (x)\r\n" }).organizations();
  expect(server.arrived[0]?.headers).toMatchObject({
    "cache-control": "no-cache",
    accept: "application/json",
    authorization: `Bearer ${secret}`,
    "user-agent": `mcpstack-iac/${version} (terraform-provider 1.2 x)`,
  });
});

test("the path of the API's address is kept", async () => {
  const server = await startServer((_, response) => sendJson(response, 200, []));
  await clientOf(connectionTo(`${server.url}/base`)).organizations();
  expect(server.requests()).toEqual(["GET /base/api/v1/organizations"]);
});

const passing: [string, FaultAction][] = [
  ["a 503", { status: 503 }],
  ["a 408", { status: 408 }],
  ["a 429", { rateLimit: { retryAfter: 0 } }],
  ["a proxy's 502 page", { status: 502, body: "<html>", headers: { "content-type": "text/html" } }],
  ["a cut connection", { cut: "before" }],
  ["a lost answer", { cut: "after" }],
  ["no answer in time", { hang: true }],
];

test.each(passing)("a read, an update and a delete survive %s", async (_, action) => {
  const api = await localApi();
  const { id } = api.store.createGateway(gateway);
  const client = clientFor(api, { timeoutMs: 250 });
  for (const method of ["GET", "PUT", "DELETE"])
    api.faults.add({ match: { method, path: /\/gateways\// }, times: 1, action });
  expect((await client.getGateway(id)).name).toBe("Support Gateway");
  expect((await client.updateGateway(id, { ...gateway, name: "Renamed" })).name).toBe("Renamed");
  // A delete that was done before its answer was lost is answered 404 when it is sent again: what that means is judged with the list.
  const deleting = client.deleteGateway(id);
  if ("cut" in action && action.cut === "after")
    expect(await rejection(deleting)).toMatchObject({ code: "not_found", mayHaveHappened: true });
  else await deleting;
  expect(api.store.gateways()).toEqual([]);
  expect(gatewayRequests(api)).toHaveLength(6);
});

const endings: [string, FaultAction, object][] = [
  ["500 at every try", { status: 500 }, { code: "unavailable", status: 500 }],
  ["429 at every try", { rateLimit: {} }, { code: "rate_limited", status: 429 }],
  [
    "a wish to wait for an hour",
    { rateLimit: { retryAfter: 3_600 } },
    { code: "rate_limited", retryAfterMs: 3_600_000 },
  ],
  ["a page", { html: true }, { code: "not_json", status: 200 }],
  ["half a document", { malformedJson: true }, { code: "not_json" }],
  ["nothing", { emptyBody: true }, { code: "not_json" }],
  ["a body without end", { endlessBody: true }, { code: "too_large" }],
  ["no answer", { hang: true }, { code: "timeout" }],
  ["a cut connection", { cut: "before" }, { code: "unavailable" }],
  ["a redirect", { status: 302, headers: { location: "/elsewhere" } }, { code: "unexpected_redirect" }],
  [
    "a 404 page",
    { status: 404, body: "<html>gone</html>", headers: { "content-type": "text/html" } },
    { code: "not_json", status: 404 },
  ],
];

test.each(endings)("a read that gets %s fails with one clear error", async (_, action, expected) => {
  const api = await localApi();
  const { id } = api.store.createGateway(gateway);
  api.faults.add({ match: { path: /\/gateways/ }, action });
  const client = clientFor(api, {
    timeoutMs: 100,
    patienceMs: 400,
    maxBodyBytes: 100_000,
    retries: { ...quick, attempts: 2 },
  });
  const error = await rejection(client.getGateway(id));
  expect(error).toMatchObject({ name: "ApiError", mayHaveHappened: false, ...expected });
});

test.each(endings)("a delete that gets %s fails, and does not count as done", async (_, action, expected) => {
  const api = await localApi();
  const { id } = api.store.createGateway(gateway);
  api.faults.add({ match: { method: "DELETE" }, action });
  const client = clientFor(api, {
    timeoutMs: 100,
    patienceMs: 400,
    maxBodyBytes: 100_000,
    retries: { ...quick, attempts: 2 },
  });
  // An empty 200 is how a delete is answered.
  if ("emptyBody" in action) return expect(await client.deleteGateway(id)).toBeUndefined();
  expect(await rejection(client.deleteGateway(id))).toMatchObject(expected);
});

const creates: [string, FaultAction, number, object][] = [
  ["a cut connection", { cut: "before" }, 1, { code: "unavailable", mayHaveHappened: true }],
  ["a lost answer", { cut: "after" }, 1, { code: "unavailable", mayHaveHappened: true }],
  ["a 500", { status: 500 }, 1, { code: "unavailable", mayHaveHappened: true }],
  ["no answer", { hang: true }, 1, { code: "timeout", mayHaveHappened: true }],
  ["a page", { html: true }, 1, { code: "not_json", mayHaveHappened: true }],
  ["nothing", { emptyBody: true }, 1, { code: "unexpected_answer", mayHaveHappened: true }],
  ["a 409", { status: 409 }, 1, { code: "conflict", mayHaveHappened: false }],
  ["a 503", { status: 503 }, 1, { code: "unavailable", mayHaveHappened: true }],
];

test.each(creates)(
  "a create that gets %s is sent so often and says whether it may have happened",
  async (_, action, times, expected) => {
    const api = await localApi();
    api.faults.add({ match: { method: "POST" }, action });
    const client = clientFor(api, { timeoutMs: 100 });
    expect(await rejection(client.createGateway(gateway))).toMatchObject(expected);
    expect(gatewayRequests(api)).toHaveLength(times);
  },
);

test("a create that met 429 once is sent again", async () => {
  const api = await localApi();
  api.faults.add({ match: { method: "POST" }, times: 1, action: { rateLimit: { retryAfter: 0 } } });
  expect((await clientFor(api).createGateway(gateway)).name).toBe("Support Gateway");
  expect(api.store.gateways()).toHaveLength(1);
});

test("where nobody listens, a call was certainly not sent, which is worth every try", async () => {
  const api = await startLocalApi();
  await api.close();
  const events: RequestEvent[] = [];
  const error = await rejection(clientFor(api, { onRequest: (event) => events.push(event) }).organizations());
  expect(error).toMatchObject({ code: "unavailable", message: expect.stringContaining("ECONNREFUSED") });
  expect(events.map(({ attempt, code }) => `${attempt} ${code}`)).toEqual([1, 2, 3, 4].map((n) => `${n} unavailable`));
});

test("a create that found nobody listening is sent again and did certainly not happen", async () => {
  const server = await startServer((_, response) => sendJson(response, 200, [{ id: "org" }], { connection: "close" }));
  const tries: string[] = [];
  const client = clientOf(connectionTo(server.url), { onRequest: ({ method }) => tries.push(method) });
  await client.organizationId();
  await server.close();
  const error = await rejection(client.createGateway(gateway));
  expect(error).toMatchObject({ code: "unavailable", mayHaveHappened: false });
  expect(tries).toEqual(["GET", "POST", "POST", "POST", "POST"]);
});

test("a try that may have had its effect is remembered although the next one is refused", async () => {
  const api = await localApi();
  const { id } = api.store.createGateway(gateway);
  api.faults.add({ match: { method: "PUT" }, times: 1, action: { cut: "after" } });
  api.faults.add({ match: { method: "PUT" }, action: { status: 409 } });
  expect(await rejection(clientFor(api).updateGateway(id, gateway))).toMatchObject({
    code: "conflict",
    mayHaveHappened: true,
  });
});

test("a body that drips is cut off at the time limit, however often a byte comes", async () => {
  const server = await startServer((_, response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write(" "), 20);
    response.on("close", () => clearInterval(timer));
  });
  const client = clientOf(connectionTo(server.url), { timeoutMs: 150, retries: { attempts: 1 } });
  expect(await rejection(client.organizations())).toMatchObject({ code: "timeout" });
});

test("no answer in time says how often it was tried, and times as a person reads them", async () => {
  const api = await localApi();
  api.faults.add({ action: { hang: true } });
  const client = clientFor(api, { timeoutMs: 123.456789, retries: { ...quick, attempts: 3 } });
  expect(await rejection(client.organizations())).toMatchObject({
    code: "timeout",
    message: expect.stringMatching(/within 0\.1 s\. It was tried 3 times, in \d(\.\d)? s altogether\. Check/),
  });
});

test("a declared length beyond the limit is not read at all", async () => {
  const server = await startServer((_, response) => {
    response.writeHead(200, { "content-length": "1000000" });
    response.write("[");
  });
  expect(await rejection(clientOf(connectionTo(server.url), { maxBodyBytes: 1_000 }).organizations())).toMatchObject({
    code: "too_large",
  });
});

test("a wish to wait for longer than the run is patient is not waited for", async () => {
  const server = await startServer((_, response) => sendJson(response, 503, undefined, { "retry-after": "50" }));
  const client = clientOf(connectionTo(server.url), { patienceMs: 1_000 });
  expect(await rejection(client.organizations())).toMatchObject({ code: "unavailable", retryAfterMs: 50_000 });
  expect(await rejection(client.organizations())).toMatchObject({
    code: "rate_limited",
    message: expect.stringMatching(/was not sent.*retry_timeout/),
  });
  expect(server.arrived).toHaveLength(1);
});

test("the whole call ends when its patience does, retries included", async () => {
  const api = await localApi();
  api.faults.add({ action: { hang: true } });
  const client = clientFor(api, { timeoutMs: 200, patienceMs: 300, retries: { ...quick, attempts: 50 } });
  expect(await rejection(client.organizations())).toMatchObject({ code: "timeout" });
  expect(api.requests.length).toBeLessThan(5);
});

describe("while the API limits how often it is asked, without saying for how long", () => {
  test("forty creates against one that refuses the first sixty writes all succeed, each once", async () => {
    const api = await localApi();
    const planted = api.faults.add({ match: { method: "POST" }, times: 60, action: { rateLimit: {} } });
    const client = clientFor(api, { retries: { baseMs: 10, maxMs: 100 } });
    await Promise.all(Array.from({ length: 40 }, (_, n) => client.createGateway({ ...gateway, name: `G${n}` })));
    expect(planted.struck).toBe(60);
    expect(api.store.gateways()).toHaveLength(40);
  });

  test("updates get through a service that answers 503 as often", async () => {
    const api = await localApi();
    const ids = Array.from({ length: 20 }, (_, n) => api.store.createGateway({ ...gateway, name: `G${n}` }).id);
    api.faults.add({ match: { method: "PUT" }, times: 60, action: { status: 503 } });
    const client = clientFor(api, { retries: { baseMs: 10, maxMs: 100 } });
    await Promise.all(ids.map((id) => client.updateGateway(id, { ...gateway, name: `New ${id}` })));
    expect(api.store.gateways().map(({ name }) => name)).toEqual(ids.map((id) => `New ${id}`));
  });

  test("what waits for its turn when the run gives up is never sent, and says so", async () => {
    const api = await localApi();
    const client = clientFor(api, { patienceMs: 300, retries: { baseMs: 50, maxMs: 100 } });
    await client.organizationId();
    api.faults.add({ match: { method: "POST" }, action: { rateLimit: {} } });
    const names = Array.from({ length: 30 }, (_, n) => `G${n}`);
    const errors = await Promise.all(names.map((name) => rejection(client.createGateway({ ...gateway, name }))));
    for (const error of errors) expect(error).toMatchObject({ code: "rate_limited", mayHaveHappened: false });
    const sent = api.requests
      .filter(({ method }) => method === "POST")
      .map(({ body }) => (body as { name: string }).name);
    expect(new Set(sent).size).toBe(10);
    expect(errors.filter((error) => /was not sent/.test(String(error)))).toHaveLength(20);
    expect(api.store.gateways()).toEqual([]);
  });

  test("waiting for a turn takes nothing of a call's own time", async () => {
    const api = await localApi();
    // Ten at a time, each in less than a call's patience; the last ones wait for longer than that.
    api.faults.add({ match: { method: "GET", path: "/gateways" }, action: { delayMs: 120 } });
    const client = clientFor(api, { patienceMs: 250, timeoutMs: 1_000 });
    await client.organizationId();
    const lists = await Promise.all(Array.from({ length: 50 }, () => client.listGateways()));
    expect(lists).toHaveLength(50);
  });
});

describe("a caller that gives up", () => {
  test("before anything was sent sends nothing", async () => {
    const api = await localApi();
    const error = await rejection(clientFor(api).createGateway(gateway, { signal: AbortSignal.abort() }));
    expect(error).toMatchObject({ code: "cancelled", mayHaveHappened: false });
    expect(api.requests).toEqual([]);
  });

  test("while the answer to a read is due is told so at once", async () => {
    const api = await localApi();
    const controller = new AbortController();
    const events: string[] = [];
    const client = clientFor(api, { onRequest: ({ code }) => events.push(String(code)) });
    await client.organizationId();
    api.faults.add({ action: { hang: true } });
    const listing = client.listGateways({ signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    expect(await rejection(listing)).toMatchObject({ code: "cancelled" });
    expect(events).toEqual(["undefined", "cancelled"]);
  });

  test("while a write is on its way is told what became of it", async () => {
    const api = await localApi();
    const { id } = api.store.createGateway(gateway);
    const controller = new AbortController();
    const client = clientFor(api);
    await client.organizationId();
    api.faults.add({ match: { method: "PUT" }, action: { delayMs: 200 } });
    const writing = client.updateGateway(id, { ...gateway, name: "Renamed" }, { signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    expect(await writing).toMatchObject({ name: "Renamed" });
  });

  test("while a write waits for its turn, or pauses with the run, sends nothing more", async () => {
    const api = await localApi();
    const controller = new AbortController();
    const client = clientFor(api, { onRequest: ({ status }) => status === 429 && controller.abort() });
    await client.organizationId();
    api.faults.add({ match: { method: "POST" }, action: { rateLimit: { retryAfter: 50 } } });
    const { signal } = controller;
    const names = Array.from({ length: 30 }, (_, n) => `G${n}`);
    const errors = await Promise.all(
      names.map((name) => rejection(client.createGateway({ ...gateway, name }, { signal }))),
    );
    for (const error of errors) expect(error).toMatchObject({ code: "cancelled", mayHaveHappened: false });
    expect(api.requests.filter(({ method }) => method === "POST").length).toBeLessThanOrEqual(10);
  });

  test("during the wait before another try does not wait", async () => {
    const api = await localApi();
    api.faults.add({ match: { path: /\/gateways/ }, action: { rateLimit: { retryAfter: 50 } } });
    const controller = new AbortController();
    const client = clientFor(api, { onRequest: ({ status }) => status === 429 && controller.abort() });
    expect(await rejection(client.listGateways({ signal: controller.signal }))).toMatchObject({ code: "cancelled" });
    expect(gatewayRequests(api)).toEqual(["GET 429"]);
  });
});

test("a closed client ends what is under way", async () => {
  const api = await localApi();
  api.faults.add({ action: { hang: true } });
  const client = clientFor(api);
  const reading = rejection(client.organizations());
  setTimeout(() => client.close(), 50);
  expect(await reading).toMatchObject({ code: "cancelled" });
  expect(await rejection(client.organizations())).toMatchObject({ code: "cancelled" });
});

test("no more than ten requests are under way at a time, and all are answered", async () => {
  let open = 0;
  let most = 0;
  const server = await startServer((_, response) => {
    open += 1;
    most = Math.max(most, open);
    setTimeout(() => {
      open -= 1;
      sendJson(response, 200, []);
    }, 5);
  });
  const client = clientOf(connectionTo(server.url));
  const answers = await Promise.all(Array.from({ length: 35 }, () => client.organizations()));
  expect(answers).toHaveLength(35);
  expect(most).toBe(10);
});

test("a redirect is not followed, and the credential goes nowhere else", async () => {
  const elsewhere = await startServer((_, response) => sendJson(response, 200, []));
  const server = await startServer((_, response) =>
    sendJson(response, 307, undefined, { location: `${elsewhere.url}/x` }),
  );
  expect(await rejection(clientOf(connectionTo(server.url)).organizations())).toMatchObject({
    code: "unexpected_redirect",
  });
  expect(elsewhere.arrived).toEqual([]);
});

test.each([
  ["in an error body", 400, { error: `do not use ${secret}` }],
  ["in a plain error text", 500, `"Bearer ${secret}"`],
  ["in a wrong document", 200, { [secret]: 1 }],
])("a credential that the server echoes %s stays out of every error", async (_, status, body) => {
  const server = await startServer((_arrived, response) => sendJson(response, status, body));
  const error = await rejection(clientOf(connectionTo(server.url)).organizations());
  expect(JSON.stringify([error, String(error), (error as Error).stack])).not.toContain(secret);
});

test("a dispatcher of the caller is used and left open", async () => {
  const { Pool } = await import("undici");
  const server = await startServer((_, response) => sendJson(response, 200, []));
  const dispatcher = closeAfterTest(new Pool(server.url));
  const client = clientOf(connectionTo(server.url), { dispatcher });
  await client.organizations();
  await client.close();
  expect(dispatcher.closed).toBe(false);
});

describe("what is told of a request", () => {
  const eventsOf = (events: RequestEvent[]) => events.map(({ bodies: _, ms: __, ...rest }) => rest);

  test("is its method, path, status, time and the id that the service gave it, and no header or body", async () => {
    const events: RequestEvent[] = [];
    const server = await startServer((_, response) => sendJson(response, 200, [], { "x-correlation-id": "cor_1" }));
    await clientOf(connectionTo(server.url), { onRequest: (event) => events.push(event) }).organizations();
    expect(eventsOf(events)).toEqual([
      { method: "GET", path: "/api/v1/organizations", attempt: 1, status: 200, code: undefined, requestId: "cor_1" },
    ]);
    expect(events[0]?.ms).toBeGreaterThan(0);
    expect(JSON.stringify(events)).not.toContain(secret);
  });

  test("are its bodies where somebody asks: without the credential, write-only values and fields nobody here knows", async () => {
    const events: RequestEvent[] = [];
    const writeOnly = { upstreamPin: "7Kq93mZx1Lw0" };
    const server = await startServer(({ method }, response) =>
      sendJson(response, method === "GET" ? 403 : 400, {
        message: `${secret} may not write 7Kq93mZx1Lw0`,
        upstream: { password: "another-secret", isKept: true },
      }),
    );
    const client = clientOf(connectionTo(server.url, "org"), { onRequest: (event) => events.push(event) });
    await rejection(client.createGateway({ ...gateway, ...writeOnly }, { writeOnly }));
    const { sent, answered } = events.at(-1)?.bodies() ?? {};
    expect(sent).toContain('"name":"Support Gateway"');
    expect(sent).toContain('"upstreamPin":"[redacted]"');
    expect(answered).toBe(
      '{"message":"[secret] may not write [secret]","upstream":{"password":"[redacted]","isKept":true}}',
    );
  });

  test("is not the answer to a delete that may repeat what only another process knows", async () => {
    const events: RequestEvent[] = [];
    const server = await startServer(({ method }, response) =>
      sendJson(response, method === "GET" ? 403 : 400, { message: "gone with hunter2" }),
    );
    const client = clientOf(connectionTo(server.url, "org"), { onRequest: (event) => events.push(event) });
    await rejection(client.deleteGateway("gtw_1", { wordless: true }));
    expect(events.at(-1)?.bodies()).toEqual({ sent: undefined, answered: undefined });
  });

  test("is an id without what it repeats of the credential", async () => {
    const events: RequestEvent[] = [];
    const server = await startServer((_, response) => sendJson(response, 200, [], { "x-request-id": `r ${secret}` }));
    await clientOf(connectionTo(server.url), { onRequest: (event) => events.push(event) }).organizations();
    expect(events[0]?.requestId).toBe("r [secret]");
  });
});
