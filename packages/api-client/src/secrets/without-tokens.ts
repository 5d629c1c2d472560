/** What stands in the place of a token that a log or a message holds. */
const mark = "[token]";
/** What was hidden before, here or as a secret, stays. */
const marked = /^\[(?:token|secret|redacted)\]/;

/** A JSON web token (RFC 7519 §3), or the beginning of one that was cut. */
const jsonWebToken = /\beyJ[\w-]{8,}(?:\.[\w-]*)*/g;

/** A key of the service by which it is known; a public key (`mcpstack_pk_`) is none. */
const serviceKey = /\b(mcpstack|emcy|agenetix)_sk_[\w-]+/gi;

/** `Bearer …` (RFC 6750 §2.1) and its like; not a challenge's first parameter, and not a word of a sentence. */
const scheme = /\b(bearer|basic|dpop)((?:\s|%20|\+)+)(?![\w-]+=["\\])([\w.~+/%-]{6,}=*)/gi;

const secretNames = [
  String.raw`(?:\w*[_-])?(?:token|assertion|secret|password|passwd)`,
  String.raw`\w*(?:Token|Assertion|Secret|Password)`,
  "(?:x-)?api[_-]?key",
  "apiKey",
  "code[_-]?verifier",
  "codeVerifier",
  "(?:device|user)[_-]?code",
  "(?:proxy-)?authorization",
].join("|");
const quotes = String.raw`\\*["']`;
const assigned = String.raw`=|%3D|\\u003d|&#61;`;

/** `"refresh_token": "…"`, also within a JSON text. */
const quotedValue = new RegExp(
  `(?<![\\w])((?:${secretNames}|code)(?:${quotes})?\\s*(?:${assigned}|:)\\s*${quotes})((?:(?!${quotes})[^\\n])+)`,
  "gi",
);
/** `access_token=…` in a URL, a form or a line of a log. */
const givenValue = new RegExp(`(?<![\\w])((?:${secretNames})(?:${assigned}))([^\\s&"'\\\\,;<>(){}|]+)`, "gi");
/** `refresh_token: …` in a sentence, where it may go on with a word. */
const namedValue = new RegExp(`(?<![\\w])((?:${secretNames}):\\s*)([^\\s&"'\\\\,;<>(){}|]{6,})`, "gi");
/** An authorization code (RFC 6749 §4.1.2) in a query; elsewhere `code=` stands before error codes too, which are short. */
const queriedCode = new RegExp(`([?&#;]code(?:${assigned}))([^\\s&"'\\\\,;<>]+)`, "gi");
const longCode = new RegExp(`(?<![\\w])(code(?:${assigned}))([^\\s&"'\\\\,;<>]{16,})`, "gi");

/**
 * A text of a log or a message without the tokens that someone put into it: JSON web tokens, `Bearer …`, keys of the service, and the values of
 * what is named as a token, a secret, a password or an authorization code, in a URL, in JSON and in plain words. The names stay.
 */
export function withoutTokens(text: string): string {
  const hidden = (_: string, before: string, value: string) => before + (marked.test(value) ? value : mark);
  return text
    .replace(quotedValue, hidden)
    .replace(givenValue, hidden)
    .replace(queriedCode, hidden)
    .replace(longCode, hidden)
    .replace(namedValue, (whole, before: string, value: string) => (isWord(value) ? whole : before + mark))
    .replace(scheme, (whole, name: string, space: string, value: string) =>
      isWord(value) ? whole : `${name}${space}${mark}`,
    )
    .replace(jsonWebToken, mark)
    .replace(serviceKey, mark);
}

/** Whether it is a word, or words tied together, such as `invalid_grant`, rather than something random. */
function isWord(value: string): boolean {
  return marked.test(value) || (value.length < 24 && /^[A-Z]?[a-z]+(?:[_.-][a-z]+)*[.!?]*$/.test(value));
}
