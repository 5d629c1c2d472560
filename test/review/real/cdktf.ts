import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Gateway, type GatewayProps, McpstackProvider, ServerGatewayAttachment } from "@mcpstack/cdktf";
import { App, TerraformStack } from "cdktf";
import { isMade, type Program } from "./change";

/** Synthesises a program with the constructs and gives its cdk.tf.json. */
export function synthesised({ gateways, attachments }: Program): string {
  const outdir = mkdtempSync(path.join(tmpdir(), "mcpstack-review-cdktf-"));
  try {
    const app = new App({ outdir });
    const stack = new TerraformStack(app, "support");
    new McpstackProvider(stack, "mcpstack", {});
    const made = new Map<string, Gateway>();
    const gateway = (name: string): Gateway => {
      const known = made.get(name);
      if (known) return known;
      const values = Object.entries(gateways[name] ?? {}).map(([field, value]) => [
        field,
        isMade(value) ? `${value.before}${gateway(value.madeFrom).gatewayId}` : value,
      ]);
      const construct = new Gateway(stack, name, Object.fromEntries(values) as GatewayProps);
      made.set(name, construct);
      return construct;
    };
    for (const name of Object.keys(gateways)) gateway(name);
    for (const [name, { gateway: key, ...rest }] of Object.entries(attachments)) {
      new ServerGatewayAttachment(stack, name, { ...rest, gatewayId: gateway(key).gatewayId });
    }
    app.synth();
    return readFileSync(path.join(outdir, "stacks/support/cdk.tf.json"), "utf8");
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
