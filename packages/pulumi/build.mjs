// Bundles the package: the program's side, which loads nothing but @pulumi/pulumi, and the provider's side, which holds the model, the
// reconciler and what they need. Both come from the sources, so that what is not used is left out.
import { existsSync } from "node:fs";
import path from "node:path";

export const outputs = ["dist/bundle/index.js", "dist/bundle/provider.js"];

/** @param {{root: string, folder?: string, outdir?: string}} options `outdir`: default dist/bundle of this package */
export async function build({ root, folder = path.join(root, "packages/pulumi"), outdir }) {
  const { build: esbuild } = await import("esbuild");
  const out = outdir ?? path.join(folder, "dist/bundle");
  const common = {
    bundle: true,
    platform: "node",
    target: "node20.19",
    format: "cjs",
    external: ["@pulumi/pulumi", "@pulumi/pulumi/*"],
    plugins: [workspaceSources(root), withoutTranslations],
    legalComments: "linked",
    logLevel: "warning",
  };
  await Promise.all([
    esbuild({ ...common, entryPoints: { index: path.join(folder, "src/index.ts") }, outdir: out }),
    esbuild({
      ...common,
      entryPoints: { provider: path.join(folder, "src/provider/index.ts") },
      outdir: out,
      minifyWhitespace: true,
      minifySyntax: true,
    }),
  ]);
}

/** Packages of the workspace are read from their sources; none of their modules does anything but declare. */
function workspaceSources(root) {
  const packages = path.join(root, "packages");
  const inSources = (file) =>
    file.startsWith(packages + path.sep) && !file.includes(`${path.sep}node_modules${path.sep}`);
  return {
    name: "workspace-sources",
    setup(hooks) {
      hooks.onResolve({ filter: /^@mcpstack\/[a-z-]+$/ }, ({ path: name }) => ({
        path: path.join(packages, name.slice("@mcpstack/".length), "src/index.ts"),
        sideEffects: false,
      }));
      // The provider's side is loaded only by a look-up, from its own file.
      hooks.onResolve({ filter: /^(\.\.?\/)+provider$/ }, ({ importer }) =>
        inSources(importer) ? { path: "./provider.js", external: true } : undefined,
      );
      hooks.onResolve({ filter: /^\.\.?\// }, ({ path: name, importer }) => {
        if (!inSources(importer)) return undefined;
        const base = path.resolve(path.dirname(importer), name);
        const file = [`${base}.ts`, path.join(base, "index.ts")].find((candidate) => existsSync(candidate));
        return file === undefined ? undefined : { path: file, sideEffects: false };
      });
    },
  };
}

/** zod's messages in fifty languages would be two thirds of the bundle; the model has its own. */
const withoutTranslations = {
  name: "without-translations",
  setup(hooks) {
    hooks.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({ contents: "export {};" }));
  },
};
