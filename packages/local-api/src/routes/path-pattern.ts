/** A path with `:name` segments, compiled once. */
export type PathPattern = (segments: readonly string[]) => Record<string, string> | undefined;

export function compilePath(path: string): PathPattern {
  const wanted = path.split("/").slice(1);
  return (segments) => {
    if (segments.length !== wanted.length) return undefined;
    const params: Record<string, string> = {};
    for (const [at, part] of wanted.entries()) {
      const segment = segments[at] ?? "";
      if (part.startsWith(":")) params[part.slice(1)] = segment;
      else if (part !== segment) return undefined;
    }
    return params;
  };
}
