import { caller, startForTest } from "../testing/caller";
import type { FaultAction } from "./fault";

const profile = { name: "G", authorizationServerUrl: "https://auth.example.com" };

describe("a fault", () => {
  test("strikes the requests that it matches, by method and path, and no others", async () => {
    const api = await startForTest();
    const call = caller(api);
    const planted = api.faults.add({ match: { method: "post", path: "/gateways" }, action: { status: 503 } });
    expect((await call("POST", "/gateways", profile)).status).toBe(503);
    expect((await call("GET", "/gateways")).status).toBe(200);
    expect((await call("POST", "/gateways/gtw_1", profile)).status).toBe(405);
    expect(planted.struck).toBe(1);
    planted.remove();
    expect((await call("POST", "/gateways", profile)).status).toBe(201);
  });

  test("matches an expression on path and query, also a global one", async () => {
    const api = await startForTest();
    api.faults.add({ match: { path: /\/logs\?page=2/g }, action: { status: 500 } });
    const { id } = api.store.createGateway(profile);
    const call = caller(api);
    expect((await call("GET", `/gateways/${id}/logs?page=1`)).status).toBe(200);
    expect((await call("GET", `/gateways/${id}/logs?page=2`)).status).toBe(500);
    expect((await call("GET", `/gateways/${id}/logs?page=2`)).status).toBe(500);
  });

  test("lets some requests pass, and strikes so many times", async () => {
    const api = await startForTest();
    api.faults.add({ after: 1, times: 2, action: { status: 502 } });
    const statuses = [];
    for (let n = 0; n < 5; n += 1) statuses.push((await caller(api)("GET", "/gateways")).status);
    expect(statuses).toEqual([200, 502, 502, 200, 200]);
  });

  test.each<[FaultAction, { status: number; text: string; type: string | null }]>([
    [
      { status: 500, body: { error: "x" } },
      { status: 500, text: '{"error":"x"}', type: "application/json" },
    ],
    [
      { status: 502, body: "bad gateway" },
      { status: 502, text: "bad gateway", type: "text/plain" },
    ],
    [{ status: 503 }, { status: 503, text: "", type: null }],
    [{ emptyBody: true }, { status: 200, text: "", type: "application/json" }],
    [{ malformedJson: true }, { status: 200, text: '{"id": "gtw_0', type: "application/json" }],
  ])("%j answers instead of the route", async (action, expected) => {
    const api = await startForTest();
    api.faults.add({ action });
    const answer = await caller(api)("POST", "/gateways", profile);
    const type = answer.headers.get("content-type")?.split(";")[0] ?? null;
    expect({ status: answer.status, text: answer.text, type }).toEqual(expected);
    expect(api.store.gateways()).toEqual([]);
    expect(api.requests[0]?.status).toBe(expected.status);
  });

  test("answers a page of HTML with status 200", async () => {
    const api = await startForTest();
    api.faults.add({ action: { html: true } });
    const answer = await caller(api)("GET", "/gateways");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toContain("text/html");
    expect(answer.text).toContain("<html>");
  });

  test.each([
    [1, "1"],
    ["Wed, 21 Oct 2026 07:28:00 GMT", "Wed, 21 Oct 2026 07:28:00 GMT"],
    [undefined, null],
  ])("limits the rate with Retry-After %j", async (retryAfter, header) => {
    const api = await startForTest();
    api.faults.add({ action: { rateLimit: retryAfter === undefined ? {} : { retryAfter } } });
    const answer = await caller(api)("GET", "/gateways");
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, header]);
  });

  test.each([
    ["before", 0],
    ["after", 1],
  ] as const)("cuts the connection %s the write: %i gateways are made", async (cut, made) => {
    const api = await startForTest();
    api.faults.add({ match: { method: "POST" }, action: { cut } });
    await expect(caller(api)("POST", "/gateways", profile)).rejects.toThrow();
    expect(api.store.gateways()).toHaveLength(made);
    expect(api.requests).toMatchObject([{ method: "POST" }]);
    expect(api.requests[0]).not.toHaveProperty("status");
  });

  test("lets the route do its work and answers 504 all the same, when it says so", async () => {
    const api = await startForTest();
    api.faults.add({ performed: true, action: { status: 504 } });
    expect((await caller(api)("POST", "/gateways", profile)).status).toBe(504);
    expect(api.store.gateways()).toHaveLength(1);
  });

  test("waits, and then lets another fault answer", async () => {
    const api = await startForTest();
    const slow = api.faults.add({ action: { delayMs: 5 } });
    const broken = api.faults.add({ action: { status: 500 } });
    expect((await caller(api)("GET", "/gateways")).status).toBe(500);
    broken.remove();
    expect((await caller(api)("GET", "/gateways")).status).toBe(200);
    expect([slow.struck, broken.struck]).toEqual([2, 1]);
  });

  test("hangs, until the caller gives up", async () => {
    const api = await startForTest();
    api.faults.add({ action: { hang: true } });
    const signal = AbortSignal.timeout(50);
    await expect(fetch(`${api.url}/api/v1/organizations`, { signal })).rejects.toThrow(/aborted|timeout/i);
    expect(api.requests).toHaveLength(1);
  });

  test("answers a body without an end", async () => {
    const api = await startForTest();
    api.faults.add({ action: { endlessBody: true } });
    const response = await fetch(`${api.url}/api/v1/organizations`);
    const reader = response.body!.getReader();
    let size = 0;
    while (size < 4 * 1024 * 1024) size += (await reader.read()).value?.length ?? Number.NaN;
    await reader.cancel();
    expect(size).toBeGreaterThanOrEqual(4 * 1024 * 1024);
  });

  test("strikes the public leg too, and is gone when all are cleared", async () => {
    const api = await startForTest();
    const { id } = api.store.createGateway(profile);
    api.store.attach("orders-api", { gatewayId: id });
    const document = `${api.url}/api/v1/gateway/gw_orders-api/.well-known/oauth-protected-resource`;
    api.faults.add({ match: { path: "/.well-known/oauth-protected-resource" }, action: { status: 500 } });
    expect((await fetch(document)).status).toBe(500);
    api.faults.clear();
    expect((await fetch(document)).status).toBe(200);
  });
});
