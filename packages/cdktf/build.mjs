// Bundles the constructs with the model, which is no package of its own. cdktf and constructs stay outside: there must be one copy of each.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(import.meta.url);

export const outputs = ["dist/bundle/index.cjs"];

export async function build({ root, folder, log }) {
  const { build: bundle } = require("esbuild");
  const outfile = path.join(folder, outputs[0]);
  await bundle({
    entryPoints: [path.join(folder, "src/index.ts")],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    // Names of classes are names of errors, and stand in cdktf's construct trees.
    keepNames: true,
    external: ["cdktf", "constructs"],
    // From its sources, whose imports tell what of zod is used; from the compiled files all of it would come along.
    alias: { "@mcpstack/model": path.join(root, "packages/model/src/index.ts") },
    plugins: [withoutTranslations],
    minifySyntax: true,
    legalComments: "inline",
    logLevel: "warning",
  });
  log(`cdktf: bundle of ${Math.round((await readFile(outfile)).length / 1024)} KiB`);
}

/** zod's messages in fifty languages would be two thirds of the bundle; the model has its own. */
const withoutTranslations = {
  name: "without-translations",
  setup(bundler) {
    bundler.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({ contents: "export {};" }));
  },
};
