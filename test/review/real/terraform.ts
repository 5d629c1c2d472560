import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { LocalApi } from "@mcpstack/local-api";
import { snakeCase } from "@mcpstack/model";
import { type Engine, succeeded, Workspace } from "../../e2e/workspace";
import { isMade, type Program } from "./change";

/** A program in Terraform's JSON syntax. */
export function configuration({ gateways, attachments }: Program): string {
  const resources = (map: Readonly<Record<string, object>>) =>
    Object.fromEntries(
      Object.entries(map).map(([name, values]) => [
        name,
        Object.fromEntries(Object.entries(values).map(([field, value]) => [snakeCase(field), argument(field, value)])),
      ]),
    );
  const attached = Object.fromEntries(
    Object.entries(attachments).map(([name, { gateway, ...rest }]) => [
      name,
      { ...rest, gatewayId: `\${mcpstack_gateway.${gateway}.id}` },
    ]),
  );
  return JSON.stringify(
    { resource: { mcpstack_gateway: resources(gateways), mcpstack_server_gateway_attachment: resources(attached) } },
    undefined,
    2,
  );
}

function argument(field: string, value: unknown): unknown {
  if (isMade(value)) return `${value.before}\${mcpstack_gateway.${value.madeFrom}.id}`;
  return field === "settings" ? JSON.stringify(value) : value;
}

/** Applies one program, plans the other, and gives the plan as `show -json` prints it. */
export async function realPlan(engine: Engine, api: LocalApi, base: Program, head: Program): Promise<string> {
  const workspace = await Workspace.create({ engine, form: "executable", api });
  try {
    await writeFile(path.join(workspace.folder, "main.tf.json"), configuration(base));
    await workspace.apply();
    await writeFile(path.join(workspace.folder, "main.tf.json"), configuration(head));
    await workspace.plan("-out=planned");
    return succeeded(await workspace.run("show", "-json", "planned")).stdout;
  } finally {
    await workspace.remove();
  }
}
