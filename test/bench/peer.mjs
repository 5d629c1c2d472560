// The peer: a provider in Go on terraform-plugin-framework, with the same schema and one request a resource (./peer). Built from
// its published modules, checked against the committed go.sum.
import { mkdirSync } from "node:fs";
import path from "node:path";
import { goBuild, goDifficulty } from "../engines/go.mjs";
import { exe } from "../engines/on-path.mjs";

const root = path.resolve(import.meta.dirname, "../..");
const module = "../bench/peer";
const version = "0.1.0";
const platform = `${{ win32: "windows" }[process.platform] ?? process.platform}_${{ x64: "amd64" }[process.arch] ?? process.arch}`;

/**
 * Builds it into a filesystem mirror.
 * @returns {Promise<{mirror: string, program: string}>}
 */
export async function buildPeer({ log }) {
  const difficulty = await goDifficulty(module);
  if (difficulty !== undefined) throw new Error(`The peer is built with Go: ${difficulty}`);
  const mirror = path.join(root, ".cache/bench-peer");
  const folder = path.join(mirror, "registry.terraform.io/mcpstack/peer", version, platform);
  mkdirSync(folder, { recursive: true });
  const program = `terraform-provider-peer_v${version}`;
  await goBuild({ module, package: ".", program }, folder, { log });
  return { mirror, program: path.join(folder, program + exe) };
}
