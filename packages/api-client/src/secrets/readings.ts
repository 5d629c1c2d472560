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
  shy: "\u00ad",
  sol: "/",
  tab: "\t",
  zerowidthspace: "\u200b",
  zwj: "\u200d",
  zwnj: "\u200c",
};

/** Escapes of JSON (RFC 8259 §7), of JavaScript and of C: `\n`, `\"`, `\u0041`, `\u{41}`, `\U00000041`, `\x41`, `\101`. */
const json: Decoder = (source) =>
  rewritten(
    source,
    /\\(?:u\{([\da-fA-F]{1,6})\}|u([\da-fA-F]{4})|U([\da-fA-F]{8})|x([\da-fA-F]{2})|([0-3][0-7]{2})|([\\"'`/bfnrt]))/g,
    ([, braced, four, eight, two, octal, one = ""]) => {
      const code = braced ?? four ?? eight ?? two;
      if (octal !== undefined) return character(Number.parseInt(octal, 8));
      return code === undefined ? (escapes[one] ?? one) : character(Number.parseInt(code, 16));
    },
  );

/**
 * Bytes as a list of numbers, in any base and with anything between them: `116, 111, 107`, `0x74 0x6f 0x6b`, `164-157-153`,
 * `0b1110100 and 0b1101111`. Numbers that are too far apart are none of a list.
 */
const numbers = (base: 2 | 8 | 10 | 16): Decoder => {
  const [prefix, digits] = notation[base];
  const number = `(?<![\\p{L}\\p{N}])(?:${prefix})?(${digits})(?![\\p{L}\\p{N}])`;
  const list = new RegExp(`${number}(?:.{1,${farthest}}?(?=${number}))?`, "gisu");
  return (source) =>
    rewritten(source, list, ([whole, digits = ""]) => {
      const code = Number.parseInt(digits, base);
      return code <= 255 ? character(code) : whole;
    });
};

/** How a byte that stands for a sign is written in a base: what may come before it, and its digits. */
const notation = {
  2: ["0b|b", "0?[01]{6,8}"],
  8: ["0o|o|\\\\", "0?[0-3]?[0-7]{2}"],
  10: ["&#|#|\\\\", "0?\\d{2,3}"],
  16: ["0x|x|u\\+|&#x|\\\\x|\\\\u", "0{0,2}[\\da-f]{2}"],
} as const;

/** Most signs between two numbers of one list. */
const farthest = 16;

/** What colours a terminal (ECMA-48 §5.4): nothing that is read. The escape sign itself may have been lost, or be written out. */
const escapeSign = "(?:\\u001b|\\^\\[|\\\\e)";
const sequence = new RegExp(
  [
    `${escapeSign}\\][^\\u0007\\u001b]{0,80}(?:\\u0007|\\u001b\\\\)`,
    `(?:\\u009b|${escapeSign}\\[)[0-?]*[ -/]*[@-~]`,
    "\\[\\d{0,3}(?:;\\d{0,3})*m",
    "\\u001b[ -/]*[0-~]",
  ].join("|"),
  "g",
);
const terminal: Decoder = (source) => rewritten(source, sequence, () => "");

/** Percent-encoding (RFC 3986 §2.1), and that of JavaScript's `escape`. A run of bytes beyond ASCII is read as UTF-8. */
const percent: Decoder = (source) =>
  rewritten(source, /%u([\da-f]{4})|%[0-7][\da-f]|(?:%[89a-f][\da-f])+/gi, ([run, unit]) =>
    unit === undefined
      ? Buffer.from(run.replaceAll("%", ""), "hex").toString("utf8")
      : character(Number.parseInt(unit, 16)),
  );

/** What marks up a text, and what is not shown of it: tags, also those in square brackets, and signs such as soft hyphens. */
const markup: Decoder = (source) =>
  rewritten(
    source,
    /<!--.{0,200}?-->|<[/!]?[a-z][^<>]{0,200}>|\[\/?[a-z]{1,12}(?:=[^\]]{0,80})?\]|\p{Default_Ignorable_Code_Point}+/gisu,
    () => "",
  );

/** The same where a plus stands for a space (application/x-www-form-urlencoded). */
const form: Decoder = (source) => percent(rewritten(source, /\+/g, () => " "));

/** Character references of HTML and XML, also without their semicolon. */
const html: Decoder = (source) =>
  rewritten(source, /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,14}));?/gi, ([whole, decimal, hex, name]) => {
    if (name !== undefined) return entities[name.toLowerCase()] ?? whole;
    return character(decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal));
  });

const escapings = [json, percent, form, html, markup, terminal, numbers(2), numbers(8), numbers(10), numbers(16)];
/** A text within a text within a text: a JSON document in a JSON text in a URL. */
const deepest = 3;

