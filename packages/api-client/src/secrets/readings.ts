import { type MappedText, mapped, rewritten } from "./mapped-text";

type Decoder = (source: MappedText) => MappedText;

const escapes: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
const entities: Readonly<Record<string, string>> = {
  amp: "&",
  apos: "'",
  bsol: "\\",
  equals: "=",
  gt: ">",
  lt: "<",
  nbsp: " ",
  newline: "\n",
  plus: "+",
  quot: '"',
  sol: "/",
  tab: "\t",
};

/** Escapes of JSON (RFC 8259 §7) and of JavaScript: `\n`, `\"`, `\u0041`, `\u{41}`, `\x41`. */
const json: Decoder = (source) =>
  rewritten(
    source,
    /\\(?:u\{([\da-fA-F]{1,6})\}|u([\da-fA-F]{4})|x([\da-fA-F]{2})|([\\"'`/bfnrt]))/g,
    ([, braced, four, two, one = ""]) => {
      const code = braced ?? four ?? two;
      return code === undefined ? (escapes[one] ?? one) : character(Number.parseInt(code, 16));
    },
  );

/** Percent-encoding (RFC 3986 §2.1). A run of bytes beyond ASCII is read as UTF-8. */
const percent: Decoder = (source) =>
  rewritten(source, /%[0-7][\da-f]|(?:%[89a-f][\da-f])+/gi, ([run]) =>
    Buffer.from(run.replaceAll("%", ""), "hex").toString("utf8"),
  );

/** The same where a plus stands for a space (application/x-www-form-urlencoded). */
const form: Decoder = (source) => percent(rewritten(source, /\+/g, () => " "));

/** Character references of HTML and XML, also without their semicolon. */
const html: Decoder = (source) =>
  rewritten(source, /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,7}));?/gi, ([whole, decimal, hex, name]) => {
    if (name !== undefined) return entities[name.toLowerCase()] ?? whole;
    return character(decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal));
  });

const decoders = [json, percent, form, html];
/** A text within a text within a text: a JSON document in a JSON text in a URL. */
const deepest = 3;

/** Everything that a text may say: as it is, and decoded in each way, several ways after one another too. */
export function readings(text: string): MappedText[] {
  const found = new Map<string, MappedText>([[text, mapped(text)]]);
  let latest = [...found.values()];
  for (let depth = 0; depth < deepest && latest.length > 0; depth += 1) {
    const decoded = latest.flatMap((reading) => decoders.map((decode) => decode(reading)));
    latest = [];
    for (const reading of decoded) {
      if (found.has(reading.text)) continue;
      found.set(reading.text, reading);
      latest.push(reading);
    }
  }
  return [...found.values()];
}

function character(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
}
