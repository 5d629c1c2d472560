const longest = 200;

/**
 * Makes a server's text fit for a message: one line, without control characters (they could rewrite a terminal), without the credential,
 * cut at 200 characters.
 */
export function safeText(text: string, credential: string): string {
  const line = redact(text, credential)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed; the rest reorders text (Unicode TR36)
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, " ")
    .replace(/ {2,}/g, " ")
    .trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

/** Replaces a credential wherever a text holds it: as it is, percent-encoded, or in Base64. */
export function redact(text: string, credential: string): string {
  if (credential === "") return text;
  const forms = [credential, encodeURIComponent(credential), Buffer.from(credential).toString("base64")];
  return forms.reduce((left, form) => left.replaceAll(form, "[credential]"), text);
}
