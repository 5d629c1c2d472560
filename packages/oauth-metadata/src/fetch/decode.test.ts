import * as zlib from "node:zlib";
import { decodeObject } from "./decode";

const text = Buffer.from(JSON.stringify({ issuer: "https://id.example" }));
const object = { issuer: "https://id.example" };

test.each([
  ["gzip", zlib.gzipSync(text)],
  ["deflate", zlib.deflateSync(text)],
  ["deflate", zlib.deflateRawSync(text)],
  ["deflate", zlib.deflateRawSync(text, { level: 0 })],
  ["br", zlib.brotliCompressSync(text)],
  ["Identity", text],
])("%s is decoded, with and without zlib's header", async (encoding, body) => {
  expect(await decodeObject(body, encoding, 10_000)).toEqual({ object });
});

test.each([
  ["zstd", text, 'the content encoding "zstd" is not known'],
  ["\u001b[31mred", text, 'the content encoding "\\u{1b}[31mred" is not known'],
  ["deflate", text, "the compressed body is damaged"],
  ["deflate", Buffer.alloc(0), "the compressed body is damaged"],
  [undefined, Buffer.from('{"issuer":'), "is damaged JSON"],
  [undefined, Buffer.from("OK"), "is not JSON"],
  [undefined, Buffer.from("<html>"), "is HTML or XML"],
  [undefined, Buffer.from("[]"), "is JSON, but not an object"],
  [undefined, Buffer.from('["not found"]'), "is JSON, but not an object"],
  [undefined, Buffer.from(`[${text}]`), "is a JSON array, and not an object"],
  [undefined, Buffer.from(`${text}`, "utf16le"), "is not in UTF-8"],
  [undefined, Buffer.from(`\ufeff${text}`, "utf16le"), "is not in UTF-8"],
  [undefined, Buffer.from(`\ufeff${text}`, "utf16le").swap16(), "is not in UTF-8"],
  [undefined, Buffer.from("\ufeff<html>", "utf16le"), "is HTML or XML"],
])("What cannot be decoded is named: %j", async (encoding, body, detail) => {
  expect(await decodeObject(body, encoding, 10_000)).toMatchObject({ detail });
});

test("Bare compressed data is held to the same limit", async () => {
  const large = zlib.deflateRawSync(Buffer.alloc(100_000, 0x20));
  expect(await decodeObject(large, "deflate", 10_000)).toMatchObject({ problem: "too-large" });
});
