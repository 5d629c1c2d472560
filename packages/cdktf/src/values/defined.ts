/** The same without the members that are undefined: cdktf tells an absent member from an undefined one in its types. */
export function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

/** A list of its own: cdktf takes no read-only ones. A token that stands for a list stays one. */
export function list(values: readonly string[] | undefined): string[] | undefined {
  return values && [...values];
}
