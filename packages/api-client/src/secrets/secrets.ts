import type { Json } from "@mcpstack/model";
import { readings } from "./readings";
import { views } from "./views";

/** What stands in the place of a secret, or of a piece of one. */
const hiddenMark = "[secret]";
/** What has fewer characters than this hides nothing. */
const shortest = 3;
/** Pieces of a secret with less than this of anything between them are one. */
const closeBy = 6;
/** What every key of the service begins with, and its pages name (API page, "Transport"). */
const publicPrefix = /^(?:mcpstack|emcy|agenetix)_[a-z]{2}_/;

interface Needles {
  /** For each view every piece of every secret. */
  readonly pieces: readonly ReadonlySet<string>[];
  /** Secrets that are shorter than a piece, found where they stand as words; undefined where there is none. */
  readonly words: RegExp | undefined;
}

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
  #needles: Needles | undefined;

  /** @param credential - its public prefix (`mcpstack_sk_`) is no secret: addresses of the service hold it. */
  constructor(credential?: string) {
    if (credential !== undefined) this.add(credential.replace(publicPrefix, ""));
  }

  /** Adds every text and number of a value, at any depth. */
  add(value: Json | undefined): void {
    for (const text of textsIn(value)) {
      if (this.#values.has(text)) continue;
      this.#values.add(text);
      this.#needles = undefined;
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
    this.#needles ??= needlesOf(this.#values);
    const { pieces, words } = this.#needles;
    const found: Region[] = [];
    for (const reading of readings(text)) {
      for (const [index, view] of views.entries()) {
        const known = pieces[index] as ReadonlySet<string>;
        if (known.size === 0) continue;
        const seen = view.of(reading);
        for (let at = 0; at + view.width <= seen.text.length; at += 1) {
          if (!known.has(seen.text.slice(at, at + view.width))) continue;
          found.push({ start: seen.from[at] as number, end: seen.to[at + view.width - 1] as number });
        }
      }
      if (words === undefined) continue;
      for (const { index, 0: word } of reading.text.matchAll(words)) {
        found.push({ start: reading.from[index] as number, end: reading.to[index + word.length - 1] as number });
      }
    }
    return joined(found, text);
  }
}

/** Every text of a value that is long enough to be a secret, numbers as they are written. */
export function textsIn(value: Json | undefined): string[] {
  if (typeof value === "string") return value.trim().length < shortest ? [] : [value];
  if (typeof value === "number") return textsIn(String(value));
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function needlesOf(values: ReadonlySet<string>): Needles {
  // A secret may itself be an encoded document: a key within JSON within a text.
  const forms = [...new Set([...values].flatMap((value) => readings(value).map(({ text }) => text)))];
  const pieces = views.map(({ width, needles }) => {
    const set = new Set<string>();
    for (const needle of forms.flatMap(needles))
      for (let at = 0; at + width <= needle.length; at += 1) set.add(needle.slice(at, at + width));
    return set;
  });
  return { pieces, words: wordsOf(forms.map((form) => form.trim()).filter(({ length }) => length >= shortest)) };
}

function wordsOf(forms: readonly string[]): RegExp | undefined {
  const short = forms.filter(({ length }) => length < 6).flatMap((form) => [form, ...encoded(form)]);
  if (short.length === 0) return undefined;
  const any = short
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&").replace(/\s+/g, "\\s+"));
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${any.join("|")})(?![\\p{L}\\p{N}])`, "giu");
}

function encoded(word: string): string[] {
  const bytes = Buffer.from(word);
  const base64 = bytes.toString("base64").replace(/=+$/, "");
  return [...new Set([base64, bytes.toString("base64url"), bytes.toString("hex")])];
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
