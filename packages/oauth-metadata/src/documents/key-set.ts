import { z } from "zod";
import { once } from "./fields";

const key = z.object({
  kty: z.string(),
  use: z.string().optional().catch(undefined),
  key_ops: z.array(z.unknown()).optional().catch(undefined),
});

/**
 * How many keys a set holds (RFC 7517 §5) and how many of them can verify signatures: a key without `use`, `key_ops` or `alg` can. A secret
 * one (`oct`) in public can not.
 */
export interface KeySet {
  readonly keys: number;
  readonly signingKeys: number;
}

/** Parses a key set; undefined where it has no list of keys. */
export const parseKeySet = once((object): KeySet | undefined => {
  if (!Array.isArray(object.keys)) return undefined;
  const keys = object.keys.slice(0, 1000).flatMap((item) => {
    const parsed = key.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  });
  return { keys: keys.length, signingKeys: keys.filter(canVerify).length };
});

function canVerify({ kty, use, key_ops: operations }: z.infer<typeof key>): boolean {
  const isForSignatures = use === undefined || use === "sig";
  return kty !== "oct" && isForSignatures && (operations?.some((one) => one === "verify" || one === "sign") ?? true);
}
