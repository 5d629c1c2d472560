// Start to handshake line, as a ratio to `node -e 0`: `node bench/handshake.mjs [--mtls] COMMAND [ARG…]`.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [command, ...args] = process.argv.slice(2);
const RUNS = 21;
const folder = mkdtempSync(join(tmpdir(), "handshake-"));
execFileSync(
  "openssl",
  [
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-256",
    "-nodes",
    "-keyout",
    join(folder, "key.pem"),
    "-out",
    join(folder, "cert.pem"),
    "-days",
    "1",
    "-subj",
    "/CN=localhost",
  ],
  { stdio: "ignore" },
);
const env = {
  ...process.env,
  TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
  PLUGIN_PROTOCOL_VERSIONS: "5,6",
  PLUGIN_CLIENT_CERT: readFileSync(join(folder, "cert.pem"), "utf8"),
};

const bare = () =>
  new Promise((resolve) => {
    const start = process.hrtime.bigint();
    spawn(process.execPath, ["-e", "0"]).on("exit", () => resolve(Number(process.hrtime.bigint() - start) / 1e6));
  });
const handshake = () =>
  new Promise((resolve) => {
    const start = process.hrtime.bigint();
    const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "inherit"] });
    let took = 0;
    child.stdout.once("data", () => {
      took = Number(process.hrtime.bigint() - start) / 1e6;
      child.kill();
    });
    child.on("exit", () => resolve(took));
  });
const median = (all) => all.sort((a, b) => a - b)[all.length >> 1];

const times = { bare: [], handshake: [] };
for (let i = 0; i < RUNS; i++) {
  times.bare.push(await bare());
  times.handshake.push(await handshake());
}
rmSync(folder, { recursive: true });
const [base, own] = [median(times.bare), median(times.handshake)];
process.stdout.write(
  `node -e 0: ${base.toFixed(1)} ms, handshake: ${own.toFixed(1)} ms, ratio ${(own / base).toFixed(2)}\n`,
);
