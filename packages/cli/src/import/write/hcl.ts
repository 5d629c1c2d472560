import { snakeCase } from "@mcpstack/model";
import { safeText } from "@mcpstack/oauth-metadata";
import type { Existing, ExistingAttachment, ExistingGateway } from "../existing";
import { writtenFields } from "./values";

/** Terraform: import blocks beside the resources that they fill. */
export function writeTerraform({ organization, gateways, attachments }: Existing): string {
  const head = [
    `# Takes over the gateways of the organization ${safeText(organization)} as they are.`,
    "#",
    "#   terraform plan     should name imports alone: 0 to add, 0 to change, 0 to destroy",
    "#   terraform apply    takes them into the state; nothing is changed at the service",
    "#",
    '# The program has to name the provider: required_providers { mcpstack = { source = "mcpstack/mcpstack" } }, with Terraform 1.5 or newer.',
    "# Delete the import blocks afterwards.",
  ].join("\n");
  return `${[head, ...gateways.map(gatewayBlocks), ...attachments.map(attachmentBlocks)].join("\n\n")}\n`;
}

function gatewayBlocks({ id, label, profile }: ExistingGateway): string {
  const fields = writtenFields(profile).map(([name, value]) => [snakeCase(name), hclValue(value)] as const);
  return `${importBlock(`mcpstack_gateway.${label}`, id)}\n\n${resourceBlock("mcpstack_gateway", label, fields)}`;
}

function attachmentBlocks({ state, label, gatewayLabel, serverName }: ExistingAttachment): string {
  const type = "mcpstack_server_gateway_attachment";
  const gateway = gatewayLabel === undefined ? hclValue(state.gatewayId) : `mcpstack_gateway.${gatewayLabel}.id`;
  const fields = [
    ["server_id", hclValue(state.serverId)],
    ["gateway_id", gateway],
    ...(state.publicId === undefined ? [] : [["public_id", hclValue(state.publicId)] as const]),
  ] as const;
  const comment = serverName === undefined ? "" : `# ${safeText(serverName)}\n`;
  return `${comment}${importBlock(`${type}.${label}`, state.serverId)}\n\n${resourceBlock(type, label, fields)}`;
}

function importBlock(to: string, id: string): string {
  return `import {\n  to = ${to}\n  id = ${hclValue(id)}\n}`;
}

/** With the equals signs in one column, as `terraform fmt` writes it. */
function resourceBlock(type: string, label: string, fields: readonly (readonly [string, string])[]): string {
  const width = Math.max(...fields.map(([name]) => name.length));
  const lines = fields.map(([name, value]) => `  ${name.padEnd(width)} = ${value}`);
  return `resource "${type}" "${label}" {\n${lines.join("\n")}\n}`;
}

function hclValue(value: string | readonly string[]): string {
  return typeof value === "string" ? hclString(value) : `[${value.map(hclString).join(", ")}]`;
}

/** Everything but letters, digits, punctuation, symbols and spaces. */
const unseen = /[^\p{L}\p{N}\p{P}\p{S} ]/gu;

/**
 * A quoted template that means the text itself (HCL syntax, "Quoted templates"): no interpolation, no directive, nothing invisible. Where
 * several `$` or `%` stand before the brace, doubling would be ambiguous, so the last one is written as its code.
 */
export function hclString(text: string): string {
  const escaped = text
    .replace(/\p{Cs}/gu, "\ufffd")
    .replace(/["\\]/g, "\\$&")
    .replace(/([$%]+)\{/g, (_, signs: string) => {
      const sign = signs.slice(-1);
      return signs.length === 1 ? `${sign}${sign}{` : `${signs.slice(0, -1)}\\u${hex(sign.charCodeAt(0), 4)}{`;
    })
    .replace(unseen, (character) => {
      const code = character.codePointAt(0) ?? 0;
      return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
    });
  return `"${escaped}"`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, "0");
}
