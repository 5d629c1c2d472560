// Writes docs/cdktf/constructs.md from the documentation in the sources, and from the model for what the service answers.
//   npm run reference -w packages/cdktf [-- --check]     --check writes nothing, and fails where the page lags
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(import.meta.url);
const ts = require("typescript");
const model = require("@mcpstack/model");
const source = path.join(import.meta.dirname, "src");
const page = path.resolve(import.meta.dirname, "../../docs/cdktf/constructs.md");

/** What each construct answers beside what was written. */
const outputs = { Gateway: model.gatewayFields, ServerGatewayAttachment: model.attachmentFields };

/** What a reader looks for first; the rest follows in the order of the index. */
const first = [
  ...["McpstackProvider", "McpstackProviderProps", "Gateway", "GatewayProps", "ServerGatewayAttachment"],
  ...["ServerGatewayAttachmentProps", "IGateway", "AttachToProps", "ServerReference", "FromGatewayNameOptions"],
  ...["callbackUrl", "CallbackUrlOptions", "sameIssuer", "LeastPrivilegeScopes", "LeastPrivilegeScopesOptions"],
];

/** Every exported name of a module, in its order, with the module that it comes from. */
function exportsOf(file) {
  return parse(file)
    .statements.filter(ts.isExportDeclaration)
    .filter(({ exportClause }) => exportClause !== undefined && ts.isNamedExports(exportClause))
    .flatMap(({ exportClause, moduleSpecifier }) =>
      exportClause.elements.map((element) => ({ name: element.name.text, module: moduleSpecifier.text })),
    );
}

function parse(file) {
  return ts.createSourceFile(file, readFileSync(path.join(source, file), "utf8"), ts.ScriptTarget.ES2022, true);
}

const oneLine = (text) => text.replace(/\s+/g, " ").trim();
const cell = (text) => oneLine(text).replaceAll("|", "\\|");
const code = (text) => `\`${oneLine(text)}\``;

function documentation(node) {
  const doc = ts.getJSDocCommentsAndTags(node).find(ts.isJSDoc);
  const tags = ts.getJSDocTags(node).map((tag) => ({
    kind: tag.tagName.text,
    name: tag.name?.getText(),
    text: oneLine(ts.getTextOfJSDocComment(tag.comment) ?? ""),
  }));
  return { text: oneLine(ts.getTextOfJSDocComment(doc?.comment) ?? ""), tags };
}

/** A table with its columns aligned, as the formatter has it. */
function table(header, rows) {
  const widths = header.map((_, column) => Math.max(3, ...[header, ...rows].map((row) => row[column].length)));
  const line = (row) => `| ${row.map((text, column) => text.padEnd(widths[column])).join(" | ")} |`;
  return [line(header), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)];
}

const isStatic = (node) => node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) ?? false;
const isPrivate = (node) => node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword) ?? false;

function props(declaration) {
  const rows = declaration.members.filter(ts.isPropertySignature).map((member) => {
    const { text, tags } = documentation(member);
    const type = code(member.type.getText().replace(/ \| undefined$/, ""));
    const given = tags.find(({ kind }) => kind === "default")?.text.replace(/^- /, "");
    return [
      code(member.name.getText()),
      cell(type),
      cell(member.questionToken ? (given ?? "") : "**required**"),
      cell(text),
    ];
  });
  const inherited = declaration.heritageClauses?.flatMap(({ types }) => types.map((type) => type.getText())) ?? [];
  const further = inherited.includes("TerraformMetaArguments")
    ? [
        "",
        "And what every resource takes: `provider`, `dependsOn`, `lifecycle`, `count`, `forEach`, `provisioners`, `connection`.",
      ]
    : [];
  if (rows.length === 0) return further;
  return [...table(["prop", "type", "default", ""], rows), ...further];
}

function callable(node, prefix) {
  const { text, tags } = documentation(node);
  const parameters = node.parameters.map((parameter) => parameter.getText()).join(", ");
  const signature = `${prefix}${node.name.getText()}(${oneLine(parameters)}): ${node.type.getText()}`;
  const notes = tags.map(({ kind, name, text: said }) => {
    if (kind === "throws") return `Throws ${said}.`;
    return kind === "param" ? `\`${name}\`: ${said}.` : "";
  });
  return ["```ts", signature, "```", "", [text, ...notes].filter(Boolean).join(" "), ""];
}

