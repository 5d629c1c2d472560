// Configurations of the same size for this provider, for the peer in Go and for Terraform alone, each with an API of its own.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { secondsOf } from "./measure.mjs";

const require = createRequire(import.meta.url);
const { startLocalApi, startTableIssuer } = require("@mcpstack/local-api");
const ourMirror = path.resolve(import.meta.dirname, "../../packages/terraform-provider/dist/mirror/executable");

/**
 * A folder with a configuration for each kind, initialised, and an API for each. Resources stand in distinct blocks, as CDKTF writes them.
 *
 * @param {{engine: string, peerMirror?: string, gateways: number, kinds: ("ours" | "peer" | "idle")[]}} options
 *   `gateways` each have an attachment; `idle` has as many `terraform_data` in place of both
 */
export async function makeScene({ engine, peerMirror = ourMirror, gateways, kinds }) {
  const folder = mkdtempSync(path.join(tmpdir(), "mcpstack-bench-"));
  const issuer = await startTableIssuer();
  const apis = [];
  const subjects = [];
  const resources = { ours: providerResources("mcpstack"), peer: providerResources("peer"), idle: idleResources };
  for (const kind of kinds) {
    const at = path.join(folder, kind);
    mkdirSync(at);
    writeFileSync(path.join(at, "cdk.tf.json"), JSON.stringify(resources[kind](gateways, issuer.url)));
    const api = await startLocalApi({
      seed: { servers: gateways },
      // A list is a bare array, as the API page has it.
      behaviour: { listItems: "whole", listEnvelope: "array" },
    });
    apis.push(api);
    const env = environment(folder, api, peerMirror);
    const terraform = (...args) => secondsOf(engine, [...args, "-input=false"], { cwd: at, env });
    await terraform("init");
    subjects.push({
      api,
      folder: at,
      terraform,
      plan: () => terraform("plan", "-detailed-exitcode"),
      apply: () => terraform("apply", "-auto-approve", "-parallelism=30"),
    });
  }
  const close = async () => {
    await Promise.all([...apis.map((api) => api.close()), issuer.close()]);
    rmSync(folder, { recursive: true, force: true });
  };
  return { issuer, subjects, close };
}

function environment(folder, api, peerMirror) {
  const config = path.join(folder, "mirrors.tfrc");
  const mirrorOf = (at, provider) =>
    `  filesystem_mirror {\n    path = ${JSON.stringify(at)}\n    include = ["registry.terraform.io/mcpstack/${provider}"]\n  }\n`;
  writeFileSync(
    config,
    `provider_installation {\n${mirrorOf(ourMirror, "mcpstack")}${mirrorOf(peerMirror, "peer")}}\n`,
  );
  return {
    PATH: process.env.PATH,
    HOME: folder,
    ...api.environment(),
    TF_CLI_CONFIG_FILE: config,
    CHECKPOINT_DISABLE: "1",
  };
}

function providerResources(provider) {
  const gateway = (number, issuer) => ({
    name: `Gateway ${number}`,
    provider_type: "manual",
    authorization_server_url: issuer,
    client_id: `client-${number}`,
    resource: `urn:example:api-${number}`,
    scopes: ["openid", "profile", "email"],
  });
  const attachment = (number) => ({
    server_id: `server-${number}`,
    gateway_id: `\${${provider}_gateway.gateway_${number}.id}`,
    public_id: `gw_${number}`,
  });
  return (count, issuer) => {
    const numbers = Array.from({ length: count }, (_, at) => String(at + 1).padStart(4, "0"));
    return {
      terraform: { required_providers: { [provider]: { source: `mcpstack/${provider}` } } },
      resource: {
        [`${provider}_gateway`]: Object.fromEntries(numbers.map((n) => [`gateway_${n}`, gateway(n, issuer)])),
        [`${provider}_server_gateway_attachment`]: Object.fromEntries(
          numbers.map((n) => [`attachment_${n}`, attachment(n)]),
        ),
      },
    };
  };
}

function idleResources(count) {
  const resources = Array.from({ length: count * 2 }, (_, at) => [
    `resource_${at}`,
    { input: { name: `Resource ${at}` } },
  ]);
  return { resource: { terraform_data: Object.fromEntries(resources) } };
}
