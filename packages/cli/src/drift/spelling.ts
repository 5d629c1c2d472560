import { connectionFields, metadataFields, profileFields, snakeCase } from "@mcpstack/model";
import type { Source } from "./inventory";

const fields = [profileFields, connectionFields, metadataFields].flatMap((one) => Object.keys(one));
const names = [...new Set(fields)].filter((name) => /[A-Z]/.test(name));
const outsideQuotes = new RegExp(`"[^"]*"|\\b(?:${names.join("|")})\\b`, "g");

/** How metadata is read is for this command to be told, whatever program the profile comes from. */
const options: readonly (readonly [RegExp, string])[] = [
  [/\bset caFile to (?=a file)/gi, "give --ca-file "],
  [/\bset allowInsecureMetadata to true/gi, "give --allow-insecure-metadata"],
];
/** What a finding counts as is said to the command where no program is at hand. */
const finding = /\blet findings say "([a-z]+)" for ([a-z-]+)/g;

/**
 * A text with the fields' names as the source's program writes them, and with the command's options where these are meant. Quoted values
 * stay as they are.
 */
export function inProgramsSpelling(text: string, { kind }: Source): string {
  const told = options.reduce(
    (said, [pattern, option]) =>
      said.replace(pattern, (found) => (/^[A-Z]/.test(found) ? option.replace("g", "G") : option)),
    text,
  );
  if (kind === "organization" || kind === "url") return told.replace(finding, "give --finding $2=$1");
  if (kind === "pulumi-stack") return told;
  return told.replace(outsideQuotes, (found) => (found.startsWith('"') ? found : snakeCase(found)));
}
