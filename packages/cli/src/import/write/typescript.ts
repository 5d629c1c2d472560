import { safeText } from "@mcpstack/oauth-metadata";
import type { Existing, ExistingAttachment, ExistingGateway } from "../existing";
import { variableOf } from "../labels";
import { writtenFields } from "./values";

/** CDKTF: a stack whose constructs are imported. */
export function writeCdktf({ organization, gateways, attachments }: Existing): string {
  const classes = [...(gateways.length > 0 ? ["Gateway"] : []), "McpstackProvider", ...attachmentClass(attachments)];
  const body = [
    'new McpstackProvider(this, "mcpstack", {});',
    ...gateways.map((gateway) => {
      const made = `new Gateway(this, ${typescriptString(gateway.label)}, ${propsOf(gatewayProps(gateway, templateString))})`;
      return `const ${variableOf(gateway.label)} = ${made};\n${variableOf(gateway.label)}.importFrom(${typescriptString(gateway.id)});`;
    }),
    ...attachments.map((attachment) => {
      const { label, state } = attachment;
      const props = propsOf(attachmentProps(attachment, (gateway) => `${gateway}.gatewayId`));
      return `${comment(attachment)}new ServerGatewayAttachment(this, ${typescriptString(label)}, ${props}).importFrom(${typescriptString(state.serverId)});`;
    }),
  ];
  return `${[
    `// Takes over the gateways of the organization ${safeText(organization)} as they are: \`cdktf diff\` should name imports alone.`,
    "// Delete the calls of importFrom after the first deploy.",
    `import { ${classes.join(", ")} } from "@mcpstack/cdktf";`,
    'import { App, TerraformStack } from "cdktf";',
    'import type { Construct } from "constructs";',
    "",
    "class GatewaysStack extends TerraformStack {",
    "  constructor(scope: Construct, id: string) {",
    "    super(scope, id);",
    ...body.map((part) => `\n${indented(part, "    ")}`),
    "  }",
    "}",
    "",
    "const app = new App();",
    'new GatewaysStack(app, "gateways");',
    "app.synth();",
  ].join("\n")}\n`;
}

/** Pulumi: resources that adopt what exists. */
export function writePulumi({ organization, gateways, attachments }: Existing): string {
  const classes = [...(gateways.length > 0 ? ["Gateway"] : []), ...attachmentClass(attachments)];
  const body = [
    ...gateways.map((gateway) => {
      const props = propsOf([...gatewayProps(gateway, typescriptString), ["adopt", typescriptString(gateway.id)]]);
      return `const ${variableOf(gateway.label)} = new Gateway(${typescriptString(gateway.label)}, ${props});`;
    }),
    ...attachments.map((attachment) => {
      const props = propsOf([...attachmentProps(attachment, (gateway) => `${gateway}.id`), ["adopt", "true"]]);
      return `${comment(attachment)}new ServerGatewayAttachment(${typescriptString(attachment.label)}, ${props});`;
    }),
  ];
  return `${[
    `// Takes over the gateways of the organization ${safeText(organization)} as they are: \`pulumi preview\` should change nothing at the`,
    "// service. `adopt` is read only when a resource is created; it may stay.",
    ...(classes.length > 0 ? [`import { ${classes.join(", ")} } from "@mcpstack/pulumi";`] : []),
    ...body.map((part) => `\n${part}`),
  ].join("\n")}\n`;
}

const attachmentClass = (attachments: readonly ExistingAttachment[]) =>
  attachments.length > 0 ? ["ServerGatewayAttachment"] : [];

type Prop = readonly [name: string, code: string];

function gatewayProps({ profile }: ExistingGateway, literal: (text: string) => string): Prop[] {
  return writtenFields(profile).map(([name, value]) => [
    name,
    typeof value === "string" ? literal(value) : `[${value.map(literal).join(", ")}]`,
  ]);
}

/**
 * What cdktf synthesises is read as a template (Terraform, "JSON Configuration Syntax"), so that `${` has to be doubled there. A byte order
 * mark at the beginning of one is skipped, so that it has to stand in an expression.
 */
function templateString(text: string): string {
  return typescriptString(text.replace(/([$%])\{/g, "$1$1{").replace(/^\ufeff/, () => `$${'{"\\ufeff"}'}`));
}

function attachmentProps({ state, gatewayLabel }: ExistingAttachment, idOf: (variable: string) => string): Prop[] {
  return [
    ["serverId", typescriptString(state.serverId)],
    ["gatewayId", gatewayLabel === undefined ? typescriptString(state.gatewayId) : idOf(variableOf(gatewayLabel))],
    ...(state.publicId === undefined ? [] : [["publicId", typescriptString(state.publicId)] as const]),
  ];
}

function propsOf(props: readonly Prop[]): string {
  return `{\n${props.map(([name, code]) => `  ${name}: ${code},`).join("\n")}\n}`;
}

function comment({ serverName }: ExistingAttachment): string {
  return serverName === undefined ? "" : `// ${safeText(serverName)}\n`;
}

function indented(text: string, by: string): string {
  return text
    .split("\n")
    .map((line) => by + line)
    .join("\n");
}

/** A string literal that means the text itself, with nothing invisible in it (ECMAScript, "String Literals"). */
export function typescriptString(text: string): string {
  return JSON.stringify(text).replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, (character) =>
    Array.from(
      { length: character.length },
      (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`,
    ).join(""),
  );
}
