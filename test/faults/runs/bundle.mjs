// The stories in one file, from the sources of all packages: what was compiled before is not asked.
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../../..");

/** Makes the file, and gives its path. */
export async function bundledStories() {
  const { build } = await import("esbuild");
  const packages = path.join(root, "packages");
  const sources = readdirSync(packages)
    .map((name) => [`@mcpstack/${name}`, path.join(packages, name, "src/index.ts")])
    .filter(([, file]) => existsSync(file));
  const outfile = path.join(root, ".cache/faults/stories.cjs");
  await build({
    entryPoints: [path.join(import.meta.dirname, "main.ts")],
    outfile,
    alias: Object.fromEntries(sources),
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    sourcemap: "inline",
    external: ["oidc-provider"],
    logLevel: "warning",
  });
  return outfile;
}