/** Without what breaks an encoded text into lines, and what may stand between bytes. */
const unbroken: Decoder = (source) => rewritten(source, /[\s\\"'`:]+/g, () => "");

/**
 * Base64 and Base64url (RFC 4648 §§4, 5), bytes as Latin-1. A text that was cut may begin anywhere within its group of four signs.
 *
 * @param missing - how many signs of the first group are missing.
 */
const base64 =
  (missing: number): Decoder =>
  (source) =>
    decodedBytes(source, /[\w+/-]{4,}/g, (run) => {
      const bytes = Buffer.from("A".repeat(missing) + run, "base64");
      return { bytes, signOf: (at) => Math.floor((at * 4) / 3) - missing, signs: 2 };
    });

/** Hexadecimal digits. */
const hexadecimal =
  (missing: number): Decoder =>
  (source) =>
    decodedBytes(source, /[\da-f]{6,}/gi, (run) => {
      const bytes = Buffer.from("0".repeat(missing) + run, "hex");
      return { bytes, signOf: (at) => at * 2 - missing, signs: 2 };
    });

/** Bytes in digits of one length with nothing between them: `01110100…`, `164157…`, `116111…`. */
const together =
  (base: 2 | 8 | 10, width: 3 | 8, missing: number): Decoder =>
  (source) =>
    decodedBytes(source, base === 2 ? /[01]{48,}/g : /\d{18,}/g, (run) => {
      const padded = "0".repeat(missing) + run;
      const groups = padded.match(new RegExp(`.{${width}}`, "g")) ?? [];
      const bytes = Buffer.from(groups.map((group) => Number.parseInt(group, base)));
      return { bytes, signOf: (at) => at * width - missing, signs: width };
    });

const anywhere = [
  ...[0, 1, 2, 3].map(base64),
  ...[0, 1].map(hexadecimal),
  ...[0, 1, 2].flatMap((missing) => [together(8, 3, missing), together(10, 3, missing)]),
  ...[0, 1, 2, 3, 4, 5, 6, 7].map((missing) => together(2, 8, missing)),
];
const encodings: readonly Decoder[] = [
  // By the word, so that a short secret is still one.
  base64(0),
  hexadecimal(0),
  ...anywhere.map(
    (decode): Decoder =>
      (source) =>
        decode(unbroken(source)),
  ),
];

/** Everything that a text may say: as it is, and decoded in each way, several ways after one another too. */
export function readings(text: string): MappedText[] {
  const plain = withoutEscapes(text);
  return unescaped([...plain, ...plain.flatMap((reading) => encodings.map((decode) => decode(reading)))]);
}

/** The same without Base64 and hexadecimal digits, which any word may be taken for. */
export function withoutEscapes(text: string): MappedText[] {
  return unescaped([mapped(text)]);
}

function unescaped(texts: readonly MappedText[]): MappedText[] {
  const found = new Map(texts.map((reading) => [reading.text, reading]));
  let latest = [...found.values()];
  for (let depth = 0; depth < deepest && latest.length > 0; depth += 1) {
    const decoded = latest.flatMap((reading) => escapings.map((decode) => decode(reading)));
    latest = [];
    for (const reading of decoded) {
      if (found.has(reading.text)) continue;
      found.set(reading.text, reading);
      latest.push(reading);
    }
  }
  return [...found.values()];
}

interface Decoded {
  readonly bytes: Buffer;
  /** The first of the signs, of the run, that a byte stands in. */
  readonly signOf: (byte: number) => number;
  /** How many signs it stands in. */
  readonly signs: number;
}

/** Puts the bytes of every run in its place, each standing for its own signs. */
function decodedBytes(source: MappedText, runs: RegExp, decode: (run: string) => Decoded): MappedText {
  const parts: string[] = [];
  const from: number[] = [];
  const to: number[] = [];
  const copy = (start: number, end: number) => {
    parts.push(source.text.slice(start, end));
    for (let at = start; at < end; at += 1) {
      from.push(source.from[at] as number);
      to.push(source.to[at] as number);
    }
  };
  let done = 0;
  if (source.text.search(runs) < 0) return source;
  for (const { index, 0: run } of source.text.matchAll(runs)) {
    copy(done, index);
    done = index + run.length;
    const { bytes, signOf, signs } = decode(run);
    parts.push(bytes.toString("latin1"));
    for (let byte = 0; byte < bytes.length; byte += 1) {
      const first = Math.min(Math.max(signOf(byte), 0), run.length - 1);
      const last = Math.min(Math.max(signOf(byte) + signs - 1, 0), run.length - 1);
      from.push(source.from[index + first] as number);
      to.push(source.to[index + last] as number);
    }
  }
  copy(done, source.text.length);
  return { text: parts.join(""), from, to };
}

function character(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
}
