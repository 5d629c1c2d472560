/** Strings and the signs that open, close and part containers. Everything else between them is scalars and space. */
const marks = /"(?:[^"\\]+|\\.)*"|[{}[\]:]/g;

/** A key that some object of a JSON text has twice, in whatever escapes it is spelled; undefined where there is none. */
export function repeatedKey(json: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  let text = "";
  for (const [mark] of json.matchAll(marks)) {
    switch (mark) {
      case "{":
        open.push(new Set());
        break;
      case "[":
        open.push(undefined);
        break;
      case "}":
      case "]":
        open.pop();
        break;
      case ":": {
        const keys = open[open.length - 1];
        const key = text.includes("\\") ? (JSON.parse(text) as string) : text.slice(1, -1);
        if (keys?.has(key)) return key;
        keys?.add(key);
        break;
      }
      default:
        text = mark;
    }
  }
  return undefined;
}
