// The way from a real engine's provider to the service: plain HTTP, on which the same things go wrong.
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Served, Service } from "./service";

export interface Proxy {
  close(): Promise<void>;
}

/** Listens on the loopback address, and makes that the service's own. */
export async function startProxy(service: Service): Promise<Proxy> {
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    // Whoever is killed in the middle of a request has sent nothing that counts.
    try {
      for await (const piece of request) pieces.push(piece as Buffer);
    } catch {
      return;
    }
    const { method = "GET", url: path = "/", headers } = request;
    const served = await service.serve({ method, path, headers, body: Buffer.concat(pieces).toString("utf8") });
    await new Promise((resolve) => setTimeout(resolve, served.delayMs));
    deliver(response, served);
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  service.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function deliver(response: ServerResponse, { answer, reply }: Served): void {
  if (answer === "never") return;
  if (answer === "reset") {
    response.socket?.resetAndDestroy();
    return;
  }
  const bytes = Buffer.from(reply.body ?? "");
  const told = answer === "whole" ? bytes : bytes.subarray(0, bytes.length / 2);
  const length = answer === "cut" ? bytes.length : told.length;
  const hasNoBody = reply.status === 204 || reply.status === 304;
  response.writeHead(reply.status, { ...reply.headers, ...(hasNoBody ? {} : { "content-length": String(length) }) });
  if (answer === "cut") response.write(told, () => response.socket?.destroy());
  else response.end(told);
}
