// `pulumi up` and an empty `pulumi preview` of gateways, as a ratio to the same number of dynamic resources whose provider does nothing;
// the requests that they cost; and the time that importing the package adds to importing @pulumi/pulumi.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pairedRatio, round2, secondsOf } from "./measure.mjs";

const root = path.resolve(import.meta.dirname, "../..");
const require = createRequire(import.meta.url);
const { startLocalApi, startTableIssuer } = require("@mcpstack/local-api");

export async function* bench({ log, engines }) {
  yield* importTime();
  for (const [gateways, rounds] of [
    [100, 3],
    [1000, 1],
  ]) {
    yield* projectsOf({ engine: engines.pulumi, gateways, rounds, log });
  }
}

/** Both in processes of their own, so that nothing is loaded before. */
async function* importTime() {
  const load = (...names) => {
    const source = names.map((name) => `require(${JSON.stringify(name)});`).join("");
    return () => secondsOf(process.execPath, ["-e", source], { cwd: root });
  };
  const value = await pairedRatio(9, load("@pulumi/pulumi", "@mcpstack/pulumi"), load("@pulumi/pulumi"));
  yield {
    name: "import of @mcpstack/pulumi: time",
    value,
    unit: "ratio",
    of: "a program that imports @pulumi/pulumi alone",
  };
}

async function* projectsOf({ engine, gateways, rounds, log }) {
  const api = await startLocalApi();
  const issuer = await startTableIssuer();
  // Inside the workspace, where programs and their providers find the packages.
  const folder = path.join(root, `.cache/bench-pulumi-${process.pid}`);
  try {
    const ours = project(path.join(folder, "ours"), { engine, api, program: ourProgram(gateways, issuer.url) });
    const idle = project(path.join(folder, "idle"), { engine, api, program: idleProgram(gateways) });
    for (const one of [ours, idle]) await one("stack", "init", "bench");

    log(`pulumi up of ${gateways} gateways, ${rounds} time(s)`);
    const ups = [];
    let written = 0;
    for (let round = 0; round < rounds; round++) {
      if (round > 0)
        await Promise.all([ours("destroy", "--yes", "--skip-preview"), idle("destroy", "--yes", "--skip-preview")]);
      api.clearRequests();
      const measured = await ours("up", "--yes", "--skip-preview");
      written = api.requests.length;
      ups.push(measured / (await idle("up", "--yes", "--skip-preview")));
    }
    const of = `${gateways} dynamic resources whose provider does nothing`;
    const up = round2(ups.sort((a, b) => a - b)[Math.floor(ups.length / 2)]);
    yield { name: `up of ${gateways} gateways: time`, value: up, unit: "ratio", of: `up of ${of}` };
    yield {
      name: `up of ${gateways} gateways: HTTP requests`,
      value: written,
      unit: "requests",
      of: `${gateways} resources`,
    };

    log(`pulumi preview of ${gateways} gateways, ${rounds} time(s)`);
    api.clearRequests();
    issuer.clearRequests();
    const preview = await pairedRatio(
      rounds,
      () => ours("preview"),
      () => idle("preview"),
    );
    const asked = (api.requests.length + issuer.requests.length) / rounds;
    yield { name: `preview of ${gateways} gateways: time`, value: preview, unit: "ratio", of: `preview of ${of}` };
    yield {
      name: `preview of ${gateways} gateways: HTTP requests`,
      value: asked,
      unit: "requests",
      of: `${gateways} resources`,
    };
  } finally {
    await Promise.all([api.close(), issuer.close()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A project folder; returns what runs the engine in it and gives the seconds that it took. */
function project(folder, { engine, api, program }) {
  mkdirSync(path.join(folder, "state"), { recursive: true });
  writeFileSync(path.join(folder, "Pulumi.yaml"), "name: bench\nruntime: nodejs\n");
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name: "bench", main: "index.js" }));
  writeFileSync(path.join(folder, "index.js"), program);
  const env = {
    HOME: folder,
    ...api.environment(),
    PATH: `${engine.folder}${path.delimiter}${process.env.PATH}`,
    PULUMI_BACKEND_URL: `file://${path.join(folder, "state")}`,
    PULUMI_HOME: path.join(root, ".cache/pulumi-home"),
    PULUMI_CONFIG_PASSPHRASE: "bench",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    // The engine writes its whole state after every resource, which would be most of what is measured.
    PULUMI_EXPERIMENTAL: "true",
    PULUMI_SKIP_CHECKPOINTS: "true",
  };
  return (...args) => secondsOf(engine.path, [...args, "--non-interactive"], { cwd: folder, env });
}

const profile = (issuer) => `{
  name: \`Gateway \${at}\`,
  providerType: "manual",
  authorizationServerUrl: ${JSON.stringify(issuer)},
  clientId: \`client-\${at}\`,
  scopes: ["openid", "profile", "email"],
}`;

function ourProgram(count, issuer) {
  return `
const { Gateway } = require("@mcpstack/pulumi");
for (let at = 0; at < ${count}; at++) new Gateway(\`gateway-\${at}\`, ${profile(issuer)});
`;
}

function idleProgram(count) {
  return `
const pulumi = require("@pulumi/pulumi");
const provider = { create: async (inputs) => ({ id: inputs.name, outs: inputs }) };
class Idle extends pulumi.dynamic.Resource {}
for (let at = 0; at < ${count}; at++) new Idle(provider, \`idle-\${at}\`, ${profile("https://auth.example.com")});
`;
}
