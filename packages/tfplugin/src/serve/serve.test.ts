import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeCertificate } from "../handshake/certificate";
import { bundle } from "../toy/terraform";

const folder = mkdtempSync(join(tmpdir(), "serve-"));
let program: string;
beforeAll(() => {
  program = bundle(join(__dirname, "../toy/main.ts"), join(folder, "toy.js"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const COOKIE = { TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2" };

function start(env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, [program], { env: { PATH: process.env.PATH, ...env } });
  const output = { out: "", err: "" };
  child.stderr.on("data", (chunk) => {
    output.err += chunk;
  });
  const line = new Promise<string>((resolve) => {
    child.stdout.on("data", (chunk) => {
      output.out += chunk;
      if (output.out.includes("\n")) resolve(output.out);
    });
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return { child, output, line, ended };
}

test("Started by a person, it says what it is and ends with 1.", async () => {
  const { ended, output } = start({});
  expect(await ended).toBe(1);
  expect(output.out).toBe("");
  expect(output.err).toMatch(
    /^This is a Terraform provider, registry\.terraform\.io\/mcpstack\/toy 1\.0\.0: [^\n]+\n$/,
  );
});

test("Started by a client of other versions, it says so in one line and ends with 1.", async () => {
  const { ended, output } = start({ ...COOKIE, PLUGIN_PROTOCOL_VERSIONS: "5" });
  expect(await ended).toBe(1);
  expect(output.err).toMatch(/^This provider speaks plugin protocol 6[^\n]+\n$/);
});

test("Started by a client, it prints where it listens, ignores Ctrl-C, and takes its socket away in the end.", async () => {
  const { child, line, ended, output } = start({
    ...COOKIE,
    PLUGIN_UNIX_SOCKET_DIR: folder,
    PLUGIN_CLIENT_CERT: makeCertificate().pem,
  });
  const [core, protocol, network, socket = "", kind, certificate = ""] = (await line).trim().split("|");
  expect([core, protocol, network, kind]).toEqual(["1", "6", "unix", "grpc"]);
  expect(socket.startsWith(folder)).toBe(true);
  expect(existsSync(socket)).toBe(true);
  expect(certificate).toMatch(/^[A-Za-z0-9+/]+$/);
  child.kill("SIGINT");
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  expect(existsSync(socket)).toBe(false);
  expect(output.err).toBe("");
});
