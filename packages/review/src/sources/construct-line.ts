/**
 * The lines of a TypeScript file on which a construct could be made: where its id, or the id of a construct around it, is written as a text
 * argument. The innermost id that is written out counts, since an outer one may make several resources.
 */
export function constructLine(text: string, constructPath: string): number[] {
  const lines = text.split("\n");
  // A level 2 construct calls its resource "Resource"; the id that the program wrote is one further out.
  for (const id of constructPath.split("/").slice(1).reverse()) {
    const quoted = [`"${id}"`, `'${id}'`, `\`${id}\``];
    const found = lines.flatMap((line, index) =>
      quoted.some((text) => line.includes(text)) && /\bnew\b|\(|,|^\s*["'`]/.test(line) ? [index + 1] : [],
    );
    if (found.length > 0) return found;
  }
  return [];
}
