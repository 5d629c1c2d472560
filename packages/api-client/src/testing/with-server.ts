import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ApiClient } from "../api-client";
import type { Connection } from "../connection/settle-connection";
import type { TransportOptions } from "../transport/transport";

/** One request as a test's server got it. */
export interface Arrived {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Answering = (arrived: Arrived, response: ServerResponse) => void;

export interface TestServer {
  readonly url: string;
  readonly arrived: Arrived[];
  /** Method and path of every request. */
  requests(): string[];
  close(): Promise<unknown>;
}

export const secret = "tok_secret_1234567890";
export const quick = { baseMs: 1, maxMs: 2 };

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A server that answers as the test says and is closed after it. */
export async function startServer(answer: Answering): Promise<TestServer> {
  const arrived: Arrived[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      const one = { method: request.method ?? "", url: request.url ?? "", headers: request.headers, body };
      arrived.push(one);
      answer(one, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  closing.push(close);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, arrived, requests: () => arrived.map((one) => `${one.method} ${one.url}`), close };
}

export function connectionTo(apiUrl: string, organization?: string, value = secret): Connection {
  const credential = { kind: "accessToken", value, source: "MCPSTACK_ACCESS_TOKEN" } as const;
  return organization === undefined ? { apiUrl, credential } : { apiUrl, organization, credential };
}

/** A client that retries without waiting and is closed after the test. */
export function clientOf(connection: Connection, options: TransportOptions = {}): ApiClient {
  const client = new ApiClient(connection, { retries: quick, patienceMs: 2_000, ...options });
  closing.push(() => client.close());
  return client;
}

export function closeAfterTest<T extends { close(): Promise<unknown> }>(thing: T): T {
  closing.push(() => thing.close());
  return thing;
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body?: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

/** What something rejected with; fails where it did not. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("it did not fail");
}
