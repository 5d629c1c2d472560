import { answerOf, closeAfterTest } from "../testing/caller";
import { startTableIssuer, type TableIssuerOptions } from "./start-table-issuer";
import { htmlPage } from "./table-response";

const openid = "/.well-known/openid-configuration";

async function start(options: TableIssuerOptions = {}) {
  const table = closeAfterTest(await startTableIssuer(options));
  const get = async (path: string) => answerOf(await fetch(table.origin + path, { redirect: "manual" }));
  return { table, get };
}

describe("the table issuer", () => {
  test("serves ordinary metadata, a key set, and a protected resource with its challenge", async () => {
    const { table, get } = await start({ path: "/t" });
    const { json } = await get(`/t${openid}`);
    expect(json).toMatchObject({ issuer: table.url, jwks_uri: `${table.url}/jwks` });
    expect((await get("/.well-known/oauth-authorization-server/t")).json).toEqual(json);
    expect((await get("/t/jwks")).json.keys).toHaveLength(1);
    const challenged = await get("/api");
    const at = `${table.origin}/.well-known/oauth-protected-resource/api`;
    expect([challenged.status, challenged.headers.get("www-authenticate")]).toEqual([
      401,
      `Bearer resource_metadata="${at}"`,
    ]);
    expect(await (await fetch(at)).json()).toMatchObject({
      resource: table.resource,
      authorization_servers: [table.url],
    });
    expect((await get("/elsewhere")).status).toBe(404);
  });

  test("serves its metadata in the forms asked for and in no other", async () => {
    const { get } = await start({ path: "/t", wellKnown: ["openid-inserted", "oauth-appended"] });
    const found = [];
    for (const path of [`${openid}/t`, `/t${openid}`, "/t/.well-known/oauth-authorization-server"]) {
      found.push((await get(path)).status);
    }
    expect(found).toEqual([200, 404, 200]);
  });

  test("moves while it runs, and takes fields out", async () => {
    const { table, get } = await start({ metadata: { scopes_supported: undefined } });
    expect((await get(openid)).json).not.toHaveProperty("scopes_supported");
    table.setMetadata({ issuer: "https://moved.example.com", registration_endpoint: undefined });
    const { json } = await get(openid);
    expect(json).toMatchObject({ issuer: "https://moved.example.com", token_endpoint: `${table.url}/token` });
    expect(json).not.toHaveProperty("registration_endpoint");
    table.setResourceMetadata({ resource: "https://other.example.com" });
    expect((await get("/.well-known/oauth-protected-resource/api")).json.resource).toBe("https://other.example.com");
    table.setKeys({ keys: [] });
    expect((await get("/jwks")).json).toEqual({ keys: [] });
  });

  test("answers what it is told to: a page, a redirect, an error, a function's answer, nothing at all", async () => {
    const { table, get } = await start();
    table.set("/page", htmlPage);
    table.set("/moved", { redirect: "https://other.example.com/" });
    table.set("/error", { status: 503, headers: { "retry-after": "1" }, body: { error: "x" } });
    let calls = 0;
    table.set("/made", ({ search }) => {
      calls += 1;
      return { body: `${search} ${calls}` };
    });
    expect((await get("/page")).headers.get("content-type")).toContain("text/html");
    expect((await get("/moved")).headers.get("location")).toBe("https://other.example.com/");
    expect(await get("/error")).toMatchObject({ status: 503, json: { error: "x" } });
    expect([(await get("/made?a")).text, (await get("/made?b")).text]).toEqual(["?a 1", "?b 2"]);
    table.remove("/page");
    expect((await get("/page")).status).toBe(404);
    table.setAll(htmlPage);
    expect((await get(openid)).text).toContain("<title>Welcome</title>");
    table.setAll(undefined);
    expect((await get(openid)).json.issuer).toBe(table.url);
  });

  test("drips, delays, hangs, cuts, and sends without an end", async () => {
    const { table, get } = await start();
    table.set("/drip", { body: { a: "slow" }, drip: { bytes: 4, everyMs: 1 }, delayMs: 1 });
    expect((await get("/drip")).json).toEqual({ a: "slow" });
    table.set("/cut", { cut: true });
    await expect(get("/cut")).rejects.toThrow();
    table.set("/hang", { hang: true });
    await expect(fetch(`${table.origin}/hang`, { signal: AbortSignal.timeout(50) })).rejects.toThrow(/abort|timeout/i);
    table.set("/endless", { endless: true });
    const reader = (await fetch(`${table.origin}/endless`)).body!.getReader();
    let size = 0;
    while (size < 2 * 1024 * 1024) size += (await reader.read()).value?.length ?? Number.NaN;
    await reader.cancel();
    expect(size).toBeGreaterThan(2 * 1024 * 1024 - 1);
  });

  test("counts what was asked of it", async () => {
    const { table, get } = await start();
    await get(openid);
    await get(`${openid}?again`);
    expect([table.count(openid), table.count("/jwks")]).toEqual([2, 0]);
    expect(table.requests).toMatchObject([{ method: "GET", search: "" }, { search: "?again" }]);
    table.clearRequests();
    expect(table.count(openid)).toBe(0);
  });

  test("starts again at the same port after it was closed", async () => {
    const first = await startTableIssuer();
    await first.close();
    const { table } = await start({ port: Number(new URL(first.origin).port) });
    expect(table.origin).toBe(first.origin);
  });
});
