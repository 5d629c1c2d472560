// The way to an engine for a machine with a network and without Go: the project's own release archive, checked
// against the checksums that the release publishes beside it.
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { progress, run } from "../setup/command.mjs";
import { exe } from "./on-path.mjs";
import { fileInZip } from "./zip.mjs";

const goArchitecture = { x64: "amd64", arm64: "arm64" }[process.arch] ?? process.arch;
const system = process.platform === "win32" ? "windows" : process.platform;

/** Where each engine's makers publish it. */
const releases = {
  terraform: (version) => ({
    base: `https://releases.hashicorp.com/terraform/${version}/`,
    archive: `terraform_${version}_${system}_${goArchitecture}.zip`,
    checksums: `terraform_${version}_SHA256SUMS`,
  }),
  opentofu: (version) => ({
    base: `https://github.com/opentofu/opentofu/releases/download/v${version}/`,
    archive: `tofu_${version}_${system}_${goArchitecture}.zip`,
    checksums: `tofu_${version}_SHA256SUMS`,
  }),
  pulumi: (version) => ({
    base: `https://github.com/pulumi/pulumi/releases/download/v${version}/`,
    archive: `pulumi-v${version}-${system}-${process.arch}.${system === "windows" ? "zip" : "tar.gz"}`,
    checksums: `pulumi-${version}-checksums.txt`,
  }),
};

/** An archive that is not what its publisher says it is. `code` is `checksum_mismatch` or `checksum_missing`. */
export class ChecksumError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/**
 * Checks an archive against a list of checksums in the form of `sha256sum`: a hexadecimal digest, blanks, a file name.
 * @param {Buffer} archive
 * @param {string} name the archive's name in the list
 * @param {string} list
 */
export function verifyChecksum(archive, name, list) {
  const wanted = list
    .split("\n")
    .map((line) => /^([0-9a-fA-F]{64})\s+\*?(?:\.\/)?(.+?)\s*$/.exec(line))
    .find((match) => match?.[2] === name)?.[1];
  if (wanted === undefined) throw new ChecksumError("checksum_missing", `the published checksums do not name ${name}`);
  const actual = createHash("sha256").update(archive).digest("hex");
  if (actual !== wanted.toLowerCase()) {
    throw new ChecksumError(
      "checksum_mismatch",
      `${name} has SHA-256 ${actual}, its publisher says ${wanted.toLowerCase()}`,
    );
  }
}

/**
 * Fetches a release archive and returns it once its checksum is verified.
 * @param {{base: string, archive: string, checksums: string}} release
 * @returns {Promise<Buffer>}
 */
export async function fetchVerified({ base, archive, checksums }) {
  const list = await fetchBytes(base + checksums);
  const bytes = await fetchBytes(base + archive);
  verifyChecksum(bytes, archive, list.toString("utf8"));
  return bytes;
}

async function fetchBytes(url) {
  let response;
  try {
    response = await fetch(url);
  } catch (error) {
    throw new Error(`cannot reach ${url}: ${error.cause?.message ?? error.message}`);
  }
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

/** Downloads engine `product` at `version` and leaves its programs in `folder`. */
export async function download(product, version, program, folder, log) {
  const release = releases[product](version);
  log(`${product}: downloading ${release.base}${release.archive}`);
  const stop = progress(`downloading ${product}`, log);
  try {
    const bytes = await fetchVerified(release);
    if (release.archive.endsWith(".tar.gz")) await unpackTar(bytes, folder, log);
    else unpackZip(bytes, program + exe, folder);
  } finally {
    stop();
  }
}

function unpackZip(bytes, name, folder) {
  const file = path.join(folder, name);
  writeFileSync(file, fileInZip(bytes, name));
  chmodSync(file, 0o755);
}

/** Pulumi's archive has one folder with every program of the release in it. */
async function unpackTar(bytes, folder, log) {
  const unpacked = path.join(folder, "unpacked");
  mkdirSync(unpacked);
  writeFileSync(`${unpacked}.tar.gz`, bytes);
  await run("tar", ["-xzf", `${unpacked}.tar.gz`, "-C", unpacked], { label: "unpacking", log });
  const [top] = readdirSync(unpacked);
  for (const name of readdirSync(path.join(unpacked, top))) {
    renameSync(path.join(unpacked, top, name), path.join(folder, name));
  }
  rmSync(unpacked, { recursive: true });
  rmSync(`${unpacked}.tar.gz`);
}
