// Secret values, ways in which a service may repeat them, and a search for their pieces that shares no code with what hides them.
import fc from "fast-check";

const lower = "abcdefghjkmnpqrstuvwxyz";
const alphabet = `${lower}${lower.toUpperCase()}23456789`;
const randomText = (minLength: number, maxLength: number, unit = alphabet) =>
  fc.array(fc.constantFrom(...unit), { minLength, maxLength }).map((signs) => signs.join(""));

/** A key as PEM writes it. */
const pem = fc
  .array(randomText(40, 64, `${alphabet}+/`), { minLength: 2, maxLength: 6 })
  .map((lines) => `-----BEGIN_QX_KEY-----\n${lines.join("\n")}\n-----END_QX_KEY-----\n`);

/** Quotes, backslashes, white space and punctuation between random signs. */
const awkward = fc
  .array(
    fc.tuple(
      randomText(1, 5),
      fc.constantFrom('"', "'", "\\", "\n", "\r\n", "  ", "\t", "%", "&", "<", "+", "é", "ü-", "\\n"),
    ),
    {
      minLength: 3,
      maxLength: 12,
    },
  )
  .map((parts) => parts.map(([text, between]) => text + between).join(""));

/** A document of a cloud provider, as a text. */
const jsonDocument = fc
  .tuple(randomText(12, 30), pem)
  .map(([id, key]) => JSON.stringify({ i7: id, qx7: key }, null, 1));

/** What a write-only setting may hold. */
export const secretText = fc.oneof(randomText(6, 12), randomText(20, 400), pem, awkward, jsonDocument);

/** Nine digits, none of which an id or a time begins with. */
export const secretNumber = randomText(9, 9, "3456789").map(Number);

/** A header can carry it. */
export const credential = fc.oneof(
  randomText(8, 60),
  randomText(20, 60, `${alphabet}-._~+/`),
  randomText(30, 60).map((key) => `mcpstack_sk_${key}`),
  fc
    .tuple(randomText(40, 90), randomText(43, 43))
    .map(([payload, signature]) => `eyJhbGciOiJSUzI1NiJ9.${payload}.${signature}`),
);

export interface Encoding {
  readonly name: string;
  readonly of: (text: string) => string;
}

const inJson = (text: string) => JSON.stringify(text).slice(1, -1);
const base64 = (text: string) => Buffer.from(text).toString("base64");
const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export const encodings: readonly Encoding[] = [
  { name: "as it is", of: (text) => text },
  { name: "as JSON", of: inJson },
  { name: "as JSON twice", of: (text) => inJson(inJson(text)) },
  {
    name: "with every sign escaped",
    of: (text) => [...text].map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`).join(""),
  },
  { name: "percent-encoded", of: encodeURIComponent },
  {
    name: "percent-encoded in small letters",
    of: (text) => encodeURIComponent(text).replace(/%../g, (one) => one.toLowerCase()),
  },
  { name: "percent-encoded twice", of: (text) => encodeURIComponent(encodeURIComponent(text)) },
  {
    name: "in JavaScript's escapes",
    of: (text) => [...text].map((sign) => `%u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`).join(""),
  },
  { name: "with tags between", of: (text) => text.replace(/.{4}/gs, "$&<b>") },
  { name: "with soft hyphens between", of: (text) => text.replace(/.{3}/gs, "$&\u00ad") },
  { name: "as a form", of: (text) => new URLSearchParams({ v: text }).toString().slice(2) },
  { name: "in Base64", of: base64 },
  { name: "in Base64 after one sign", of: (text) => base64(`:${text}`) },
  { name: "in Base64 between two and one", of: (text) => base64(`ab${text}z`) },
  { name: "in Base64url", of: (text) => Buffer.from(text).toString("base64url") },
  { name: "in Base64 by lines", of: (text) => base64(text).replace(/.{1,20}/g, "$&\n") },
  { name: "in hexadecimal", of: (text) => Buffer.from(text).toString("hex") },
  { name: "in HTML", of: (text) => text.replace(/[&<>"']/g, (sign) => entities[sign] as string) },
  {
    name: "in references",
    of: (text) => text.replace(/[^A-Za-z]/g, (sign) => `&#x${sign.charCodeAt(0).toString(16)};`),
  },
  { name: "with white space collapsed", of: (text) => text.replace(/\s+/g, " ") },
  { name: "with white space removed", of: (text) => text.replace(/\s+/g, "") },
  { name: "with white space replaced", of: (text) => text.replace(/\s/g, "_") },
  { name: "with CRLF", of: (text) => text.replace(/\r?\n/g, "\r\n") },
  { name: "with quotes doubled", of: (text) => text.replace(/["']/g, "$&$&") },
  { name: "with single quotes", of: (text) => text.replaceAll('"', "'") },
  { name: "in capital letters", of: (text) => text.toUpperCase() },
  { name: "in Base64 of JSON", of: (text) => base64(JSON.stringify({ value: text })) },
];

export const encoding = fc.constantFrom(...encodings);

/** A part of a text: its beginning, its end, or anything between. */
export const cut = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }));

