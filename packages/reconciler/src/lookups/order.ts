/**
 * Orders texts by code point, as Terraform's `sort` does: the same on every machine and in both engines. JavaScript's own comparison
 * goes by UTF-16 units, and puts an emoji before a full-width letter.
 */
export function byCodePoint(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** Orders things by name, then by id; what has no name comes first. */
export function byNameThenId(a: Named, b: Named): number {
  return byCodePoint(a.name ?? "", b.name ?? "") || byCodePoint(a.id, b.id);
}

interface Named {
  readonly id: string;
  readonly name?: string | undefined;
}
