// The classes and arguments are written by hand, for readers and editors; what they say comes from the model.
import { readFileSync } from "node:fs";
import path from "node:path";
import { attachmentFields, camelCase, type Field, gatewayFields, metadataFields } from "@mcpstack/model";
import ts from "typescript";

interface Member {
  readonly doc: string;
  readonly type: string;
  readonly optional: boolean;
}

/** The documented members of a class or an interface of a file. */
function membersOf(file: string, name: string): Record<string, Member> {
  const text = readFileSync(path.join(__dirname, file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const declared = source.statements.find(
    (statement): statement is ts.ClassDeclaration | ts.InterfaceDeclaration =>
      (ts.isClassDeclaration(statement) || ts.isInterfaceDeclaration(statement)) && statement.name?.text === name,
  );
  const members = [...(declared?.members ?? [])].filter(
    (member): member is ts.PropertySignature | ts.PropertyDeclaration =>
      ts.isPropertySignature(member) || ts.isPropertyDeclaration(member),
  );
  return Object.fromEntries(
    members.map((member) => {
      const [comment] = ts.getJSDocCommentsAndTags(member);
      const doc = comment && "comment" in comment ? (ts.getTextOfJSDocComment(comment.comment) ?? "") : "";
      const type = member.type?.getText(source) ?? "";
      return [member.name.getText(source), { doc: doc.replace(/\s+/g, " "), type, optional: !!member.questionToken }];
    }),
  );
}

/** The model's words, with fields named as Pulumi names them. Names of published metadata keep their own spelling. */
function inPulumisWords(description: string): string {
  return description.replace(/`([a-z]+(?:_[a-z]+)+)`/g, (whole, name: string) =>
    name === "code_challenge_methods_supported" ? whole : `\`${camelCase(name)}\``,
  );
}

const typeOf: Record<Field["type"], RegExp> = {
  string: /string|ProviderType|MetadataCheck/,
  boolean: /boolean/,
  integer: /number/,
  stringSet: /string(>\[\]|\[\])/,
  stringList: /string\[\]/,
  stringMap: /Record<string, (pulumi\.Input<)?FindingSeverity/,
  json: /Record<string, unknown>/,
  object: /GatewayMetadata/,
};

/** Arguments of Pulumi alone. */
const own = ["adopt", "connection"];

const written = (fields: Readonly<Record<string, Field>>) =>
  Object.entries(fields).filter(([, field]) => field.presence !== "computed");

describe.each([
  ["GatewayArgs", "gateway.ts", gatewayFields],
  ["ServerGatewayAttachmentArgs", "attachment.ts", attachmentFields],
] as const)("%s", (name, file, fields: Readonly<Record<string, Field>>) => {
  const members = membersOf(file, name);

  test("has every field that a program writes, and no other", () => {
    expect(Object.keys(members)).toEqual([...written(fields).map(([field]) => field), ...own]);
  });

  test.each(written(fields))(
    "%s is described, typed and required as in the model",
    (field, { description, ...rest }) => {
      const member = members[field];
      // Write-only settings have a sentence more: Pulumi has none.
      expect(member?.doc).toMatch(new RegExp(`^${escaped(inPulumisWords(description))}`));
      if (!rest.writeOnly) expect(member?.doc).toBe(inPulumisWords(description));
      expect(member?.type).toMatch(/^pulumi\.Input</);
      expect(member?.type).toMatch(typeOf[rest.type]);
      expect(member?.optional).toBe(rest.presence !== "required");
      expect(/\bundefined\b/.test(member?.type ?? "")).toBe(rest.presence !== "required");
    },
  );

  test.each(own)("%s, which Pulumi alone has, is described with its default", (field) => {
    expect(members[field]?.doc).toMatch(/Default: /);
  });
});

describe.each([
  ["Gateway", "gateway.ts", gatewayFields],
  ["ServerGatewayAttachment", "attachment.ts", attachmentFields],
] as const)("the outputs of %s", (name, file, fields: Readonly<Record<string, Field>>) => {
  const members = membersOf(file, name);
  const kept = Object.entries(fields).filter(([field, { writeOnly }]) => !writeOnly && field !== "id");

  test("are every field but the write-only ones", () => {
    expect(Object.keys(members)).toEqual(kept.map(([field]) => field));
  });

  test.each(kept)("%s is described and typed as in the model", (field, { description, type }) => {
    expect(members[field]?.doc).toBe(inPulumisWords(description));
    expect(members[field]?.type).toMatch(/^pulumi\.Output</);
    expect(members[field]?.type).toMatch(typeOf[type]);
  });
});

test("GatewayMetadata has the fields of accepted metadata, in the model's words", () => {
  const members = membersOf("metadata.ts", "GatewayMetadata");
  const docs = Object.fromEntries(Object.entries(members).map(([name, { doc }]) => [name, doc]));
  const fields = Object.entries<Field>(metadataFields);
  expect(docs).toEqual(Object.fromEntries(fields.map(([name, field]) => [name, inPulumisWords(field.description)])));
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
