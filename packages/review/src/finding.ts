import { attachmentFields, connectionFields, metadataFields, profileFields, snakeCase } from "@mcpstack/model";
import { z } from "zod";

const severity = z.enum(["error", "warn", "info"]);

const source = z.strictObject({
  file: z.string().describe("Relative to the folder in which the review ran."),
  line: z.number().int(),
  column: z.number().int().optional(),
});

/** One finding, complete: what the renderers and the JSON output hold. */
export const reviewFinding = z.strictObject({
  code: z.string().describe("Stable. Listed in codes.md, and under docs/findings for what the pre-flight found."),
  severity,
  title: z.string(),
  kind: z.enum(["gateway", "attachment", "provider", "module", "policy"]),
  address: z.string().describe("As the front end names the resource."),
  label: z.string().describe("A short form of the address."),
  previousAddress: z.string().optional().describe("Where the resource was before this change moved it."),
  fields: z.array(z.string()).describe("As the front end spells them; empty for the resource as a whole."),
  summary: z.string().describe("One sentence."),
  before: z.string().optional().describe("Absent where there was nothing. Never a secret."),
  after: z.string().optional().describe("Absent where there will be nothing. Never a secret."),
  why: z.string(),
  fix: z.string(),
  servers: z.array(z.string()).describe("MCP servers whose users are concerned, as far as they are known."),
  grants: z.number().int().optional().describe("User grants behind the gateway; only with a credential."),
  where: z.string().optional().describe("Of a pre-flight finding: the address that was read."),
  standard: z.string().optional().describe("Section of the standard, such as `RFC 8414 §3.3`."),
  source: source.optional().describe("Where it is written in the program, if that could be found."),
});

export type ReviewFinding = z.infer<typeof reviewFinding>;

type FrontEnd = "terraform" | "pulumi" | "cdktf";

/** A field's name as the front end's users write it. */
export function spelledFor(frontEnd: FrontEnd, field: string): string {
  return frontEnd === "terraform" ? snakeCase(field) : field;
}

const namesOfTwoWords = [profileFields, connectionFields, attachmentFields, metadataFields]
  .flatMap((fields) => Object.keys(fields))
  .filter((name) => /[A-Z]/.test(name));
/** Each spelling of a field's name, to the one of the front end. */
const spellings: Readonly<Record<"snake" | "camel", ReadonlyMap<string, string>>> = {
  snake: new Map(namesOfTwoWords.map((name) => [name, snakeCase(name)])),
  camel: new Map(namesOfTwoWords.map((name) => [snakeCase(name), name])),
};

/**
 * A sentence in which fields are called as the front end's users call them, outside of quotation marks: what stands inside of them is data.
 *
 * @param data - A text in it that is data, too, such as a gateway's name.
 */
export function respelled(frontEnd: FrontEnd, text: string, data = ""): string {
  const names = spellings[frontEnd === "terraform" ? "snake" : "camel"];
  const spelled = (part: string) =>
    part.replace(/"[^"]*"|\b[a-z]+(?:[A-Z][a-z]*|_[a-z]+)+\b/g, (found) => names.get(found) ?? found);
  return data === "" ? spelled(text) : text.split(data).map(spelled).join(data);
}
