import { isObject } from "../documents/parse";
import { echoMark } from "./echo-mark";

/** So many characters of a secret in a row are no coincidence, even where an id and a secret have a word in common. */
const longestRun = 16;
/** What is shorter stands in documents for other reasons. */
const shortest = 8;
/** What every JSON web token begins with is no secret (RFC 7515 §4). */
const tokenHeader = /^eyJ[\w-]+\./;

/**
 * Finds where a document repeats a secret: whole, or 16 characters of it, as it is, percent-encoded or in Base64. A document is data, which
 * ids and writes depend on, so shorter pieces stay; in texts that are there only to be read, `Secrets` finds those too.
 */
export class Echoes {
  readonly #forms: readonly string[];
  /** By the width of a step, so that a text is looked at in few places: whatever repeats a run holds one whole step of it. */
  readonly #steps = new Map<number, Set<string>>();

  constructor(secrets: readonly string[]) {
    this.#forms = secrets
      .map((secret) => secret.replace(tokenHeader, ""))
      .filter(({ length }) => length >= shortest)
      .flatMap(formsOf);
    for (const form of this.#forms) {
      const width = stepOf(form);
      const known = this.#steps.get(width) ?? new Set();
      for (let at = 0; at + width <= form.length; at += 1) known.add(form.slice(at, at + width));
      this.#steps.set(width, known);
    }
  }

  isIn(text: string): boolean {
    for (const [width, known] of this.#steps)
      for (let at = 0; at + width <= text.length; at += width)
        if (known.has(text.slice(at, at + width))) return this.#forms.some((form) => haveRunInCommon(form, text));
    return false;
  }

  /** A body's JSON with a mark in the place of each text, and of each name and its value, that repeats a secret. */
  without(json: unknown, body: string): unknown {
    // Any character may stand escaped in the body.
    return this.#steps.size > 0 && (body.includes("\\u") || this.isIn(body)) ? this.#marked(json) : json;
  }

  #marked(value: unknown): unknown {
    if (typeof value === "string") return this.isIn(value) ? echoMark : value;
    if (Array.isArray(value)) return value.map((element) => this.#marked(element));
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) =>
        this.isIn(name) ? [echoMark, echoMark] : [name, this.#marked(inner)],
      ),
    );
  }
}

function formsOf(secret: string): string[] {
  const base64 = base64Forms(secret);
  const url = base64.map((form) => form.replaceAll("+", "-").replaceAll("/", "_"));
  const escaped = JSON.stringify(secret).slice(1, -1);
  return [...new Set([secret, escaped, encodeURIComponent(secret), ...base64, ...url])];
}

function runOf(form: string): number {
  return Math.min(longestRun, form.length);
}

/** A run of `2w - 1` characters holds a whole step of width `w`, wherever it begins. */
function stepOf(form: string): number {
  return Math.floor((runOf(form) + 1) / 2);
}

function haveRunInCommon(form: string, text: string): boolean {
  const run = runOf(form);
  for (let at = 0; at + run <= form.length; at += 1) if (text.includes(form.slice(at, at + run))) return true;
  return false;
}

/** The signs that a secret alone decides, for each of the three places of its first byte in a longer text (RFC 4648 §4). */
function base64Forms(secret: string): string[] {
  return [0, 1, 2].map((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
    const signs = bytes.toString("base64").replace(/=+$/, "");
    const undecided = bytes.length % 3 === 0 ? 0 : 1;
    return signs.slice([0, 2, 3][before], signs.length - undecided);
  });
}
