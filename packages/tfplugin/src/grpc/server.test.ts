import { mkdtempSync, rmSync } from "node:fs";
import { type ClientHttp2Session, connect } from "node:http2";
import { connect as connectNet } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as tick } from "node:timers/promises";
import { connect as connectTls } from "node:tls";
import { type Certificate, makeCertificate } from "../handshake/certificate";
import { frame, unframe } from "./frames";
import { pluginServices } from "./plugin-services";
import { createGrpcServer, type Method } from "./server";
import { encodeStatusMessage, GrpcError, Status } from "./status";

interface Answer {
  readonly status: number;
  readonly message: string;
  readonly messages: Uint8Array[];
}

const aborted: string[] = [];
let shutdowns = 0;
const methods = new Map<string, Method>([
  ["/test/Echo", ([message]) => message],
  [
    "/test/Stream",
    async ([message], call) => {
      for (let i = 0; i < 3; i++) await call.send(message as Uint8Array);
      return undefined;
    },
  ],
  ["/test/Refuse", () => Promise.reject(new GrpcError(Status.NOT_FOUND, "50 % of é"))],
  [
    "/test/Hang",
    (_messages, call) =>
      new Promise((resolve) => {
        call.signal.addEventListener("abort", () => {
          aborted.push((call.signal.reason as Error).message);
          resolve(undefined);
        });
      }),
  ],
  ...pluginServices(() => {
    shutdowns++;
  }),
]);

const folder = mkdtempSync(join(tmpdir(), "grpc-"));
const path = join(folder, "s");
const client = makeCertificate();
const own = makeCertificate();
const server = createGrpcServer((name) => methods.get(name), { certificate: own, clientCertificate: client.pem });
const sessions: ClientHttp2Session[] = [];

beforeAll(() => new Promise<void>((resolve) => server.listen(path, resolve)));
afterAll(() => {
  for (const session of sessions) session.destroy();
  server.close();
  rmSync(folder, { recursive: true });
});

function session(certificate: Certificate | undefined = client): ClientHttp2Session {
  const opened = connect("https://localhost", {
    createConnection: () =>
      connectTls({
        socket: connectNet(path),
        servername: "localhost",
        ca: own.pem,
        ALPNProtocols: ["h2"],
        ...(certificate === undefined ? {} : { cert: certificate.pem, key: certificate.key }),
      }),
  });
  opened.on("error", () => {});
  sessions.push(opened);
  return opened;
}

function open(on: ClientHttp2Session, name: string, body: Buffer) {
  const stream = on.request({ ":method": "POST", ":path": name, "content-type": "application/grpc", te: "trailers" });
  const chunks: Buffer[] = [];
  let trailers: Record<string, unknown> = {};
  stream.on("trailers", (received) => {
    trailers = received;
  });
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  const answer = new Promise<Answer>((resolve, reject) => {
    stream.on("error", reject);
    stream.on("end", () =>
      resolve({
        status: Number(trailers["grpc-status"]),
        message: decodeURIComponent(String(trailers["grpc-message"] ?? "")),
        messages: unframe(Buffer.concat(chunks)),
      }),
    );
  });
  stream.end(body);
  return { stream, answer };
}

const call = (name: string, message: Uint8Array, on = session()) => open(on, name, frame(message)).answer;
const text = (of: Uint8Array | undefined) => Buffer.from(of ?? []).toString();

test("A call is answered with its message and the status OK.", async () => {
  const { status, messages } = await call("/test/Echo", Buffer.from("hello"));
  expect(status).toBe(Status.OK);
  expect(messages.map(text)).toEqual(["hello"]);
});

test("Four messages of 8 MB at once go both ways over one connection.", async () => {
  const large = Buffer.alloc(8 * 1024 * 1024, "x");
  const on = session();
  const answers = await Promise.all([1, 2, 3, 4].map(() => call("/test/Echo", large, on)));
  expect(answers.map(({ status, messages }) => [status, messages[0]?.length])).toEqual(
    answers.map(() => [0, large.length]),
  );
});

test("A stream of answers arrives message by message.", async () => {
  const { status, messages } = await call("/test/Stream", Buffer.from("x"));
  expect(status).toBe(Status.OK);
  expect(messages.map(text)).toEqual(["x", "x", "x"]);
});

test("An error of a method is its status and its message.", async () => {
  expect(await call("/test/Refuse", Buffer.alloc(0))).toEqual({
    status: Status.NOT_FOUND,
    message: "50 % of é",
    messages: [],
  });
});

test("An unknown method is not implemented, the broker's among them.", async () => {
  expect(await call("/plugin.GRPCBroker/StartStream", Buffer.alloc(0))).toMatchObject({ status: Status.UNIMPLEMENTED });
});

test("A compressed or a cut message is refused.", async () => {
  const compressed = frame(Buffer.from("x"));
  compressed[0] = 1;
  expect(await open(session(), "/test/Echo", compressed).answer).toMatchObject({ status: Status.UNIMPLEMENTED });
  expect(await open(session(), "/test/Echo", frame(Buffer.from("xyz")).subarray(0, 6)).answer).toMatchObject({
    status: Status.INTERNAL,
  });
});

test("A call that the client cancels is told so.", async () => {
  const { stream, answer } = open(session(), "/test/Hang", frame(Buffer.alloc(0)));
  answer.catch(() => {});
  stream.on("response", () => {});
  await new Promise((resolve) => stream.once("ready", resolve));
  await tick();
  const before = aborted.length;
  setTimeout(() => stream.close(8), 50);
  while (aborted.length === before) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(aborted.at(-1)).toBe("The client cancelled the call.");
});

test("Health is serving for the server and for the service plugin, and for no other.", async () => {
  const service = (name: string) => Buffer.concat([Uint8Array.of(0x0a, name.length), Buffer.from(name)]);
  const serving = { status: Status.OK, messages: [Buffer.from([8, 1])] };
  expect(await call("/grpc.health.v1.Health/Check", Buffer.alloc(0))).toMatchObject(serving);
  expect(await call("/grpc.health.v1.Health/Check", service("plugin"))).toMatchObject(serving);
  expect(await call("/grpc.health.v1.Health/Check", service("other"))).toMatchObject({ status: Status.NOT_FOUND });
});

test("Shutdown is answered.", async () => {
  expect(await call("/plugin.GRPCController/Shutdown", Buffer.alloc(0))).toMatchObject({ status: Status.OK });
  expect(shutdowns).toBe(1);
});

test.each([
  ["no certificate", undefined],
  ["another certificate", makeCertificate()],
])("A client with %s is not served.", async (_name, certificate) => {
  const on =
    certificate === undefined
      ? connect("https://localhost", {
          createConnection: () =>
            connectTls({ socket: connectNet(path), servername: "localhost", ca: own.pem, ALPNProtocols: ["h2"] }),
        })
      : session(certificate);
  on.on("error", () => {});
  sessions.push(on);
  // The connection breaks, before or after the request is out.
  const outcome = await call("/test/Echo", Buffer.from("x"), on).catch(() => ({ status: Number.NaN, messages: [] }));
  expect(outcome).toMatchObject({ status: Number.NaN, messages: [] });
});

test("A status message is percent-encoded.", () => {
  expect(encodeStatusMessage("a%é\n")).toBe("a%25%C3%A9%0A");
});
