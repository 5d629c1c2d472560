// A raw server that says whatever a seed says, in a thread of its own: it must not take the time of the reader that it is held against.
import { createRequire } from "node:module";
import net from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { parentPort } from "node:worker_threads";
import { hostileBody, hostileDocument, internalHost } from "./hostile-values.mjs";

const require = createRequire(import.meta.url);
const { randomOf } = require(new URL("../../packages/oauth-metadata/dist/testing/random.js", import.meta.url).pathname);

/** Requests by host. */
const asked = {};
const sockets = new Set();

const server = net.createServer((socket) => {
  sockets.add(socket);
  socket.on("close", () => sockets.delete(socket));
  socket.on("error", () => {});
  let head = "";
  socket.setEncoding("latin1").on("data", (piece) => {
    head += piece;
    // What is no HTTP, such as a TLS hello, is answered as well.
    if (/^[GP]/.test(head) && !head.includes("\r\n\r\n") && head.length < 16_384) return;
    const request = head;
    head = "";
    const path = /^[A-Z]+ (\S+) /.exec(request)?.[1] ?? "";
    const host = /^host: *(\S+)/im.exec(request)?.[1] ?? "";
    asked[host] = (asked[host] ?? 0) + 1;
    answer(socket, host, path).catch(() => socket.destroy());
  });
});
server.listen(0, "127.0.0.1", () => parentPort.postMessage({ port: server.address().port }));

parentPort.on("message", (message) => {
  if (message === "tally") parentPort.postMessage({ asked });
  if (message !== "close") return;
  for (const socket of sockets) socket.destroy();
  server.close(() => parentPort.close());
});

const seedOf = (name) => Number(/^h(\d+)/.exec(name)?.[1] ?? 0);

/** The same answer for the same host and path, so that a seed can be played again. */
async function answer(socket, host, path) {
  const random = randomOf(seedOf(host) * 31 + hashOf(path));
  const base = `http://${host}`;
  const own = {
    issuer: `${base}/realms/x`,
    resource: random.pick([`${base}/orders`, `${base}/api/v1/gateway/gw/mcp`]),
    authorization_servers: [random.pick([`${base}/realms/x`, `http://${host}.${internalHost}/`])],
    jwks_uri: random.pick([
      `${base}/keys`,
      `http://${host}.${internalHost}/keys`,
      "http://169.254.169.254/keys",
      "http://10.0.0.1/",
    ]),
    keys: [{ kty: "EC" }],
  };
  const document = hostileDocument(random, own);
  const { body, encoding } = hostileBody(random, document);
  const coded = encoding === undefined ? "" : `content-encoding: ${encoding.replace(/[\r\n]/g, "")}\r\n`;
  const type = `content-type: ${random.pick(["application/json", "text/html", "application/octet-stream", 'x; charset="\u0001"', "", "application/json; charset=utf-16"])}\r\n`;
  const whole = Buffer.concat([
    Buffer.from(`HTTP/1.1 200 OK\r\n${type}${coded}content-length: ${body.length}\r\n\r\n`, "latin1"),
    body,
  ]);
  const say = (text) => socket.write(text, "latin1");
  await random.pick(kinds)({ socket, say, random, host, path, base, body, coded, type, whole });
}

