// Renders a review's Markdown in a real browser, with its diagram, and saves it as docs/review/review.png.
//   npm run demo -- --review && node docs/review/picture.mjs .cache/demo/review.md
// Needs Chromium on the PATH. Mermaid is installed into .cache by itself: only this picture uses it.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const root = path.resolve(import.meta.dirname, "../..");
const cache = path.join(root, ".cache/picture");
const mermaid = path.join(cache, "node_modules/mermaid/dist/mermaid.min.js");
if (!existsSync(mermaid)) {
  execFileSync("npm", ["install", "--prefix", cache, "--no-save", "mermaid@11"], { stdio: "inherit" });
}
// As packages/review has them.
const { resolve } = createRequire(path.join(root, "packages/review/package.json"));
const load = (name) => import(pathToFileURL(resolve(name)).href);
const { micromark } = await load("micromark");
const { gfm, gfmHtml } = await load("micromark-extension-gfm");

const markdown = readFileSync(process.argv[2] ?? path.join(root, ".cache/demo/review.md"), "utf8");
const body = micromark(markdown, {
  extensions: [gfm()],
  htmlExtensions: [gfmHtml()],
  // The folded details are HTML; what an author writes is escaped by the review itself.
  allowDangerousHtml: true,
}).replace(/<pre><code class="language-mermaid">([\s\S]*?)<\/code><\/pre>/, '<pre class="mermaid">$1</pre>');
const page = path.join(cache, "review.html");
writeFileSync(
  page,
  `<!doctype html><meta charset="utf-8"><style>
  body { font: 15px/1.5 system-ui, sans-serif; width: 1060px; margin: 24px; color: #1f2328; }
  table { border-collapse: collapse; } td, th { border: 1px solid #d1d9e0; padding: 6px 12px; text-align: left; }
  code { background: #eff1f3; border-radius: 6px; padding: 2px 5px; font-size: 85%; } sub { color: #59636e; }
  .mermaid { margin: 16px 0; }
  </style>${body}<script src="${pathToFileURL(mermaid).href}"></script>
  <script>mermaid.initialize({ startOnLoad: true, securityLevel: "strict" });</script>`,
);
const picture = path.join(root, "docs/review/review.png");
const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
];
execFileSync("chromium", [
  ...flags,
  "--hide-scrollbars",
  "--virtual-time-budget=8000",
  "--window-size=1110,1000",
  `--screenshot=${picture}`,
  pathToFileURL(page).href,
]);
console.log(picture);
