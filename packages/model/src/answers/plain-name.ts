/** `next_page`, `nextPage` and `@odata.nextPage` without what languages and conventions add. */
export function plainName(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, "").toLowerCase();
}
