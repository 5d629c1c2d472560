/** What JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/**
 * What a provider keeps beside a resource's state, unseen by the user: a small record. Its bytes depend on the content only,
 * never on the order in which it was put together, since Terraform compares them.
 */
export type PrivateState = { readonly [name: string]: Json };

const NOTHING: PrivateState = Object.freeze({});

/** The record; an empty one where the bytes are none of this library's, as after a change of providers. */
export function decodePrivate(bytes: Uint8Array | undefined): PrivateState {
  if (bytes === undefined || bytes.length === 0) return NOTHING;
  try {
    const json: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"));
    return typeof json === "object" && json !== null && !Array.isArray(json) ? (json as PrivateState) : NOTHING;
  } catch {
    return NOTHING;
  }
}

/** An empty record is no bytes. */
export function encodePrivate(state: PrivateState): Uint8Array<ArrayBuffer> {
  if (Object.keys(state).length === 0) return new Uint8Array(0);
  return new Uint8Array(Buffer.from(JSON.stringify(canonical(state)), "utf8"));
}

function canonical(json: Json): Json {
  if (Array.isArray(json)) return json.map(canonical);
  if (typeof json !== "object" || json === null) return json;
  const object = json as { readonly [name: string]: Json };
  const result: Record<string, Json> = Object.create(null);
  for (const name of Object.keys(object).sort()) {
    const value = object[name];
    if (value !== undefined) result[name] = canonical(value);
  }
  return result;
}
