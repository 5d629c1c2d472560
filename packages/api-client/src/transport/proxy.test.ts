import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
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

const variables = ["HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"] as const;
const before = Object.fromEntries(variables.map((name) => [name, process.env[name]]));

beforeEach(() => {
  for (const name of variables) delete process.env[name];
});

afterEach(() => {
  for (const name of variables) {
    const value = before[name];
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});

test("an API behind a proxy is asked for through a tunnel, and the proxy never sees the credential", async () => {
  const asked: IncomingMessage[] = [];
  const proxy = createServer().on("connect", (request: IncomingMessage, socket) => {
    asked.push(request);
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  closeAfterTest({ close: () => new Promise((resolve) => proxy.close(resolve)) });
  process.env.HTTPS_PROXY = `http://user:hush@127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const client = clientOf(connectionTo("https://api.invalid"), { retries: { ...quick, attempts: 2 } });
  const error = (await rejection(client.organizations())) as Error;
  expect(error).toMatchObject({ code: "unavailable", message: expect.stringContaining("HTTPS_PROXY") });
  expect(error.message).not.toContain("hush");
  expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
    "CONNECT api.invalid:443",
    "CONNECT api.invalid:443",
  ]);
  expect(JSON.stringify(asked.map(({ rawHeaders }) => rawHeaders))).not.toContain(secret);
});

test("plain http to the loopback host goes past the proxy", async () => {
  process.env.HTTPS_PROXY = "http://127.0.0.1:9";
  const server = await startServer((_, response) => sendJson(response, 200, []));
  expect(await clientOf(connectionTo(server.url)).organizations()).toEqual([]);
});

test("a proxy's address that is no URL is named without its value", () => {
  process.env.HTTPS_PROXY = "hush no url";
  expect(() => clientOf(connectionTo("https://api.invalid"))).toThrow(
    expect.objectContaining({ code: "invalid_api_url", message: expect.not.stringContaining("hush") }),
  );
});
