import { writeFileSync } from "node:fs";
import path from "node:path";
import { pages } from "./pages";

/** Run after a change of the catalogue, the options or a schema: `npm run docs -w packages/review`. */
for (const [name, page] of Object.entries(pages)) {
  writeFileSync(path.join(__dirname, "../../../../docs/review", name), page());
}
