// `npm run demo`: installs and builds what is missing, then shows the main job on an embedded MCP Stack API and a real OpenID issuer.
// No account is needed and nothing outside this machine is called.
//   npm run demo                          CDKTF with Terraform
//   npm run demo -- --engine tofu         the same with OpenTofu
//   npm run demo -- --engine pulumi       the same gateways in a Pulumi program
//   npm run demo -- --review              what a pull request would be told about a risky change
import { existsSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { ensureBuilt } from "../../packages/build.mjs";
import { ensureEngines } from "../../test/engines/index.mjs";
import { DemoFailed } from "./narrate.mjs";

const engines = { terraform: "terraform", tofu: "opentofu", pulumi: "pulumi" };
const usage = "npm run demo -- [--engine terraform|tofu|pulumi] [--review]";

async function main() {
  const { engine, review } = options();
  const log = (line) => console.log(line);
  await ensureBuilt({ log });
  const found = await ensureEngines([engines[engine]], { log });
  const which = review ? "review" : engine === "pulumi" ? "pulumi" : "terraform";
  const { run } = await import(`./${which}.mjs`);
  await run({ log, engines: found, engine: found[engines[engine]], name: engine });
}

function options() {
  try {
    const { values } = parseArgs({
      options: { engine: { type: "string", default: "terraform" }, review: { type: "boolean", default: false } },
    });
    if (!Object.hasOwn(engines, values.engine)) throw new Error(`there is no engine ${values.engine}`);
    return values;
  } catch (error) {
    throw new DemoFailed(`${error.message}\nUsage: ${usage}`);
  }
}

// npm sets it to the folder of the person who called; paths in messages are relative to the project.
process.chdir(path.resolve(import.meta.dirname, "../.."));
if (!existsSync("package.json")) throw new Error("the demo runs from a checkout of the project");
main().catch((error) => {
  console.error(error instanceof DemoFailed ? `\n${error.message}` : error);
  process.exitCode = 1;
});
