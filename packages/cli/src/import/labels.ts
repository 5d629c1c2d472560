/** Words that no program here can use as a name: reserved in ECMAScript, or meaningful in HCL and in the written programs. */
const reserved = new Set(
  (
    "abstract any app arguments as async await boolean break case catch class const constructor continue debugger declare default delete do " +
    "else enum eval export extends false finally for from function get if implements import in instanceof interface let module new null " +
    "number object of package private protected public pulumi require return scope set static string super switch symbol this throw true " +
    "try type typeof undefined var void while with yield stack gateway attachment count each path local terraform data resource provider"
  ).split(" "),
);

/** A name as an identifier of lower-case words, as Terraform and construct ids use them; `fallback` where nothing is left of it. */
export function labelOf(name: string, fallback: string): string {
  const words = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 50)
    .replace(/_+$/, "");
  if (words === "") return fallback;
  const begun = /^[0-9]/.test(words) ? `${fallback}_${words}` : words;
  return reserved.has(begun) ? `${begun}_${fallback}` : begun;
}

/** Labels for a list of names: valid, and each of its own. */
export function uniqueLabels(
  names: readonly string[],
  fallback: string,
  taken: ReadonlySet<string> = new Set(),
): string[] {
  const used = new Set(taken);
  return names.map((name) => {
    const label = labelOf(name, fallback);
    let unique = label;
    // Compared as variables, so that `a_b` and `aB` cannot meet either.
    for (let number = 2; used.has(variableOf(unique)); number++) unique = `${label}_${number}`;
    used.add(variableOf(unique));
    return unique;
  });
}

/** `support_gateway` → `supportGateway`. A number keeps its underscore, so that different labels stay different. */
export function variableOf(label: string): string {
  return label.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
