/** What services draw masks with. */
const signs = "*•●∙⬤█■";
const forms = [
  // Nothing but the signs: ***, ••••••, **** **** ****
  new RegExp(`^[${signs}]{3,}(?:[ -][${signs}]{2,})*$`, "u"),
  // With the beginning or the end of the secret, or the public prefix of its kind: sk_live_****1234, ********abcd, AKIA****WXYZ
  new RegExp(`^(?:(?:[A-Za-z]{1,12}[_-]){1,3}|[A-Za-z0-9]{0,4})[${signs}]{4,}[A-Za-z0-9]{0,4}$`, "u"),
  // xxxx, XXXX-XXXX-1234
  /^[xX]{4,}(?:-[xX]{4,})*-?\d{0,4}$/,
  // [redacted], <masked>, ***HIDDEN***. Of the words alone one is no ordinary value.
  /^(?:[*_]{1,3}|[[<({])(?:redacted|masked|hidden|filtered)(?:[*_]{1,3}|[\])}>])$/i,
  /^redacted$/i,
];

/**
 * Whether a value stands for a secret that the service does not show (`****`, `sk_****1234`, `[redacted]`, …). Writing it back would destroy
 * the secret. The whole value is one: a sentence with asterisks in it is a sentence.
 */
export function looksMasked(value: unknown): boolean {
  return typeof value === "string" && value.length <= 1000 && forms.some((form) => form.test(value));
}
