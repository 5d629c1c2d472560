// The review of a large plan: 10,000 resources, 1,000 of them gateways of which half change. Time as a ratio to JSON.parse of the
// same file, memory as a ratio to its size.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");
const rounds = 5;

/** @returns {AsyncGenerator<{name: string, value: number, unit: string, of: string}>} */
export async function* bench() {
  const folder = mkdtempSync(path.join(tmpdir(), "mcpstack-bench-"));
  try {
    const file = path.join(folder, "plan.json");
    writeFileSync(file, JSON.stringify(largePlan()));
    const bytes = statSync(file).size;
    const parse = measured(file, parsing);
    const review = measured(file, reviewing);
    const of = `a plan of ${(bytes / 1e6).toFixed(1)} MB, 10,000 resources, 1,000 gateways`;
    yield {
      name: "review: time, as a ratio to JSON.parse",
      value: review.milliseconds / parse.milliseconds,
      unit: "ratio",
      of,
    };
    yield {
      name: "review: peak memory above start, as a ratio to the file",
      value: review.bytes / bytes,
      unit: "ratio",
      of,
    };
    yield {
      name: "JSON.parse: peak memory above start, as a ratio to the file",
      value: parse.bytes / bytes,
      unit: "ratio",
      of,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Runs a program in a process of its own, whose peak is its own, and takes the median of several. */
function measured(file, program) {
  const runs = Array.from({ length: rounds }, () =>
    JSON.parse(execFileSync(process.execPath, ["-e", program, file], { cwd: root, maxBuffer: 1 << 26 }).toString()),
  );
  const median = (key) => runs.map((run) => run[key]).sort((a, b) => a - b)[rounds >> 1];
  return { milliseconds: median("milliseconds"), bytes: median("bytes") };
}

const report = `
  const peak = () => process.resourceUsage().maxRSS * 1024;
  const before = peak();
  const start = performance.now();
  const done = () => process.stdout.write(JSON.stringify({ milliseconds: performance.now() - start, bytes: peak() - before }));`;

const parsing = `const { readFileSync } = require("node:fs");${report}
  const plan = JSON.parse(readFileSync(process.argv[1], "utf8"));
  if (plan.resource_changes.length !== 10000) throw new Error("not the plan");
  done();`;

const reviewing = `const { createReadStream } = require("node:fs");
  const { reviewPlan, render } = require("./packages/review");${report}
  reviewPlan({ name: "plan.json", content: createReadStream(process.argv[1]) }, { now: new Date(0) }).then((result) => {
    if (result.summary.gateways !== 500) throw new Error("not the review");
    render(result, "markdown", { colour: false, maxBytes: 65536, version: "0" });
    done();
  });`;

function largePlan() {
  const resources = Array.from({ length: 10_000 }, (_, index) => (index % 10 === 0 ? gateway(index) : instance(index)));
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: {
      root_module: { resources: resources.map(({ change, ...rest }) => ({ ...rest, values: change.after })) },
    },
    resource_changes: resources,
    prior_state: {
      format_version: "1.0",
      values: {
        root_module: { resources: resources.map(({ change, ...rest }) => ({ ...rest, values: change.before })) },
      },
    },
    configuration: {
      root_module: { resources: resources.map(({ change, ...rest }) => ({ ...rest, expressions: {} })) },
    },
    errored: false,
  };
}

function gateway(index) {
  const before = {
    id: `gw_${index}`,
    organization_id: "org_bench",
    name: `Gateway ${index}`,
    provider_type: "auth0",
    authorization_server_url: "https://petalpal.eu.auth0.com/",
    client_id: `client-${index}`,
    resource: `https://api-${index}.petalpal.com`,
    scopes: ["email", "openid", "profile"],
    metadata: { issuer: "https://petalpal.eu.auth0.com/", token_endpoint: "https://petalpal.eu.auth0.com/oauth/token" },
  };
  const after =
    index % 20 === 0 ? { ...before, client_id: `new-${index}`, scopes: [...before.scopes, "orders:write"] } : before;
  return resource("mcpstack_gateway", index, before, after);
}

function instance(index) {
  const before = {
    id: `i-${index}`,
    ami: "ami-0c55b159cbfafe1f0",
    instance_type: "t3.medium",
    user_data: "#!/bin/sh\n".padEnd(400, "echo hello; "),
    tags: { Name: `web-${index}`, Team: "platform", Environment: "production" },
    root_block_device: [{ volume_size: 20, volume_type: "gp3", encrypted: true, iops: 3000, tags: {} }],
    vpc_security_group_ids: ["sg-1", "sg-2", "sg-3"],
  };
  return resource("aws_instance", index, before, { ...before, instance_type: "t3.large" });
}

function resource(type, index, before, after) {
  return {
    address: `${type}.r${index}`,
    mode: "managed",
    type,
    name: `r${index}`,
    provider_name: `registry.terraform.io/x/${type.split("_")[0]}`,
    change: {
      actions: [before === after ? "no-op" : "update"],
      before,
      after,
      after_unknown: {},
      before_sensitive: {},
      after_sensitive: {},
    },
  };
}
