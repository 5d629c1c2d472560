// The real engines that tests run against. As a command:
//   node test/engines/index.mjs [terraform] [terraform-next] [opentofu] [pulumi]    prints the path of each
//   node test/engines/index.mjs --env [ENGINE]...                                   prints lines for a shell's eval
import path from "node:path";
import { pathToFileURL } from "node:url";

/** Every engine, the quickest to build first. */
export const engineNames = ["terraform", "terraform-next", "opentofu", "pulumi"];

/** The environment variable by which a test finds each engine. */
const variables = {
  terraform: "TERRAFORM_BIN",
  "terraform-next": "TERRAFORM_NEXT_BIN",
  opentofu: "TOFU_BIN",
  pulumi: "PULUMI_BIN",
};

/**
 * Finds or makes the named engines, one after the other: a Go build uses every core by itself.
 * @param {string[]} names some of `engineNames`
 * @param {{log: (line: string) => void, signal?: AbortSignal}} options `signal` gives a build up
 * @returns {Promise<Record<string, {path: string, folder: string, version: string, how: string}>>} by name
 */
export async function ensureEngines(names, { log, signal }) {
  const unknown = names.find((name) => !engineNames.includes(name));
  if (unknown !== undefined) throw new Error(`there is no engine ${unknown}: known are ${engineNames.join(", ")}`);
  const engines = {};
  for (const name of names) {
    const { ensure } = await import(`./${name}.mjs`);
    engines[name] = await ensure({ log, signal });
  }
  return engines;
}

/**
 * The environment variables that tell tests and examples where the engines are.
 * PULUMI_PATH_FOLDER is the folder to put first on the PATH for Pulumi to find its companions.
 * @param {Awaited<ReturnType<typeof ensureEngines>>} engines
 * @returns {Record<string, string>}
 */
export function engineEnvironment(engines) {
  const environment = Object.fromEntries(Object.entries(engines).map(([name, { path }]) => [variables[name], path]));
  if (engines.pulumi !== undefined) environment.PULUMI_PATH_FOLDER = engines.pulumi.folder;
  return environment;
}

async function main(args) {
  const asEnvironment = args.includes("--env");
  const names = args.filter((arg) => arg !== "--env");
  const engines = await ensureEngines(names.length === 0 ? engineNames : names, { log: (line) => console.error(line) });
  if (asEnvironment) {
    for (const [name, value] of Object.entries(engineEnvironment(engines))) {
      console.log(`export ${name}='${value.replaceAll("'", "'\\''")}'`);
    }
    return;
  }
  for (const [name, engine] of Object.entries(engines)) {
    console.log(`${name} ${engine.version} (${engine.how}) ${engine.path}`);
  }
}

if (import.meta.url === pathToFileURL(path.resolve(process.argv[1] ?? "")).href) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
