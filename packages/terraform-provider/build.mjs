// Bundles the provider in its two forms (DESIGN, "Cost"), each into a filesystem mirror that `terraform init` and `tofu init` take:
// a script for machines with Node, for development, and one executable for this platform, made by Bun from the same bundle.
import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { chmod, copyFile, link, mkdir, rm, writeFile } from "node:fs/promises";
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
  place("script", registry, "package.json"),
  place("executable", registry, program + suffix),
]);

export async function build({ folder, log }) {
  const { build: bundle } = require("esbuild");
  const at = (file) => path.join(folder, file);
  await rm(at("dist/mirror"), { recursive: true, force: true });
  const options = {
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    minify: true,
    // From the sources rather than from what tsc made of them: as ES modules they call each other directly, what is not used is left
    // out, and a process loads a fifth faster. Errors name themselves, so that no name need be kept: keeping them costs each closure a call.
    alias: sources(path.dirname(folder)),
    mainFields: ["module", "main"],
    logLevel: "warning",
    legalComments: "none",
  };
  const entryPoints = [at("src/main.ts")];
  await bundle({ ...options, entryPoints, outfile: at("dist/bundle/provider.cjs") });
  const script = await scriptOf(bundle, { ...options, entryPoints }, folder);
  log(`terraform-provider: script of ${Math.round(script.length / 1024)} KiB`);
  await writeFile(at("dist/bundle/provider"), script);
  await chmod(at("dist/bundle/provider"), 0o755);
  await compile(at("dist/bundle/provider.cjs"), at(`dist/bundle/executable${suffix}`));
  log(`terraform-provider: executable for ${platform}`);
  for (const registry of registries) {
    await put(at("dist/bundle/provider"), at(place("script", registry, program)));
    await writeFile(at(place("script", registry, "package.json")), scriptManifest);
    await put(at(`dist/bundle/executable${suffix}`), at(place("executable", registry, program + suffix)));
  }
}

/**
 * The script for Node. Its large libraries stand in it as a text that is compiled when the first of them is asked for, after the
 * handshake: V8 would otherwise read through all of them before the first line runs.
 */
async function scriptOf(bundle, options, folder) {
  const late = ["zod", "undici"];
  const text = async (of) => (await bundle({ ...options, ...of, write: false })).outputFiles[0].text;
  const contents = late.map((name) => `export * as ${name} from "${name}";`).join("\n");
  const libraries = await text({ entryPoints: undefined, stdin: { contents, resolveDir: folder } });
  const program = await text({ external: late });
  const asText = JSON.stringify(libraries).replace(
    /[^\x20-\x7e]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `#!/usr/bin/env node
(() => {
const own = require, late = { exports: undefined };
require = (name) => ${JSON.stringify(late)}.includes(name) ? libraries()[name] : own(name);
function libraries() {
  if (late.exports === undefined) new Function("module", "exports", "require", ${asText})(late, (late.exports = {}), own);
  return late.exports;
}
})();
${program}`;
}

/**
 * Beside the script: Node asks the nearest package.json above a file what kind of module it is, and that is otherwise the one of whatever
 * folder Terraform unpacks the provider in.
 */
const scriptManifest = `${JSON.stringify({ type: "commonjs" })}\n`;

/** Each package of the workspace by its name, as the file that its sources start from. */
function sources(packages) {
  const entries = readdirSync(packages).map((name) => [`@mcpstack/${name}`, path.join(packages, name, "src/index.ts")]);
  return Object.fromEntries(entries.filter(([, file]) => existsSync(file)));
}

/**
 * Terraform runs the provider in whatever folder a configuration is in. Without these the executable takes its environment from a `.env`
 * there, and runs what a `bunfig.toml` there names.
 */
export const closedToItsFolder = ["dotenv", "bunfig", "tsconfig", "package-json"].map(
  (file) => `--no-compile-autoload-${file}`,
);

async function compile(bundle, outfile) {
  const os = { win32: "windows" }[process.platform] ?? process.platform;
  const args = [
    "build",
    "--compile",
    "--bytecode",
    "--minify",
    ...closedToItsFolder,
    `--target=bun-${os}-${process.arch}`,
    bundle,
    "--outfile",
    outfile,
  ];
  await promisify(execFile)(bunProgram(), args);
}

/** Bun's own program: in its platform's package, or where its install script puts it, if that ran. */
export function bunProgram() {
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
