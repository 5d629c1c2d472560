// Writes the level 1 constructs from the provider's own schema, as `cdktf get` does: cdktf's generator asks the real Terraform for
// `providers schema -json`, with the provider from the built filesystem mirror.
//   npm run generate -w packages/cdktf [-- --out FOLDER]     default: src/gen, whose contents it replaces
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { ensureEngines } from "../../test/engines/index.mjs";

const packages = path.resolve(import.meta.dirname, "..");
const require = createRequire(import.meta.url);
const { values } = parseArgs({ options: { out: { type: "string" } } });
const out = path.resolve(values.out ?? path.join(import.meta.dirname, "src/gen"));
const mirror = path.join(packages, "terraform-provider/dist/mirror/script");
const { version } = require("../terraform-provider/package.json");

if (!existsSync(mirror)) throw new Error("The provider is not built: run `npm run build` first.");
const temporary = await mkdtemp(path.join(os.tmpdir(), "mcpstack-cdktf-"));
try {
  const cliConfig = path.join(temporary, "terraform.rc");
  await writeFile(
    cliConfig,
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
  );
  process.env.TF_CLI_CONFIG_FILE = cliConfig;
  process.env.TERRAFORM_BINARY_NAME = await terraform();
  process.env.CHECKPOINT_DISABLE = "1";
  // The generator reads the environment when it is loaded.
  const { ConstructsMaker, TerraformProviderConstraint } = require("@cdktf/provider-generator");
  const maker = new ConstructsMaker({ codeMakerOutput: path.join(temporary, "gen"), targetLanguage: "typescript" });
  const constraint = new TerraformProviderConstraint({ name: "mcpstack", source: "mcpstack/mcpstack", version });
  await maker.generate([constraint]);
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  await cp(path.join(temporary, "gen/providers/mcpstack"), out, {
    recursive: true,
    // The bundle has no use for an index that loads lazily.
    filter: (file) => !/(README\.md|lazy-index\.ts)$/.test(file),
  });
} finally {
  await rm(temporary, { recursive: true, force: true });
}

async function terraform() {
  if (process.env.TERRAFORM_BIN) return process.env.TERRAFORM_BIN;
  const engines = await ensureEngines(["terraform"], { log: (line) => console.error(line) });
  return engines.terraform.path;
}
