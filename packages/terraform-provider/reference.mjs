// Writes the provider's pages under docs/ in the registry's format, from its schemas and from the files under examples/; and the pages
// of findings under docs/findings/, from the model's catalogue.
//   npm run reference -w packages/terraform-provider [-- --check]     --check writes nothing, and fails where a page lags
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(import.meta.url);
const { provider } = require("./dist/index.js");
const { findingCodes, findingEntry, findingPage } = require("@mcpstack/model");
const root = path.resolve(import.meta.dirname, "../..");

function pages() {
  const { schema, resources, dataSources, functions } = provider;
  return new Map([
    ["index.md", providerPage(schema)],
    ...Object.entries(resources).map(([name, { schema }]) => [
      `resources/${short(name)}.md`,
      resourcePage(name, schema),
    ]),
    ...Object.entries(dataSources).map(([name, { schema }]) => [
      `data-sources/${short(name)}.md`,
      dataPage(name, schema),
    ]),
    ...Object.entries(functions).map(([name, definition]) => [`functions/${name}.md`, functionPage(name, definition)]),
    ["findings/index.md", findingsIndex()],
    ...findingCodes.map((code) => [`findings/${code}.md`, findingPage(code)]),
  ]);
}

const short = (name) => name.replace(/^mcpstack_/, "");
const oneLine = (text) => text.replace(/\s+/g, " ").trim();

function frontMatter(title, description) {
  return `---\npage_title: ${JSON.stringify(title)}\ndescription: |-\n  ${oneLine(description)}\n---\n`;
}

function example(file, language = "terraform") {
  const at = path.join(root, "examples", file);
  return existsSync(at) ? `\`\`\`${language}\n${readFileSync(at, "utf8").trim()}\n\`\`\`\n` : undefined;
}

function joined(...parts) {
  return `${parts.filter((part) => part !== undefined).join("\n")}`;
}

function providerPage({ definition, object }) {
  return joined(
    frontMatter("mcpstack Provider", definition.description),
    "# mcpstack Provider\n",
    `${definition.description}\n`,
    "## Example Usage\n",
    example("provider/provider.tf"),
    schemaSection(object, emptyValues),
  );
}

function resourcePage(name, { definition, object }) {
  return joined(
    frontMatter(`${name} Resource - mcpstack`, definition.description),
    `# ${name} (Resource)\n`,
    `${definition.description}\n`,
    "## Example Usage\n",
    example(`resources/${name}/resource.tf`),
    schemaSection(object, emptyValues),
    "## Import\n",
    example(`resources/${name}/import.tf`),
    notes(`resources/${name}`),
  );
}

/** What a page has to say beyond its schema, with the examples that it names. */
function notes(folder) {
  const at = path.join(root, "examples", folder, "notes.md");
  if (!existsSync(at)) return undefined;
  return readFileSync(at, "utf8").replace(/<!-- example: (\S+) -->\n/g, (_, file) => example(`${folder}/${file}`));
}

function dataPage(name, { definition, object }) {
  return joined(
    frontMatter(`${name} Data Source - mcpstack`, definition.description),
    `# ${name} (Data Source)\n`,
    `${definition.description}\n`,
    "## Example Usage\n",
    example(`data-sources/${name}/data-source.tf`),
    schemaSection(object),
  );
}

function functionPage(name, { summary, description, parameters, returns }) {
  const signature = `${name}(${parameters.map((parameter) => `${parameter.name} ${typeName(parameter.type)}`).join(", ")}) ${typeName(returns)}`;
  return joined(
    frontMatter(`${name} function - mcpstack`, summary),
    `# function: ${name}\n`,
    `${description}\n`,
    "## Example Usage\n",
    example(`functions/${name}/function.tf`),
    "## Signature\n",
    `\`\`\`text\n${signature}\n\`\`\`\n`,
    "## Arguments\n",
    `${parameters.map((parameter, at) => `${at + 1}. \`${parameter.name}\` (${typeLabel(parameter.type)}) ${parameter.description}`).join("\n")}\n`,
  );
}

/** Required, optional and read-only attributes, each by name; nested ones in sections of their own. */
const emptyValues =
  'An empty value of an optional argument, `""`, `[]` or `{}`, is as if it were left out, so that a module can pass through what its caller did not give. States keep it as typed.';

function schemaSection(object, remark) {
  const title = remark === undefined ? "## Schema" : `## Schema\n\n${remark}`;
  return `${title}\n\n${[...attributeLists(object.children), ...nestedSections(object.children, "")].join("\n")}`;
}