export function cutOf(text: string, [one, other]: readonly [number, number]): string {
  const [start, end] = [Math.floor(Math.min(one, other) * text.length), Math.ceil(Math.max(one, other) * text.length)];
  return text.slice(start, end);
}

/** Every text that a document holds, at any depth. */
export function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

const size = 6;

/** The pieces of six signs that say something: four of them are letters or digits. */
function piecesOf(secret: string): Set<string> {
  const pieces = new Set<string>();
  for (const form of [secret, secret.replace(/\s+/g, " "), secret.replace(/\s+/g, "")]) {
    for (let at = 0; at + size <= form.length; at += 1) {
      const piece = form.slice(at, at + size).toLowerCase();
      if ((piece.match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= 4) pieces.add(piece);
    }
  }
  return pieces;
}

/** Everything that somebody who reads an output could make of it. */
function* decoded(output: string): Generator<string> {
  const unescaped = (text: string) =>
    text.replace(/\\u([\da-f]{4})|\\(["\\/])|\\([nrt])/gi, (_, code: string | undefined, sign: string | undefined) =>
      code === undefined ? (sign ?? " ") : String.fromCharCode(Number.parseInt(code, 16)),
    );
  const unmarked = (text: string) => text.replace(/<b>|\u00ad/g, "");
  const unpercented = (text: string) =>
    text
      .replace(/%u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
      .replace(/(?:%[\da-f]{2})+/gi, (run) => Buffer.from(run.replaceAll("%", ""), "hex").toString());
  const unreferenced = (text: string) =>
    text
      .replace(/&#x([\da-f]+);/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
      .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
      .replace(
        /&(amp|lt|gt|quot);/g,
        (whole) => Object.keys(entities).find((sign) => entities[sign] === whole) ?? whole,
      );
  const ways = [unescaped, unmarked, unpercented, unreferenced];
  let texts = new Set([output]);
  for (let depth = 0; depth < 3; depth += 1)
    texts = new Set([...texts, ...[...texts].flatMap((text) => ways.map((way) => way(text)))]);
  for (const text of texts) {
    yield text;
    yield text.replace(/\s+/g, " ");
    yield text.replace(/\s+/g, "");
    yield text.replaceAll("+", " ");
    yield text.replace(/(["'])\1/g, "$1");
    for (const [run] of text.replace(/\s+/g, "").matchAll(/[\w+/-]{8,}/g)) {
      for (const from of [0, 1, 2, 3]) yield Buffer.from(run.slice(from), "base64").toString("utf8");
      const digits = run.replace(/[^\da-f]/gi, "");
      for (const from of [0, 1]) yield Buffer.from(digits.slice(from), "hex").toString("utf8");
    }
  }
}

/** The pieces of secrets that stand in an output, whatever their encoding. */
export function found(output: string, ...secrets: readonly string[]): string[] {
  const pieces = new Set(secrets.flatMap((secret) => [...piecesOf(secret)]));
  const seen = new Set<string>();
  for (const text of decoded(output)) {
    const small = text.toLowerCase();
    for (let at = 0; at + size <= small.length; at += 1) {
      const piece = small.slice(at, at + size);
      if (pieces.has(piece)) seen.add(piece);
    }
  }
  return [...seen];
}
