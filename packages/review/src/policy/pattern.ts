/**
 * Matches a text against a pattern in which `*` stands for a run of characters. Time grows with the product of both lengths at worst.
 *
 * @param stops - Characters that a `*` does not stand for.
 */
export function matchesPattern(pattern: string, text: string, stops: RegExp): boolean {
  let inPattern = 0;
  let inText = 0;
  let star = -1;
  let resume = 0;
  while (inText < text.length) {
    if (pattern[inPattern] === "*") {
      star = inPattern;
      inPattern += 1;
      resume = inText;
    } else if (inPattern < pattern.length && pattern[inPattern] === text[inText]) {
      inPattern += 1;
      inText += 1;
    } else if (star >= 0 && !stops.test(text[resume] as string)) {
      resume += 1;
      inText = resume;
      inPattern = star + 1;
    } else return false;
  }
  while (pattern[inPattern] === "*") inPattern += 1;
  return inPattern === pattern.length;
}

/** What would let a `*` in a host or path reach into another part of the URL. */
export const urlStops = /[/?#@\\\s]/;

/** For addresses of resources: a `*` stands for anything. */
export const noStops = /$^/;
