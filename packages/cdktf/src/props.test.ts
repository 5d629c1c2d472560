// The props are written by hand, for people who read them in an editor; the model says what they must be.
import path from "node:path";
import {
  attachmentFields,
  camelCase,
  connectionFields,
  type Field,
  type Fields,
  knownProviderTypes,
  metadataCheck,
  profileFields,
  severityByCode,
} from "@mcpstack/model";
import ts from "typescript";

interface Prop {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
  readonly text: string;
  readonly defaultText: string | undefined;
}

const spaced = (text: string | undefined) => text?.replace(/\s+/g, " ").trim();

/** The members of an interface with their documentation. */
function propsOf(file: string, interfaceName: string): Prop[] {
  const program = ts.createSourceFile(
    file,
    ts.sys.readFile(path.join(__dirname, file)) ?? "",
    ts.ScriptTarget.ES2022,
    true,
  );
  const found = program.statements.find(
    (statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === interfaceName,
  ) as ts.InterfaceDeclaration;
  return found.members.filter(ts.isPropertySignature).map((member) => {
    const [doc] = ts.getJSDocCommentsAndTags(member).filter(ts.isJSDoc);
    const tag = ts.getJSDocTags(member).find(({ tagName }) => tagName.text === "default");
    return {
      name: member.name.getText(),
      type: member.type?.getText() ?? "",
      optional: member.questionToken !== undefined,
      text: spaced(ts.getTextOfJSDocComment(doc?.comment)) ?? "",
      defaultText: spaced(ts.getTextOfJSDocComment(tag?.comment))?.replace(/^- /, ""),
    };
  });
}

const statedDefault = / ?\bDefault: (.*?)\.(?= |$)/;
/** A field's description in the names of the constructs; its default is said by the tag. */
const described = (field: Field) =>
  field.description
    .replace(/`([a-z]+(?:_[a-z]+)+)`/g, (_, name: string) => `\`${camelCase(name)}\``)
    .replace(statedDefault, "")
    .trim();

const interfaces: [string, Fields, Prop[], string[]][] = [
  [
    "McpstackProviderProps",
    connectionFields,
    propsOf("provider/mcpstack-provider-props.ts", "McpstackProviderProps"),
    ["alias"],
  ],
  ["GatewayProps", profileFields, propsOf("gateway/gateway-props.ts", "GatewayProps"), []],
  [
    "ServerGatewayAttachmentProps",
    attachmentFields,
    propsOf("attachment/server-gateway-attachment.ts", "ServerGatewayAttachmentProps"),
    [],
  ],
];

const inputs = (fields: Fields) => Object.entries(fields).filter(([, field]) => field.presence !== "computed");

test.each(interfaces)(
  "%s has the model's fields, required where they are, and no others",
  (_, fields, props, further) => {
    const expected = inputs(fields).map(([name, { presence }]) => [name, presence !== "required"]);
    expect(props.map(({ name, optional }) => [name, optional])).toEqual([
      ...expected,
      ...further.map((name) => [name, true]),
    ]);
  },
);

test.each(interfaces)("%s says what the model says", (_, fields, props) => {
  const documented = Object.fromEntries(props.map(({ name, text }) => [name, text]));
  expect(documented).toMatchObject(Object.fromEntries(inputs(fields).map(([name, field]) => [name, described(field)])));
});

test.each(interfaces)("%s names the default of every prop that may be left out", (_, fields, props) => {
  for (const { name, optional, defaultText } of props) {
    const stated = statedDefault.exec(fields[name]?.description ?? "")?.[1];
    expect([name, defaultText]).toEqual([name, optional ? (stated ?? expect.stringMatching(/./)) : undefined]);
  }
});

test.each(interfaces)("%s takes the values that the model takes", (_, fields, props) => {
  const types: Record<Field["type"], RegExp> = {
    string: /^(string|ProviderType|MetadataCheck)\b/,
    boolean: /^boolean\b/,
    integer: /^number\b/,
    stringSet: /^readonly string\[\]/,
    stringList: /^readonly string\[\]/,
    stringMap: /^Readonly<Record<string, FindingSeverity>>/,
    json: /^Settings\b/,
    object: /^never$/,
  };
  for (const { name, type, optional } of props) {
    const field = fields[name];
    if (field) expect([name, type]).toEqual([name, expect.stringMatching(types[field.type])]);
    expect([name, type.endsWith(" | undefined")]).toEqual([name, optional]);
  }
});

test.each<[string, string, readonly string[]]>([
  ["ProviderType", "gateway/gateway-props.ts", knownProviderTypes],
  ["MetadataCheck", "provider/findings.ts", metadataCheck.options],
  ["FindingSeverity", "provider/findings.ts", severityByCode.valueType.options],
])("%s names the model's values", (name, file, values) => {
  const source = ts.sys.readFile(path.join(__dirname, file)) ?? "";
  const [union] = new RegExp(`export type ${name} = .*?;`, "s").exec(source) ?? [""];
  expect([...union.matchAll(/"(\w+)"/g)].map(([, value]) => value)).toEqual([...values]);
});