function outputRows(fields, prefix = "") {
  return Object.entries(fields).flatMap(([name, field]) => {
    if (field.presence !== "computed") return [];
    const text = field.description.replace(/`([a-z]+_[a-z_]+)`/g, (_, word) =>
      Object.hasOwn(fields, model.camelCase(word)) ? `\`${model.camelCase(word)}\`` : `\`${word}\``,
    );
    const row = [code(prefix + name), cell(text)];
    return [row, ...(field.fields ? outputRows(field.fields, `${prefix}${name}.`) : [])];
  });
}

/** `McpstackProvider` → `provider`, `Gateway` → `gateway` */
const instance = (name) => name.replace(/^.*(?=[A-Z])/, "").toLowerCase();

function classSection(node) {
  const name = node.name.text;
  const made = node.members.find(ts.isConstructorDeclaration);
  const parameters =
    made?.parameters.map((parameter) => parameter.getText().replace(/^(private |readonly )+/, "")).join(", ") ?? "";
  const methods = node.members.filter((member) => ts.isMethodDeclaration(member) && !isPrivate(member));
  const getters = node.members.filter(ts.isGetAccessorDeclaration);
  const answers = outputs[name] ? outputRows(outputs[name]) : [];
  const own = getters.map((getter) => [code(getter.name.getText()), cell(documentation(getter).text)]);
  const visible = methods.filter((method) => documentation(method).text !== "");
  return [
    ...["```ts", `new ${name}(${oneLine(parameters)})`, "```", "", documentation(node).text, ""],
    ...visible.flatMap((method) => callable(method, isStatic(method) ? `${name}.` : `${instance(name)}.`)),
    ...(own.length + answers.length > 0 ? [...table(["output", ""], [...own, ...answers]), ""] : []),
  ];
}

function section({ name, module }) {
  const file = `${path.posix.join(".", module)}.ts`;
  const node = parse(file).statements.find((statement) => statement.name?.text === name);
  if (ts.isClassDeclaration(node)) return [`## ${name}`, "", ...classSection(node)];
  if (ts.isFunctionDeclaration(node)) return [`## ${name}`, "", ...callable(node, "")];
  if (ts.isTypeAliasDeclaration(node)) {
    const definition = node.getText().replace(/^export /, "");
    return [`## ${name}`, "", "```ts", definition, "```", "", documentation(node).text, ""];
  }
  const methods = node.members.filter(ts.isMethodSignature).flatMap((method) => callable(method, ""));
  return [
    `## ${name}`,
    "",
    documentation(node).text,
    "",
    ...props(node),
    ...(methods.length > 0 ? ["", ...methods] : [""]),
  ];
}

function reference() {
  const exports = exportsOf("index.ts");
  const rank = ({ name }) => (first.includes(name) ? first.indexOf(name) : first.length);
  const exported = exports.toSorted((a, b) => rank(a) - rank(b));
  const level1 = exported.filter(({ module }) => module.startsWith("./gen/")).map(({ name }) => code(name));
  return `${[
    "# Constructs",
    "",
    "Everything that `@mcpstack/cdktf` exports. This page is made from the sources by `npm run reference -w packages/cdktf`.",
    "",
    ...exported.filter(({ module }) => !module.startsWith("./gen")).flatMap(section),
    "## Level 1",
    "",
    `${level1.join(", ")} are the provider's data sources as cdktf generates them. \`level1\` holds all generated constructs, such as ` +
      "`level1.gateway.Gateway`; they take JSON texts where level 2 takes objects, and check nothing at synth.",
  ]
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")}\n`;
}

const written = reference();
if (!process.argv.includes("--check")) writeFileSync(page, written);
else if (readFileSync(page, "utf8") !== written) {
  console.error("docs/cdktf/constructs.md lags behind the sources: run `npm run reference -w packages/cdktf`.");
  process.exitCode = 1;
}
