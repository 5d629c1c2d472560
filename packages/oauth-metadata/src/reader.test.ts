import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import tls from "node:tls";
import { gzipSync } from "node:zlib";
import {
  selfSignedCertificate,
  startTableIssuer,
  type TableIssuer,
  type TableIssuerOptions,
} from "@mcpstack/local-api";
import { CaFileError } from "./fetch/certificates";
import { MetadataReader, type MetadataReaderOptions } from "./reader";

const running: { close(): Promise<void> }[] = [];
const folders: string[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.close()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function readerWith(options: MetadataReaderOptions = {}): MetadataReader {
  const reader = new MetadataReader({ timeoutMs: 2000, ...options });
  running.push(reader);
  return reader;
}

async function issuerWith(options: TableIssuerOptions = {}): Promise<TableIssuer> {
  const server = await startTableIssuer(options);
  running.push(server);
  return server;
}

const named = (server: TableIssuer) => ({ programUrls: [server.url] });
const nobody = { programUrls: [] };

/** A server whose bytes no table can say. */
async function serve(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  running.push({
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function file(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "ca-"));
  folders.push(folder);
  writeFileSync(join(folder, "ca.pem"), text);
  return join(folder, "ca.pem");
}

/** Sends every connection to the table issuer, whatever address its name has. */
const to = (server: TableIssuer, addresses: readonly string[]) => ({
  resolve: async () => addresses,
  route: () => ({ host: "127.0.0.1", port: Number(new URL(server.origin).port) }),
});

describe("certificates", () => {
  test("A private authority is trusted by its file alone", async () => {
    const tls = selfSignedCertificate(["127.0.0.1", "id.test"]);
    const server = await issuerWith({ tls });
    const target = { authorizationServerUrl: server.url };

    expect(await readerWith().authorizationServer(target, { programUrls: [server.url] })).toMatchObject({
      kind: "unreachable",
      attempts: [{ outcome: "tls" }, { outcome: "tls" }],
    });
    expect(
      await readerWith({ caFile: file(tls.cert) }).authorizationServer(target, { programUrls: [server.url] }),
    ).toMatchObject({ kind: "found" });
  });

  test("The certificate must be for the host that was asked for, whatever address that host has", async () => {
    const tls = selfSignedCertificate(["id.test"]);
    const server = await issuerWith({ tls });
    const caFile = file(tls.cert);
    server.setMetadata({ issuer: "https://id.test" });
    const options = { caFile, connect: to(server, ["93.184.216.34"]) };

    expect(
      await readerWith(options).authorizationServer(
        { authorizationServerUrl: "https://id.test" },
        { programUrls: ["https://id.test"] },
      ),
    ).toMatchObject({
      kind: "found",
    });
    expect(
      await readerWith(options).authorizationServer(
        { authorizationServerUrl: "https://other.test" },
        { programUrls: ["https://other.test"] },
      ),
    ).toMatchObject({
      kind: "unreachable",
      attempts: [{ outcome: "tls" }, { outcome: "tls" }],
    });
  });

  test("All authorities are parsed once, however many hosts are asked", async () => {
    const hosts = Array.from({ length: 12 }, (_, at) => `i${at}.test`);
    const certificate = selfSignedCertificate(hosts);
    const server = await issuerWith({ tls: certificate });
    const reader = readerWith({ caFile: file(certificate.cert), connect: to(server, ["93.184.216.34"]) });
    const connected = jest.spyOn(tls, "connect");

    const urls = hosts.map((host) => `https://${host}`);
    const found = await Promise.all(
      urls.map((url) => reader.authorizationServer({ authorizationServerUrl: url }, { programUrls: [] })),
    );

    const contexts = connected.mock.calls.map(([options]) => (options as tls.ConnectionOptions).secureContext);
    connected.mockRestore();
    expect(new Set(found.map(({ kind }) => kind))).toEqual(new Set(["found"]));
    expect(contexts.length).toBeGreaterThanOrEqual(hosts.length);
    expect(new Set(contexts)).toEqual(new Set([expect.any(Object)]));
  });

  test.each([
    ["is not there", () => join(tmpdir(), "no-such-file.pem"), "cannot be read (ENOENT)"],
    ["holds no certificate", () => file("hello"), "holds no PEM certificate"],
    [
      "holds a broken one",
      () => file("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
      "cannot be parsed",
    ],
  ])("A file that %s is an error that names it", (_, path, message) => {
    const caFile = path();
    expect(() => new MetadataReader({ caFile })).toThrow(CaFileError);
    expect(() => new MetadataReader({ caFile })).toThrow(caFile);
    expect(() => new MetadataReader({ caFile })).toThrow(message);
  });
});

describe("addresses", () => {
  test("A host that only a document names may not resolve to an internal address; one that the program names may", async () => {
    const server = await issuerWith();
    const options = { allowInsecureMetadata: true, connect: to(server, ["10.0.0.1"]) };
    const url = "http://keys.test/jwks";

    expect(await readerWith(options).keySet(url, nobody)).toEqual({
      kind: "unreachable",
      attempt: { url, outcome: "private-address", detail: "keys.test resolves to 10.0.0.1 (a private address)" },
    });
    expect(server.requests).toEqual([]);
    expect(await readerWith(options).keySet(url, { programUrls: ["https://keys.test"] })).toMatchObject({
      kind: "found",
    });
  });

  test("Of several addresses only those that are allowed are connected to", async () => {
    const server = await issuerWith();
    const connected: string[] = [];
    const connect = {
      resolve: async () => ["10.0.0.1", "169.254.169.254", "93.184.216.34"],
      route: (_host: string, _port: number, address: string) => {
        connected.push(address);
        return { host: "127.0.0.1", port: Number(new URL(server.origin).port) };
      },
    };
    expect(
      await readerWith({ allowInsecureMetadata: true, connect }).keySet("http://keys.test/jwks", nobody),
    ).toMatchObject({
      kind: "found",
    });
    expect(connected).toEqual(["93.184.216.34"]);
  });

  test.each([
    ["http://169.254.169.254/latest/meta-data", "blocked-address"],
    ["http://168.63.129.16/machine", "blocked-address"],
    ["http://[::ffff:10.0.0.1]/x", "private-address"],
    ["http://0x7f.1/x", "private-address"],
    ["http://2130706433/x", "private-address"],
  ])("%s in a document is not connected to", async (url, outcome) => {
    const reader = readerWith({ allowInsecureMetadata: true });
    expect(await reader.keySet(url, nobody)).toMatchObject({ kind: "unreachable", attempt: { outcome } });
  });

  test("Whatever is asked for is private unless it is named: nothing names itself", async () => {
    const server = await issuerWith();
    const reader = readerWith();
    const target = { authorizationServerUrl: server.url, metadataUrl: `${server.url}/exact` };
    await reader.authorizationServer(target, nobody);
    await reader.protectedResource(server.resource, nobody);
    await reader.clientIdDocument(`${server.origin}/client`, nobody);
    await reader.publicLeg({ mcpUrl: server.resource, protectedResourceMetadataUrl: `${server.origin}/r` }, nobody);
    expect(server.requests).toEqual([]);
  });

  test("A loopback URL that is named opens no other port of this machine", async () => {
    const [server, other] = [await issuerWith(), await issuerWith()];
    expect(await readerWith().keySet(`${other.origin}/jwks`, named(server))).toMatchObject({
      attempt: { outcome: "private-address" },
    });
    const sameByName = `${server.origin.replace("127.0.0.1", "localhost")}/jwks`;
    expect(await readerWith().keySet(sameByName, named(server))).toMatchObject({ kind: "found" });
    expect(other.requests).toEqual([]);
  });

  test("Private addresses that nobody named are read where they are allowed, a cloud's metadata service is not", async () => {
    const server = await issuerWith();
    const reader = readerWith({ allowPrivateAddresses: true, allowInsecureMetadata: true });
    expect(await reader.keySet(`${server.origin}/jwks`, nobody)).toMatchObject({ kind: "found" });
    expect(await reader.keySet("http://169.254.169.254/jwks", nobody)).toMatchObject({
      attempt: { outcome: "blocked-address" },
    });
  });

  test("Plain http is refused before anything is sent, unless it is allowed or loopback", async () => {
    const server = await issuerWith();
    const connect = to(server, ["93.184.216.34"]);
    const url = "http://keys.test/jwks";
    expect(await readerWith({ connect }).keySet(url, nobody)).toMatchObject({ attempt: { outcome: "insecure" } });
    expect(server.requests).toEqual([]);
    expect(await readerWith({ connect, allowInsecureMetadata: true }).keySet(url, nobody)).toMatchObject({
      kind: "found",
    });
    expect(await readerWith().keySet(`${server.origin}/jwks`, { programUrls: [server.url] })).toMatchObject({
      kind: "found",
    });
  });

  test("Schemes other than http and https are not fetched", async () => {
    for (const url of ["file:///etc/passwd", "data:application/json,{}", "ftp://keys.test/x", "not a url"]) {
      expect((await readerWith().keySet(url, { programUrls: [url] })).kind).not.toBe("found");
    }
  });
});

describe("answers", () => {
  test("A redirect within the origin is followed three times, and not a fourth", async () => {
    const server = await issuerWith();
    for (const step of [1, 2, 3, 4]) server.set(`/r${step}`, { redirect: step === 1 ? "/jwks" : `/r${step - 1}` });
    server.set("/loop", { redirect: "/loop" });
    const reader = readerWith();
    expect(await reader.keySet(`${server.origin}/r3`, named(server))).toMatchObject({ kind: "found" });
    expect(await reader.keySet(`${server.origin}/r4`, named(server))).toMatchObject({
      kind: "missing",
      attempt: { outcome: "redirect" },
    });
    expect(await reader.keySet(`${server.origin}/loop`, named(server))).toMatchObject({
      attempt: { outcome: "redirect" },
    });
  });

  test.each([
    ["/at?token=hidden#part", "https://rd.example.com/at with a query"],
    ["/oidc/.well-known/openid-configuration", "https://rd.example.com/oidc/.well-known/openid-configuration"],
  ])(
    "The address that a redirect leads to can be given, without what is nobody's business: %s",
    async (path, shown) => {
      const server = await issuerWith();
      server.set("/out", { redirect: `https://user:hidden@rd.example.com${path}` });
      const { attempt } = await readerWith().keySet(`${server.origin}/out`, named(server));
      expect(attempt.detail).toBe(`redirects to ${shown}`);
    },
  );

  test("A client id document behind a redirect is none, also within its origin", async () => {
    const server = await issuerWith();
    server.set("/client", { body: { client_id: `${server.origin}/client`, redirect_uris: [] } });
    server.set("/moved", { redirect: "/client" });
    const reader = readerWith();
    expect((await reader.keySet(`${server.origin}/moved`, named(server))).attempt.outcome).toBe("invalid");
    expect(await reader.clientIdDocument(`${server.origin}/moved`, named(server))).toMatchObject({
      kind: "missing",
      attempt: { outcome: "redirect", detail: `redirects to ${server.origin}/client` },
    });
    expect((await reader.clientIdDocument(`${server.origin}/client`, named(server))).kind).toBe("found");
  });

  test("A redirect elsewhere is a miss, and nothing is sent there", async () => {
    const [server, other] = [await issuerWith(), await issuerWith()];
    server.set("/out", { redirect: `${other.origin}/jwks` });
    expect(await readerWith().keySet(`${server.origin}/out`, named(server))).toMatchObject({
      kind: "missing",
      attempt: { outcome: "redirect", status: 302, detail: `redirects to ${other.origin}/jwks` },
    });
    expect(other.requests).toEqual([]);
  });

  test("No credential and no cookie is ever sent", async () => {
    const server = await issuerWith();
    server.set("/first", { redirect: "/jwks", headers: { "set-cookie": "a=b" } });
    const reader = readerWith();
    await reader.keySet(`${server.origin.replace("//", "//user:secret@")}/first`, named(server));
    expect(server.requests.map(({ path }) => path)).toEqual(["/first", "/jwks"]);
    for (const { headers } of server.requests) {
      expect(headers.authorization).toBeUndefined();
      expect(headers.cookie).toBeUndefined();
    }
  });

  test.each([
    ["an endless body", { endless: true as const }, "too-large"],
    ["a body above the limit", { body: { keys: [], x: "x".repeat(70_000) } }, "too-large"],
    ["deep nesting", { body: `{"keys":${"[".repeat(60_000)}` }, "invalid"],
    ["a list", { body: "[]" }, "not-json"],
    ["null", { body: "null" }, "not-json"],
    ["HTML", { body: "<!doctype html>" }, "not-json"],
    ["nothing", { body: "" }, "not-json"],
    ["an object without keys", { body: {} }, "invalid"],
    ["an encoding that nobody knows", { body: "{}", headers: { "content-encoding": "constructor" } }, "invalid"],
    ["a damaged compressed body", { body: "{}", headers: { "content-encoding": "gzip" } }, "invalid"],
    ["a missing page", { status: 404 }, "not-found"],
    ["no permission", { status: 403 }, "denied"],
    ["a broken server", { status: 503 }, "server-error"],
    ["a cut connection", { cut: true as const }, "refused"],
    ["a body that drips", { body: { keys: [] }, drip: { bytes: 1, everyMs: 100 } }, "timeout"],
  ] as const)("%s is no document", async (_, answer, outcome) => {
    const server = await issuerWith();
    server.set("/keys", answer);
    const reader = readerWith({ timeoutMs: 400, maxBytes: 65_536 });
    expect(await reader.keySet(`${server.origin}/keys`, named(server))).toMatchObject({ attempt: { outcome } });
  });

  test("A compressed document is read, and one that unpacks beyond the limit is not", async () => {
    const bodies: Record<string, Buffer> = {
      "/good": gzipSync('{"keys":[{"kty":"EC"}]}'),
      "/bomb": gzipSync(Buffer.alloc(50_000_000, 0x20)),
    };
    const origin = await serve((request, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(bodies[request.url ?? ""]);
    });
    const reader = readerWith();
    expect(await reader.keySet(`${origin}/good`, { programUrls: [origin] })).toMatchObject({ kind: "found" });
    expect(await reader.keySet(`${origin}/bomb`, { programUrls: [origin] })).toMatchObject({
      attempt: { outcome: "too-large" },
    });
  });

  test("A media type that is wrong does not matter, a byte order mark neither", async () => {
    const server = await issuerWith();
    server.set("/keys", { body: '\ufeff{"keys":[]}', headers: { "content-type": "text/plain" } });
    expect(await readerWith().keySet(`${server.origin}/keys`, named(server))).toMatchObject({ kind: "found" });
  });
});

describe("one run", () => {
  const realm = (server: TableIssuer, i: number) => ({ authorizationServerUrl: `${server.origin}/realm${i}` });

  test("asks a host for no more than four documents at once", async () => {
    let active = 0;
    let most = 0;
    const origin = await serve((_, response) => {
      most = Math.max(most, ++active);
      setTimeout(() => {
        active -= 1;
        response.writeHead(404).end();
      }, 10);
    });
    const reader = readerWith();
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        reader.authorizationServer({ authorizationServerUrl: `${origin}/r${i}` }, { programUrls: [`${origin}/r${i}`] }),
      ),
    );
    expect(most).toBe(4);
  });

  test("ends with its time budget, and says so", async () => {
    const servers = await Promise.all([1, 2, 3].map(() => issuerWith()));
    for (const server of servers) server.setAll({ hang: true });
    const reader = readerWith({ timeoutMs: 200, budgetMs: 300 });
    const outcomes: (string | undefined)[] = [];
    for (const server of servers) {
      const result = await reader.authorizationServer(
        { authorizationServerUrl: server.url },
        { programUrls: [server.url] },
      );
      outcomes.push(result.attempts[0]?.outcome);
    }
    expect(outcomes).toEqual(["timeout", "budget", "budget"]);
  });

  test("remembers a failed host until the next run", async () => {
    const server = await issuerWith();
    server.setAll({ hang: true });
    const reader = readerWith({ timeoutMs: 150 });
    expect((await reader.authorizationServer(realm(server, 1), named(server))).kind).toBe("unreachable");
    expect((await reader.authorizationServer(realm(server, 2), named(server))).kind).toBe("unreachable");
    expect(server.requests).toHaveLength(1);
    server.setAll(undefined);
    expect(
      (await reader.authorizationServer({ authorizationServerUrl: server.url }, { programUrls: [server.url] })).kind,
    ).toBe("unreachable");
    reader.restart();
    expect(
      (await reader.authorizationServer({ authorizationServerUrl: server.url }, { programUrls: [server.url] })).kind,
    ).toBe("found");
  });

  test("ends for a caller that gives up, and goes on for the others", async () => {
    const server = await issuerWith();
    server.set("/jwks", { body: { keys: [] }, delayMs: 80 });
    const reader = readerWith();
    const url = `${server.origin}/jwks`;
    const giveUp = new AbortController();
    const abandoned = reader.keySet(url, { programUrls: [server.url], signal: giveUp.signal });
    const patient = reader.keySet(url, { programUrls: [server.url] });
    giveUp.abort();
    await expect(abandoned).rejects.toMatchObject({ name: "AbortError" });
    expect(await patient).toMatchObject({ kind: "found" });
    expect(server.count("/jwks")).toBe(1);
  });

  test("ends at once when the reader is closed", async () => {
    const server = await issuerWith();
    server.setAll({ hang: true });
    const reader = readerWith({ timeoutMs: 60_000, budgetMs: 60_000 });
    const waiting = reader.authorizationServer({ authorizationServerUrl: server.url }, { programUrls: [server.url] });
    await new Promise((resolve) => setTimeout(resolve, 30));
    await reader.close();
    expect((await waiting).kind).toBe("unreachable");
  });
});

describe("further runs of a scheduled check", () => {
  async function twice(headers: Record<string, string>, cache: "run" | "http") {
    const server = await issuerWith();
    server.set("/jwks", ({ headers: sent }) =>
      sent["if-none-match"] === headers.etag && headers.etag !== undefined
        ? { status: 304, headers }
        : { body: { keys: [{ kty: "EC" }] }, headers },
    );
    const reader = readerWith({ cache });
    const read = () => reader.keySet(`${server.origin}/jwks`, { programUrls: [server.url] });
    const results = [await read(), await read()];
    reader.restart();
    results.push(await read());
    for (const result of results) expect(result).toMatchObject({ kind: "found", document: { keys: 1 } });
    return server.requests.map((request) => request.headers["if-none-match"]);
  }

  test("ask with the validator that was given, and take 304 for the same document", async () => {
    expect(await twice({ etag: '"v1"' }, "http")).toEqual([undefined, '"v1"']);
  });

  test("do not ask while the document is fresh", async () => {
    expect(await twice({ "cache-control": "public, max-age=60" }, "http")).toEqual([undefined]);
  });

  test.each([
    { "cache-control": "max-age=60, no-store" },
    { "cache-control": "max-age=60, no-cache" },
    { "cache-control": "max-age=60", age: "60" },
    {},
  ])("ask again after %j", async (headers) => {
    expect(await twice(headers as Record<string, string>, "http")).toEqual([undefined, undefined]);
  });

  test("ask for everything anew where HTTP caching was not chosen", async () => {
    expect(await twice({ etag: '"v1"', "cache-control": "max-age=60" }, "run")).toEqual([undefined, undefined]);
  });
});
