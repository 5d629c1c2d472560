/** By a comment's first line a later run finds it again. Each review of a change has its own; see `packages/review/action/identity.mjs`. */
export function commentMarker(name: string | undefined): string {
  if (name === undefined) return "<!-- mcpstack-review -->";
  // A lone surrogate has no UTF-8.
  const wellFormed = name.replace(/\p{Cs}/gu, "\ufffd");
  return `<!-- mcpstack-review: ${encodeURIComponent(wellFormed).replaceAll("--", "%2D%2D")} -->`;
}
