// Writes docs/pulumi/gateway.md and server-gateway-attachment.md from the sources, which a test holds to the model.
//   npm run reference -w packages/pulumi [-- --check]     --check writes nothing, and fails where a page lags
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(import.meta.url);
const ts = require("typescript");
const model = require("@mcpstack/model");
const source = path.join(import.meta.dirname, "src");
const docs = path.resolve(import.meta.dirname, "../../docs/pulumi");

const pages = {
  "gateway.md": {
    title: "Gateway",
    file: "gateway.ts",
    fields: model.gatewayFields,
    example: `import { Gateway } from "@mcpstack/pulumi";

const gateway = new Gateway("support", {
  name: "Support Gateway",
  providerType: "manual",
  authorizationServerUrl: "https://auth.example.com",
  clientId: "support-mcp",
  resource: "https://api.example.com",
  scopes: ["openid", "profile", "tickets.read"],
});`,
    further: [
      { interface: "AttachToArgs", file: "gateway.ts", heading: "Arguments of attachTo beside those of an attachment" },
    ],
    nested: [
      { interface: "GatewayMetadata", file: "metadata.ts", heading: "metadata" },
      { interface: "ConnectionArgs", file: "connection.ts", heading: "connection" },
    ],
  },
  "server-gateway-attachment.md": {
    title: "ServerGatewayAttachment",
    file: "attachment.ts",
    fields: model.attachmentFields,
    example: `import { callbackUrl, ServerGatewayAttachment } from "@mcpstack/pulumi";

const attachment = new ServerGatewayAttachment("support", {
  serverId: "support-api",
  gatewayId: gateway.id,
  publicId: "gw_support-api",
});

// The same, with the gateway as its parent:
gateway.attachTo("support-api", { publicId: "gw_support-api" });

// Known before anything exists, for the identity provider's client:
callbackUrl({ publicId: "gw_support-api" });`,
    further: [],
    nested: [{ interface: "ConnectionArgs", file: "connection.ts", heading: "connection" }],
  },
};

const parse = (file) =>
  ts.createSourceFile(file, readFileSync(path.join(source, file), "utf8"), ts.ScriptTarget.ES2022, true);

const oneLine = (text) => text.replace(/\s+/g, " ").trim();

function commentOf(node) {
  const [comment] = ts.getJSDocCommentsAndTags(node);
  return comment === undefined ? "" : oneLine(ts.getTextOfJSDocComment(comment.comment) ?? "");
}

function declaration(file, name) {
  const found = parse(file).statements.find(
    (statement) =>
      (ts.isClassDeclaration(statement) || ts.isInterfaceDeclaration(statement)) && statement.name.text === name,
  );
  if (found === undefined) throw new Error(`${file} has no ${name}`);
  return found;
}

/** A type as a reader of the reference needs it: an Input may be an output, and that is said once. */
function typeOf(member) {
  let type = oneLine(member.type.getText());
  for (const wrapped of ["pulumi.Input<", "pulumi.Output<"]) {
    while (type.includes(wrapped)) type = unwrapped(type, wrapped);
  }
  return type.replace(/ \| undefined$/, "");
}

/** Takes `Input<…>` off, with the bracket that closes it. */
function unwrapped(type, wrapped) {
  const start = type.indexOf(wrapped);
  let depth = 1;
  let at = start + wrapped.length;
  while (depth > 0) {
    if (type[at] === "<") depth++;
    if (type[at] === ">" && type[at - 1] !== "=") depth--;
    at++;
  }
  return (type.slice(0, start) + type.slice(start + wrapped.length, at - 1) + type.slice(at)).replaceAll(
    " | undefined[]",
    "[]",
  );
}

const properties = (node) =>
  node.members.filter((member) => ts.isPropertySignature(member) || ts.isPropertyDeclaration(member));

function list(members, fields = {}) {
  return members
    .map((member) => {
      const name = member.name.getText();
      const field = fields[name];
      const notes = [
        `\`${typeOf(member)}\``,
        member.questionToken === undefined && ts.isPropertySignature(member) ? "required" : undefined,
        field?.sensitive ? "secret" : undefined,
        field?.replaces ? "changing it replaces" : undefined,
      ].filter((note) => note !== undefined);
      const example = field?.example === undefined ? "" : ` Example: \`${JSON.stringify(field.example)}\`.`;
      return `- \`${name}\` (${notes.join(", ")}): ${commentOf(member)}${example}`;
    })
    .join("\n");
}

function methods(node) {
  return node.members
    .filter((member) => ts.isMethodDeclaration(member) && member.name.getText() !== "isInstance")
    .map((member) => {
      const isStatic = member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);
      const name = `${isStatic ? `${node.name.text}.` : ""}${member.name.getText()}`;
      const given = member.parameters.map((parameter) => {
        const optional = parameter.initializer !== undefined || parameter.questionToken !== undefined;
        return `${parameter.name.getText()}${optional ? "?" : ""}`;
      });
      return `- \`${name}(${given.join(", ")})\`: ${commentOf(member)}`;
    })
    .join("\n");
}

function page({ title, file, fields, example, further, nested }) {
  const node = declaration(file, title);
  const args = declaration(file, `${title}Args`);
  const outputs = properties(node).filter((member) => fields[member.name.getText()]?.presence !== "required");
  const computed = outputs.filter((member) => /computed/i.test(fields[member.name.getText()]?.presence ?? ""));
  return [
    `# ${title}`,
    "<!-- Made by `npm run reference -w packages/pulumi` from the sources; edit those. -->",
    commentOf(args),
    `\`\`\`ts\n${example}\n\`\`\``,
    "## Arguments",
    "Every argument may be an output of something else.",
    list(properties(args), fields),
    "## Outputs",
    `Every argument is an output too, except ${fields.settingsWo ? "`settingsWo`, " : ""}\`adopt\` and \`connection\`. Beside them:`,
    `- \`id\` (\`string\`): ${fields.id.description.replace("server_id", "serverId")}\n${list(computed, {})}`,
    "## Methods",
    methods(node),
    ...further.flatMap((one) => [`## ${one.heading}`, list(properties(declaration(one.file, one.interface)))]),
    ...nested.flatMap((one) => [
      `## ${one.heading}`,
      commentOf(declaration(one.file, one.interface)),
      list(properties(declaration(one.file, one.interface))),
    ]),
  ]
    .join("\n\n")
    .concat("\n");
}

const lagging = [];
for (const [name, described] of Object.entries(pages)) {
  const text = page(described);
  const file = path.join(docs, name);
  let current = "";
  try {
    current = readFileSync(file, "utf8");
  } catch {
    // It is made now.
  }
  if (current === text) continue;
  if (process.argv.includes("--check")) lagging.push(name);
  else writeFileSync(file, text);
}
if (lagging.length > 0) {
  console.error(
    `docs/pulumi/{${lagging.join(",")}} lag behind the sources: run \`npm run reference -w packages/pulumi\``,
  );
  process.exitCode = 1;
}
