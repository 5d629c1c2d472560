import { ExactNumber, type Json } from "@mcpstack/model";
import { type MappedText, mapped } from "./mapped-text";
import { readings, withoutEscapes } from "./readings";
import { views } from "./views";

/** What stands in the place of a secret, or of a piece of one. */
const hiddenMark = "[secret]";
/** So many characters in a row are a piece of a secret. */
const size = 6;
/** What has fewer characters than this hides nothing. */
const shortest = 3;
/** Pieces of a secret with less than this of anything between them are one. */
const closeBy = size;
/** What every key of the service begins with, and its pages name (API page, "Transport"). */
const publicPrefix = /^(?:mcpstack|emcy|agenetix)_[a-z]{2}_/;

interface Region {
  readonly start: number;
  readonly end: number;
}

/**
 * The values that no output may hold, and the one place that takes them out of a text: every piece of six characters or more, whatever
 * its encoding (`readings`) and its white space, quotes and case (`views`). A secret of three to five characters is hidden where it
 * stands as a word. What is shorter, true, false and null are no secrets, and neither are the names of fields.
 *
 * A piece is hidden also where it is a common word: that a message names no secret counts more than that it reads well.
 */
export class Secrets {
  readonly #values = new Set<string>();
  /** Those that are not in `#pieces` yet: most runs never come to look for any. */
  #fresh: string[] = [];
  readonly #pieces = new Set<string>();
  readonly #short = new Set<string>();
  #words: RegExp | undefined;

  /** @param credential - its public prefix (`mcpstack_sk_`) is no secret: addresses of the service hold it. */
  constructor(credential?: string) {
    if (credential !== undefined) this.add(credential.replace(publicPrefix, ""));
  }

  /** Adds every text and number of a value, at any depth. */
  add(value: Json | undefined): void {
    for (const text of textsIn(value)) {
      if (this.#values.has(text)) continue;
      this.#values.add(text);
      this.#fresh.push(text);
    }
  }

  /** A text with a mark in the place of every secret, and of every piece of one. */
  hide(text: string): string {
    const regions = this.#regions(text);
    if (regions.length === 0) return text;
    let at = 0;
    const parts: string[] = [];
    for (const { start, end } of regions) {
      // White space around it is the sentence's.
      const [before = "", after = ""] = [/^\s*/, /\s*$/].map((edge) => edge.exec(text.slice(start, end))?.[0]);
      parts.push(text.slice(at, start), before, hiddenMark, after);
      at = end;
    }
    return parts.join("") + text.slice(at);
  }

  #regions(text: string): Region[] {
    if (this.#values.size === 0 || text === "") return [];
    this.#prepare();
    const found: Region[] = [];
    const mark = ({ from, to }: MappedText, at: number, length: number) =>
      found.push({ start: from[at] as number, end: to[at + length - 1] as number });
    for (const reading of readings(text)) {
      for (const view of views) {
        const seen = view(reading);
        for (let at = 0; at + size <= seen.text.length; at += 1)
          if (this.#pieces.has(seen.text.slice(at, at + size))) mark(seen, at, size);
      }
      if (this.#words === undefined) continue;
      for (const { index, 0: word } of reading.text.matchAll(this.#words)) mark(reading, index, word.length);
    }
    return joined(found, text);
  }

  #prepare(): void {
    const known = this.#short.size;
    for (const value of this.#fresh.splice(0)) {
      for (const form of formsOf(value)) {
        const word = form.trim();
        if (word.length >= shortest && word.length < size) this.#short.add(word);
        for (const view of views) {
          const { text } = view(mapped(form));
          for (let at = 0; at + size <= text.length; at += 1) this.#pieces.add(text.slice(at, at + size));
        }
      }
    }
    if (this.#short.size > known) this.#words = wordsOf([...this.#short]);
  }
}

/** Every text of a value that is long enough to be a secret, numbers as they are written. */
export function textsIn(value: Json | undefined): string[] {
  if (typeof value === "string") return value.trim().length < shortest ? [] : [value];
  if (typeof value === "number" || value instanceof ExactNumber) return textsIn(String(value));
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** A secret may itself be an encoded document: a key within JSON within a text. Bytes are compared as Latin-1. */
function formsOf(secret: string): string[] {
  const decoded = withoutEscapes(secret).map(({ text }) => text);
  return [...new Set([...decoded, Buffer.from(secret).toString("latin1")])];
}

function wordsOf(short: readonly string[]): RegExp {
  const any = [...short]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&").replace(/\s+/g, "\\s+"));
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${any.join("|")})(?![\\p{L}\\p{N}])`, "giu");
}

/** Regions in order, those that overlap or are close to one another as one. */
function joined(found: readonly Region[], text: string): Region[] {
  const regions: Region[] = [];
  for (const { start, end } of [...found].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = regions.at(-1);
    if (last && (start - last.end < closeBy || !/[\p{L}\p{N}]/u.test(text.slice(last.end, start)))) {
      regions[regions.length - 1] = { start: last.start, end: Math.max(last.end, end) };
    } else regions.push({ start, end });
  }
  return regions;
}
