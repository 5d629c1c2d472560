import { promisify } from "node:util";
import * as zlib from "node:zlib";
import { safeText } from "../text/safe-text";

/** A JSON object, or why a body is none within the limits. */
export type Decoded =
  | { readonly object: Readonly<Record<string, unknown>> }
  | {
      readonly object?: undefined;
      readonly problem: "not-json" | "too-large" | "invalid";
      readonly detail: string;
      /** True of HTML and XML. */
      readonly isPage?: true;
    };

const inflate = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.inflate);
const inflateRaw = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.inflateRaw);

/**
 * `deflate` means the zlib format, and some servers send the bare compressed data (RFC 9110 §8.4.1.2). The two are told by zlib's header
 * (RFC 1950 §2.2).
 */
function isZlib(body: Buffer): boolean {
  return body.length >= 2 && ((body[0] ?? 0) & 0x0f) === 8 && body.readUInt16BE(0) % 31 === 0;
}

const decoders: Readonly<Record<string, (body: Buffer, options: zlib.ZlibOptions) => Promise<Buffer>>> = {
  gzip: promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.gunzip),
  "x-gzip": promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.gunzip),
  deflate: (body, options) => (isZlib(body) ? inflate : inflateRaw)(body, options),
  br: promisify<Buffer, zlib.BrotliOptions, Buffer>(zlib.brotliDecompress),
};

/** Metadata is nearly flat; what is nested deeper was made to harm. */
const maxDepth = 32;

/** Decodes a body to a JSON object. The limit holds after decompression too. */
export async function decodeObject(body: Buffer, encoding: string | undefined, maxBytes: number): Promise<Decoded> {
  let plain = body;
  const named = (encoding ?? "").trim().toLowerCase();
  if (named && named !== "identity") {
    const decode = Object.hasOwn(decoders, named) ? decoders[named] : undefined;
    if (!decode) return { problem: "invalid", detail: `the content encoding "${safeText(named, 40)}" is not known` };
    try {
      plain = await decode(body, { maxOutputLength: maxBytes });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") {
        return { problem: "too-large", detail: `unpacks to more than ${maxBytes} bytes` };
      }
      return { problem: "invalid", detail: "the compressed body is damaged" };
    }
  }
  const text = plain.toString("utf8").replace(/^\ufeff/, "");
  if (nestedDeeperThan(maxDepth, text))
    return { problem: "invalid", detail: `is nested deeper than ${maxDepth} levels` };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // JSON in another encoding of Unicode is no JSON on the net (RFC 8259 §8.1), and yet somebody's document.
    const isOtherwiseEncoded = text.slice(0, 8).includes("\0");
    const letters = isOtherwiseEncoded ? text.replace(/[\0\ufffd]/g, "") : text;
    if (/^\s*[{[]/.test(letters))
      return { problem: "invalid", detail: isOtherwiseEncoded ? "is not in UTF-8" : "is damaged JSON" };
    if (/^\s*</.test(letters)) return { problem: "not-json", detail: "is HTML or XML", isPage: true };
    return { problem: "not-json", detail: "is not JSON" };
  }
  if (Array.isArray(value) && value.some((item) => typeof item === "object" && item !== null)) {
    return { problem: "invalid", detail: "is a JSON array, and not an object" };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { problem: "not-json", detail: "is JSON, but not an object" };
  }
  return { object: value as Record<string, unknown> };
}

function nestedDeeperThan(limit: number, text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (inString) {
      if (code === 0x5c) i++;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x5b || code === 0x7b) {
      if (++depth > limit) return true;
    } else if (code === 0x5d || code === 0x7d) depth--;
  }
  return false;
}
