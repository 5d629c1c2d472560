// From starting a provider's process to its handshake line, as a ratio to a Node that does nothing: of this one, and of the peer in Go.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { pairedRatio, secondsOf } from "./measure.mjs";
import { buildPeer } from "./peer.mjs";

const require = createRequire(import.meta.url);
const dist = path.resolve(import.meta.dirname, "../../packages/terraform-provider/dist/bundle");
const { makeCertificate } = require("../../packages/tfplugin/dist/handshake/certificate.js");

export async function* bench({ log }) {
  const peer = await buildPeer({ log });
  for (const [form, program] of [
    ["script", path.join(dist, "provider")],
    ["executable", path.join(dist, "executable")],
    ["the peer in Go", peer.program],
  ]) {
    // The first start reads the file in.
    await handshake(program);
    const value = await pairedRatio(
      15,
      () => handshake(program),
      () => secondsOf(process.execPath, ["-e", "0"]),
    );
    yield { name: `provider start to handshake, ${form}`, value, unit: "ratio", of: "node -e 0" };
  }
}

/** Seconds until the line with which a provider says where it listens, with the certificate that Terraform asks for. */
function handshake(program) {
  const env = {
    ...process.env,
    TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
    PLUGIN_PROTOCOL_VERSIONS: "6",
    PLUGIN_CLIENT_CERT: makeCertificate().pem,
  };
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(program, [], { env, stdio: ["ignore", "pipe", "inherit"] });
    let seconds;
    child.stdout.once("data", (line) => {
      seconds = (performance.now() - start) / 1000;
      if (!/^1\|6\|/.test(String(line))) reject(new Error(`not a handshake: ${line}`));
      child.kill("SIGKILL");
    });
    child.on("error", reject);
    // The next start begins when this process is gone.
    child.on("close", () => (seconds === undefined ? reject(new Error(`${program} said nothing`)) : resolve(seconds)));
  });
}
