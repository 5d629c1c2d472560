// Makes the command that the Action carries: the same file that the package mcpstack-iac holds, committed beside the Action.
//
// It is committed since an Action is fetched at a commit and run as it lies there. Whatever is installed or built when it runs
// (npx, npm ci) is looked up from the checkout under review, whose author writes .npmrc and node_modules; and the package's name is
// not published, so that anybody could take it. The whole command is carried, not the review alone: the workflow for drift
// needs it for the same reason, and most of its 1.6 MB (0.45 MB packed) are libraries that both use. A test compares the committed
// file, byte for byte, with what the sources give; after a change of them run `npm run bundle -w packages/review`.
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { bundleCommand } from "../../cli/build.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));

/** The committed file. */
export const committed = path.join(here, "bundle/mcpstack-iac.cjs");

/** Writes what the sources give now to `outfile`. */
export const makeBundle = (outfile) => bundleCommand({ folder: path.resolve(here, "../../cli"), outfile });

if (import.meta.url === pathToFileURL(path.resolve(process.argv[1] ?? "")).href) await makeBundle(committed);