function attributeLists(children) {
  const groups = [
    ["Required", (child) => child.required],
    ["Optional", (child) => child.optional],
    ["Read-Only", (child) => !child.required && !child.optional],
  ];
  return groups.flatMap(([title, belongs]) => {
    const members = children.filter(belongs).sort((a, b) => (a.name < b.name ? -1 : 1));
    return members.length === 0
      ? []
      : [`### ${title}\n`, `${members.map((child) => attributeLine(child)).join("\n")}\n`];
  });
}

function attributeLine({ name, type, object, nesting, definition }) {
  const labels = [
    object ? nestedLabel(nesting) : typeLabel(type),
    ...(definition.sensitive ? ["Sensitive"] : []),
    ...(definition.writeOnly
      ? ["[Write-only](https://developer.hashicorp.com/terraform/language/resources/ephemeral#write-only-arguments)"]
      : []),
  ];
  const link = object ? ` (see [below](#nested-schema-for-${name}))` : "";
  return `- \`${name}\` (${labels.join(", ")}) ${oneLine(definition.description)}${link}`;
}

function nestedSections(children) {
  return children.flatMap(({ name, object }) =>
    object
      ? [
          `### Nested Schema for \`${name}\`\n`,
          ...attributeLists(object.children).map((text) => text.replace(/^###/, "####")),
          ...nestedSections(object.children),
        ]
      : [],
  );
}

const nestedLabel = (nesting) =>
  ({ single: "Attributes", list: "Attributes List", set: "Attributes Set", map: "Attributes Map" })[nesting];

function typeLabel(type) {
  const simple = { string: "String", number: "Number", bool: "Boolean", dynamic: "Dynamic" }[type.kind];
  return simple ?? `${type.kind[0].toUpperCase()}${type.kind.slice(1)} of ${typeLabel(type.element)}`;
}

function typeName(type) {
  return type.element ? `${type.kind}(${typeName(type.element)})` : type.kind;
}

function findingsIndex() {
  const rows = findingCodes.map((code) => {
    const { title, leg, severity } = findingEntry(code);
    return `| [${code}](${code}.md) | ${leg} | ${severity} | ${title.replaceAll("|", "\\|")} |`;
  });
  return joined(
    "# Findings\n",
    "What a plan, `mcpstack-iac drift` and `mcpstack-iac review` may say about a Gateway profile and what is published around it. `metadata_check` caps how loudly, and `findings` sets single codes.\n",
    `| code | leg | severity | what it says |\n| --- | --- | --- | --- |\n${rows.join("\n")}\n`,
  );
}

const check = process.argv.includes("--check");
const docs = path.join(root, "docs");
const made = pages();
const lagging = [...made].filter(([file, text]) => {
  const at = path.join(docs, file);
  return !existsSync(at) || readFileSync(at, "utf8") !== text;
});
const generated = ["resources", "data-sources", "functions", "findings"];
const stale = generated.flatMap((folder) =>
  existsSync(path.join(docs, folder))
    ? readdirSync(path.join(docs, folder))
        .map((file) => `${folder}/${file}`)
        .filter((file) => !made.has(file))
    : [],
);
if (check) {
  for (const file of [...lagging.map(([name]) => name), ...stale]) console.error(`docs/${file} lags behind the schema`);
  process.exitCode = lagging.length + stale.length > 0 ? 1 : 0;
} else {
  for (const [file, text] of lagging) {
    mkdirSync(path.dirname(path.join(docs, file)), { recursive: true });
    writeFileSync(path.join(docs, file), text);
  }
  console.log(`${lagging.length} of ${made.size} pages written`);
  for (const file of stale) console.log(`docs/${file} has nothing that it is made from: delete it`);
}
