import { createSecureServer, createServer, type Http2Server, type ServerHttp2Stream } from "node:http2";
import type { TLSSocket } from "node:tls";
import type { Certificate } from "../handshake/certificate";
import { frame, MAX_MESSAGE, unframe } from "./frames";
import { encodeStatusMessage, GrpcError, Status } from "./status";

/**
 * What answers a call: the messages in, the messages out. `send` is for a stream of answers and waits while the client is
 * slow. Throws a `GrpcError` to answer with its status.
 */
export type Method = (
  messages: readonly Uint8Array[],
  call: Call,
) => Promise<Uint8Array | undefined> | Uint8Array | undefined;

export interface Call {
  /** Aborted when the client cancels or the connection breaks. */
  readonly signal: AbortSignal;
  send(message: Uint8Array): Promise<void>;
}

/** Finds the method for a path like `/tfplugin6.Provider/GetMetadata`. */
export type Router = (path: string) => Method | undefined | Promise<Method | undefined>;

export interface Security {
  readonly certificate: Certificate;
  /** PEM of the only certificate that a client may show. */
  readonly clientCertificate: string;
}

/** Megabytes that a connection may hold: with the default of 10, four large messages at once break the connection. */
const SESSION_MEMORY = 1024;
/** Of a stream. The connection's own window stays as it is: under Bun, large messages hang after `setLocalWindowSize`. */
const WINDOW = 4 * 1024 * 1024;

/** A gRPC server on bare HTTP/2: it loads in a fraction of the time of a gRPC library, and a provider starts several times a run. */
export function createGrpcServer(route: Router, security: Security | undefined): Http2Server {
  const options = {
    maxSessionMemory: SESSION_MEMORY,
    settings: { initialWindowSize: WINDOW, maxConcurrentStreams: 1000, maxFrameSize: 1 << 20 },
  };
  const server =
    security === undefined
      ? createServer(options)
      : createSecureServer({
          ...options,
          cert: security.certificate.pem,
          key: security.certificate.key,
          ca: [security.clientCertificate],
          requestCert: true,
          rejectUnauthorized: true,
          minVersion: "TLSv1.2",
        });
  server.on("session", (session) => {
    if (security !== undefined && !isClient(session.socket as TLSSocket, security.clientCertificate)) {
      session.destroy();
      return;
    }
    // A connection that breaks is the client's to notice; its streams report their own end.
    session.on("error", () => {});
  });
  server.on("stream", (stream, headers) => {
    void answer(stream, headers[":path"] ?? "", route);
  });
  server.on("sessionError", () => {});
  return server;
}

/** Exactly the client's certificate, not merely one that it signed. */
function isClient(socket: TLSSocket, pem: string): boolean {
  const raw = socket.getPeerCertificate()?.raw;
  const expected = pem.replace(/-----[^-]+-----|\s+/g, "");
  return raw !== undefined && raw.toString("base64") === expected;
}

async function answer(stream: ServerHttp2Stream, path: string, route: Router): Promise<void> {
  const abort = new AbortController();
  let finished = false;
  stream.on("error", () => {});
  stream.on("close", () => {
    if (!finished) abort.abort(new GrpcError(Status.CANCELLED, "The client cancelled the call."));
  });
  let responded = false;
  const respond = () => {
    if (responded) return;
    responded = true;
    stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
  };
  let status: number = Status.OK;
  let message = "";
  stream.on("wantTrailers", () => {
    stream.sendTrailers({
      "grpc-status": String(status),
      ...(message === "" ? {} : { "grpc-message": encodeStatusMessage(message) }),
    });
  });
  let result: Uint8Array | undefined;
  try {
    const body = collect(stream);
    // Awaited further down; until then a broken stream must not be an unhandled rejection.
    body.catch(() => {});
    const method = await route(path);
    if (method === undefined) throw new GrpcError(Status.UNIMPLEMENTED, `The provider has no method ${path}.`);
    result = await method(unframe(await body), {
      signal: abort.signal,
      async send(message) {
        if (stream.destroyed) throw new GrpcError(Status.CANCELLED, "The client cancelled the call.");
        respond();
        if (!stream.write(frame(message))) await drained(stream);
      },
    });
  } catch (error) {
    status = error instanceof GrpcError ? error.status : Status.INTERNAL;
    message = error instanceof Error ? error.message : String(error);
  }
  finished = true;
  if (stream.destroyed) return;
  respond();
  if (result === undefined) stream.end();
  else stream.end(frame(result));
}

function collect(stream: ServerHttp2Stream): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    stream.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_MESSAGE + 5)
        reject(new GrpcError(Status.RESOURCE_EXHAUSTED, `The request exceeds ${MAX_MESSAGE} bytes.`));
      else chunks.push(chunk);
    });
    stream.on("end", () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, size)));
    stream.on("error", reject);
    stream.on("aborted", () => reject(new GrpcError(Status.CANCELLED, "The client cancelled the call.")));
  });
}

function drained(stream: ServerHttp2Stream): Promise<void> {
  return new Promise((resolve) => {
    stream.once("drain", resolve);
    stream.once("close", resolve);
  });
}