const kinds = [
  // Half of the answers are whole, so that what they hold is met.
  ...Array.from(
    { length: 16 },
    () =>
      ({ socket, whole }) =>
        void socket.write(whole),
  ),
  ({ socket, whole }) => void socket.end(whole),
  // Redirects: in a circle, further and further, elsewhere, to what is no address.
  ({ say, path }) => say(`HTTP/1.1 302 Found\r\nlocation: ${path}\r\ncontent-length: 0\r\n\r\n`),
  ({ say, path }) => say(`HTTP/1.1 308 x\r\nlocation: ${path}/a\r\ncontent-length: 0\r\n\r\n`),
  ({ say, random, host }) =>
    say(
      `HTTP/1.1 ${random.pick([300, 301, 302, 303, 305, 306, 307, 308, 399])} x\r\nlocation: ${random.pick([
        `http://${internalHost}/`,
        `//${internalHost}/`,
        "http://169.254.169.254/latest",
        "javascript:alert(1)",
        "file:///etc/passwd",
        `http://user:secret@${host}/x`,
        "\\\\evil\\x",
        "",
        "\u202e",
        `/${"a".repeat(9000)}`,
        "?",
        "#",
        `http://${host}:1/`,
      ])}\r\ncontent-length: 0\r\n\r\n`,
    ),
  ({ say }) => say("HTTP/1.1 302 x\r\nlocation: /a\r\nlocation: /b\r\ncontent-length: 0\r\n\r\n"),
  ({ say }) => say("HTTP/1.1 304 Not Modified\r\netag: x\r\n\r\n"),
  // Interim answers: some, many, without end, and a protocol that nobody asked for (RFC 9110 §15.2).
  ({ socket, say, whole }) => {
    say("HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n");
    socket.write(whole);
  },
  ({ say, socket, whole }) => {
    say("HTTP/1.1 100 Continue\r\n\r\n");
    socket.write(whole);
  },
  ({ say }) => say("HTTP/1.1 102 Processing\r\n\r\n".repeat(2000)),
  ({ say }) => say("HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n{}"),
  ({ say, socket }) => until(socket, () => say("HTTP/1.1 103 Early Hints\r\nx: y\r\n\r\n"), 5),
  // Status lines and headers.
  ({ say, random }) =>
    say(
      `HTTP/1.1 ${random.pick([204, 205, 206, 226, 299, 400, 404, 418, 429, 500, 503, 599, 999])} x\r\ncontent-length: 2\r\n\r\n{}`,
    ),
  ({ say, random }) =>
    say(
      random.pick([
        "HTTP/9.9 200 OK\r\n\r\n{}",
        "HTTP/1.1 20 OK\r\n\r\n",
        "garbage\u001b[2J\r\n\r\n",
        "\r\n\r\n\r\n",
        "HTTP/1.0 200 OK\r\n\r\n{}",
        "ICY 200 OK\r\n\r\n",
        "HTTP/1.1 200\r\n\r\n{}",
        "\u0016\u0003\u0001",
      ]),
    ),
  ({ say }) => say(`HTTP/1.1 200 OK\r\n${"x: y\r\n".repeat(5000)}\r\n{}`),
  ({ say }) => say(`HTTP/1.1 200 OK\r\nx: ${"y".repeat(100_000)}\r\n\r\n{}`),
  ({ say, body }) => say(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\ncontent-length: 1\r\n\r\n{}`),
  ({ say }) => say("HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}"),
  ({ say }) => say("HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n{}"),
  ({ say }) => say("HTTP/1.1 200 OK\r\ncontent-length: 99999999999999999999\r\n\r\n{}"),
  ({ socket, say, body }) => {
    say(
      `HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-encoding: br\r\ncontent-type: a\r\ncontent-type: b\r\ncontent-length: ${body.length}\r\n\r\n`,
    );
    socket.write(body);
  },
  ({ say, random }) =>
    say(
      `HTTP/1.1 401 x\r\nwww-authenticate: ${random.pick([
        'Bearer resource_metadata="/x"',
        `Bearer resource_metadata="http://${internalHost}/x"`,
        `Bearer ${'a="b", '.repeat(1500)}`,
        "Bearer =\u001b[2J",
        'Bearer resource_metadata="http://169.254.169.254/x"\r\nwww-authenticate: Basic',
      ])}\r\ncontent-length: 0\r\n\r\n`,
    ),
  // Bodies: in broken pieces, without end, too slow, cut short, too long, more than was announced.
  ({ say, random }) =>
    say(
      `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${random.pick(["zz\r\n{}\r\n0\r\n\r\n", "2\r\n{}\r\n", "-2\r\n{}\r\n0\r\n\r\n", "ffffffffffffffff\r\n{}", "2\r\n{}0\r\n\r\n", `2;${"x".repeat(20_000)}\r\n{}\r\n0\r\n\r\n`, "2\r\n{}\r\n0\r\nx: y\r\n\r\n"])}`,
    ),
  ({ say, body, socket }) => {
    say(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n`);
    for (const byte of body.subarray(0, 300)) say(`1\r\n${String.fromCharCode(byte)}\r\n`);
    say("0\r\n\r\n");
    socket.end();
  },
  ({ say, socket }) => {
    say("HTTP/1.1 200 OK\r\n\r\n");
    return until(socket, () => say(" ".repeat(8192)), 1);
  },
  ({ say, socket }) => {
    say("HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{");
    return until(socket, () => say(" "), 40);
  },
  ({ say, socket }) => {
    say("HTTP/1.1 200 OK\r\nx: ");
    return until(socket, () => say("y"), 40);
  },
  ({ say, socket, body }) => {
    say(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length + 100}\r\n\r\n`);
    socket.end(body);
  },
  ({ say, socket, body }) => {
    say("HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n");
    socket.write(body);
  },
  ({ say }) => say(`HTTP/1.1 200 OK\r\ncontent-length: 70000\r\n\r\n{"x":"${"y".repeat(69_992)}"}`),
  // Nothing at all, at once or for ever.
  ({ socket }) => void socket.destroy(),
  ({ socket }) => void socket.resetAndDestroy(),
  ({ socket }) => void socket.end(),
  () => {},
];

/** Goes on until the other side has had enough. */
async function until(socket, act, everyMs) {
  while (!socket.destroyed) {
    act();
    await wait(everyMs, undefined, { ref: false });
  }
}

function hashOf(text) {
  let hash = 0;
  for (let at = 0; at < text.length && at < 200; at++) hash = (Math.imul(hash, 33) + text.charCodeAt(at)) >>> 0;
  return hash;
}
