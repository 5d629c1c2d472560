// Bundles the command into one file that starts fast: what a command does is part of it and is evaluated only when it
// runs. The local issuer's program is a file of its own beside it, since it runs in a process of its own.
import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(import.meta.url);

export const outputs = ["dist/mcpstack-iac.cjs", "dist/oidc-process.mjs"];
export const inputs = ["packages/local-api/src/issuer/oidc-process.mjs"];

const common = {
  bundle: true,
  platform: "node",
  target: "node20",
  keepNames: true,
  minify: true,
  legalComments: "none",
};

/**
 * Bundles the command itself, from the sources of all packages: what was compiled before is not asked. The same sources and libraries give the
 * same bytes, on any machine.
 */
export async function bundleCommand({ folder, outfile }) {
  const packages = path.resolve(folder, "..");
  const sources = readdirSync(packages)
    .map((name) => [`@mcpstack/${name}`, path.join(packages, name, "src/index.ts")])
    .filter(([, file]) => existsSync(file));
  await require("esbuild").build({
    ...common,
    entryPoints: [path.join(folder, "src/main.ts")],
    outfile,
    alias: Object.fromEntries(sources),
    format: "cjs",
    logLevel: "warning",
  });
}

/** `outDir` is for tests, which must not depend on what was built before. */
export async function build({ root, folder, outDir = path.join(folder, "dist"), log }) {
  const { build: bundle } = require("esbuild");
  await bundleCommand({ folder, outfile: path.join(outDir, "mcpstack-iac.cjs") });
  await bundle({
    ...common,
    entryPoints: [path.join(root, "packages/local-api/src/issuer/oidc-process.mjs")],
    outfile: path.join(outDir, "oidc-process.mjs"),
    format: "esm",
    // What it bundles is partly CommonJS, and asks for Node's own modules by require.
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    logLevel: "warning",
  });
  const { length } = await readFile(path.join(outDir, "mcpstack-iac.cjs"));
  log(`cli: bundle of ${Math.round(length / 1024)} KiB`);
}
