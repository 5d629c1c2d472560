// Bundles the provider in its two forms (DESIGN, "Cost"), each into a filesystem mirror that `terraform init` and `tofu init` take:
// a script for machines with Node, for development, and one executable for this platform, made by Bun from the same bundle.
import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { chmod, copyFile, link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";

const require = createRequire(import.meta.url);
const { version } = require("./package.json");

/** The names that Terraform gives to this platform. */
const platform = `${{ win32: "windows" }[process.platform] ?? process.platform}_${{ x64: "amd64" }[process.arch] ?? process.arch}`;
const suffix = process.platform === "win32" ? ".exe" : "";
const program = `terraform-provider-mcpstack_v${version}`;
const registries = ["registry.terraform.io", "registry.opentofu.org"];
const place = (form, registry, file) =>
  `dist/mirror/${form}/${registry}/mcpstack/mcpstack/${version}/${platform}/${file}`;

export const outputs = registries.flatMap((registry) => [
  place("script", registry, program),
  place("executable", registry, program + suffix),
]);

export async function build({ folder, log }) {
  const { build: bundle } = require("esbuild");
  const at = (file) => path.join(folder, file);
  await rm(at("dist/mirror"), { recursive: true, force: true });
  await bundle({
    entryPoints: [at("src/main.ts")],
    outfile: at("dist/bundle/provider.cjs"),
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    minify: true,
    // From the sources rather than from what tsc made of them: as ES modules they call each other directly, what is not used is left
    // out, and a process loads a fifth faster. Errors name themselves, so that no name need be kept: keeping them costs each closure a call.
    alias: sources(path.dirname(folder)),
    mainFields: ["module", "main"],
    // undici's WebSocket and Node's own inspection would otherwise be looked for when the bundle is made.
    logLevel: "warning",
    legalComments: "none",
  });
  const source = await readFile(at("dist/bundle/provider.cjs"), "utf8");
  log(`terraform-provider: bundle of ${Math.round(source.length / 1024)} KiB`);
  await writeFile(at("dist/bundle/provider"), `#!/usr/bin/env node\n${source}`);
  await chmod(at("dist/bundle/provider"), 0o755);
  await compile(at("dist/bundle/provider.cjs"), at(`dist/bundle/executable${suffix}`));
  log(`terraform-provider: executable for ${platform}`);
  for (const registry of registries) {
    await put(at("dist/bundle/provider"), at(place("script", registry, program)));
    await put(at(`dist/bundle/executable${suffix}`), at(place("executable", registry, program + suffix)));
  }
}

/** Each package of the workspace by its name, as the file that its sources start from. */
function sources(packages) {
  const entries = readdirSync(packages).map((name) => [`@mcpstack/${name}`, path.join(packages, name, "src/index.ts")]);
  return Object.fromEntries(entries.filter(([, file]) => existsSync(file)));
}

async function compile(bundle, outfile) {
  const os = { win32: "windows" }[process.platform] ?? process.platform;
  const args = [
    "build",
    "--compile",
    "--bytecode",
    "--minify",
    `--target=bun-${os}-${process.arch}`,
    bundle,
    "--outfile",
    outfile,
  ];
  await promisify(execFile)(bun(), args);
}

/** Bun's own program: in its platform's package, or where its install script puts it, if that ran. */
function bun() {
  const home = path.dirname(require.resolve("bun/package.json"));
  const arch = process.arch === "arm64" ? "aarch64" : process.arch;
  const os = process.platform;
  const candidates = [
    path.join(home, "..", `@oven/bun-${os === "win32" ? "windows" : os}-${arch}/bin/bun${suffix}`),
    path.join(home, "bin/bun.exe"),
  ];
  const found = candidates.find((candidate) => existsSync(candidate));
  if (!found) throw new Error(`Bun has no program for ${os} on ${arch}; looked for ${candidates.join(" and ")}.`);
  return found;
}

/** One file under several names: the executable has some 100 MB. */
async function put(from, to) {
  await mkdir(path.dirname(to), { recursive: true });
  await link(from, to).catch(() => copyFile(from, to));
}
