// `terraform plan` without changes, as a ratio to the same plan of as many `terraform_data` resources, in distinct resource blocks as
// CDKTF writes them.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { pairedRatio, secondsOf, watchPeakMemory } from "./measure.mjs";

const require = createRequire(import.meta.url);
const { startLocalApi, startTableIssuer } = require("@mcpstack/local-api");
const mirror = path.resolve(import.meta.dirname, "../../packages/terraform-provider/dist/mirror/executable");

/** The plans that are measured: the smaller one is started often, since a single one says little. */
const sizes = [
  { gateways: 100, rounds: 7 },
  { gateways: 1000, rounds: 3 },
];

export async function* bench({ log, engines }) {
  for (const size of sizes) yield* plansOf({ ...size, program: engines.terraform.path, log });
}

/** Applies once, then plans with each kind of list: the API changes its behaviour while it runs. */
async function* plansOf({ program, gateways, rounds, log }) {
  const api = await startLocalApi({
    seed: { servers: gateways },
    // A list is a bare array, as the API page has it.
    behaviour: { listItems: "whole", listEnvelope: "array" },
  });
  const issuer = await startTableIssuer();
  const folder = mkdtempSync(path.join(tmpdir(), "mcpstack-bench-"));
  try {
    const env = environment(folder, api);
    const ours = path.join(folder, "ours");
    const baseline = path.join(folder, "baseline");
    writeConfiguration(ours, ourResources(gateways, issuer.url));
    writeConfiguration(baseline, baselineResources(gateways * 2));
    log(`applying ${gateways} gateways with an attachment each`);
    for (const cwd of [ours, baseline]) {
      await terraform(["init", "-input=false"], cwd);
      await terraform(["apply", "-input=false", "-auto-approve", "-parallelism=30"], cwd);
    }
    for (const [listItems, described] of [
      ["four-fields", "cut down"],
      ["whole", "whole"],
    ]) {
      api.setBehaviour({ listItems });
      log(`planning ${gateways} gateways, lists ${described}`);
      const plan = ["plan", "-input=false", "-detailed-exitcode"];
      api.clearRequests();
      issuer.clearRequests();
      const peak = watchPeakMemory("terraform-provider-mcpstack");
      await terraform(plan, ours);
      const memory = peak();
      const requests = api.requests.length + issuer.requests.length;
      const value = await pairedRatio(
        rounds,
        () => terraform(plan, ours),
        () => terraform(plan, baseline),
      );
      const what = `plan of ${gateways} gateways with an attachment each, lists ${described}`;
      yield { name: `${what}: time`, value, unit: "ratio", of: `the same plan of ${gateways * 2} terraform_data` };
      yield { name: `${what}: HTTP requests`, value: requests, unit: "requests", of: `${gateways * 2} resources` };
      yield { name: `${what}: peak memory of the provider`, value: memory, unit: "MiB", of: "one process" };
    }

    function terraform(args, cwd) {
      return secondsOf(program, args, { cwd, env });
    }
  } finally {
    await Promise.all([api.close(), issuer.close()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

function environment(folder, api) {
  const config = path.join(folder, "mirror.tfrc");
  writeFileSync(
    config,
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
  );
  return {
    PATH: process.env.PATH,
    HOME: folder,
    ...api.environment(),
    TF_CLI_CONFIG_FILE: config,
    CHECKPOINT_DISABLE: "1",
  };
}

function writeConfiguration(folder, json) {
  mkdirSync(folder);
  writeFileSync(path.join(folder, "cdk.tf.json"), JSON.stringify(json));
}

function ourResources(count, issuer) {
  const numbers = Array.from({ length: count }, (_, at) => String(at + 1).padStart(4, "0"));
  const gateway = (number) => ({
    name: `Gateway ${number}`,
    provider_type: "manual",
    authorization_server_url: issuer,
    client_id: `client-${number}`,
    resource: `urn:example:api-${number}`,
    scopes: ["openid", "profile", "email"],
  });
  const attachment = (number) => ({
    server_id: `server-${number}`,
    gateway_id: `\${mcpstack_gateway.gateway_${number}.id}`,
    public_id: `gw_${number}`,
  });
  return {
    terraform: { required_providers: { mcpstack: { source: "mcpstack/mcpstack" } } },
    resource: {
      mcpstack_gateway: Object.fromEntries(numbers.map((number) => [`gateway_${number}`, gateway(number)])),
      mcpstack_server_gateway_attachment: Object.fromEntries(
        numbers.map((number) => [`attachment_${number}`, attachment(number)]),
      ),
    },
  };
}

function baselineResources(count) {
  const resources = Array.from({ length: count }, (_, at) => [`resource_${at}`, { input: { name: `Resource ${at}` } }]);
  return { resource: { terraform_data: Object.fromEntries(resources) } };
}
