import { connectionFields, profileFields, snakeCase } from "@mcpstack/model";
import type { Source } from "./inventory";

const names = [...new Set([...Object.keys(profileFields), ...Object.keys(connectionFields)])].filter((name) =>
  /[A-Z]/.test(name),
);
const outsideQuotes = new RegExp(`"[^"]*"|\\b(?:${names.join("|")})\\b`, "g");

/** A text with the fields' names as the source's program writes them. Quoted values stay as they are. */
export function inProgramsSpelling(text: string, { kind }: Source): string {
  if (kind !== "terraform-state" && kind !== "terraform-plan") return text;
  return text.replace(outsideQuotes, (found) => (found.startsWith('"') ? found : snakeCase(found)));
}
