import { execFile } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import type { LocalApi } from "@mcpstack/local-api";
import { projectFolder, pulumiEnvironment } from "../../pulumi/project-folder";
import type { Program } from "./change";

/** The program of a project folder: makes what program.json says, in the way of a person who writes it by hand. */
const source = `
const pulumi = require("@pulumi/pulumi");
const { Gateway, ServerGatewayAttachment } = require("@mcpstack/pulumi");
const { gateways, attachments } = require("./program.json");
const made = {};
const gateway = (name) => {
  if (made[name]) return made[name];
  const values = Object.entries(gateways[name]).map(([field, value]) =>
    [field, value && value.madeFrom ? pulumi.interpolate\`\${value.before}\${gateway(value.madeFrom).id}\` : value]);
  made[name] = new Gateway(name, Object.fromEntries(values));
  return made[name];
};
Object.keys(gateways).forEach(gateway);
for (const [name, { gateway: key, ...rest }] of Object.entries(attachments)) {
  new ServerGatewayAttachment(name, { ...rest, gatewayId: gateway(key).id });
}
`;

/** Applies one program and previews the other, as a digest and as a stream of events. */
export async function realPreviews(
  api: LocalApi,
  base: Program,
  head: Program,
): Promise<{ digest: string; events: string }> {
  const folder = projectFolder("review");
  const env = { ...process.env, ...pulumiEnvironment(folder), ...api.environment() };
  const pulumi = async (args: string[], more: Record<string, string> = {}) =>
    (await promisify(execFile)("pulumi", args, { cwd: folder, env: { ...env, ...more }, maxBuffer: 1 << 28 })).stdout;
  const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);
  try {
    write("Pulumi.yaml", "name: review\nruntime: nodejs\n");
    write("package.json", JSON.stringify({ name: "review", main: "index.js" }));
    write("index.js", source);
    write("program.json", JSON.stringify(base));
    await pulumi(["stack", "init", "test"]);
    await pulumi(["up", "--yes", "--skip-preview", "--stack", "test"]);
    write("program.json", JSON.stringify(head));
    const preview = ["preview", "--json", "--show-sames", "--stack", "test"];
    return {
      digest: await pulumi(preview),
      events: await pulumi(preview, { PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true" }),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
