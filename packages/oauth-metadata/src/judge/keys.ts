import { inWords } from "./discovery";
import { type Draft, quoted, report } from "./report";
import type { Subject } from "./subject";

/** Whether the keys that sign tokens are there (RFC 7517 §5). A key without `use` or `alg` is usable. */
export function judgeKeys(of: Subject): Draft[] {
  const { document, discovered } = of;
  const { keySet } = discovered;
  const address = document?.jwks_uri;
  if (!keySet || address === undefined || keySet.attempt.outcome === "private-address") return [];
  if (areKeysRefused(of)) return [];
  const path = ["authorizationServerUrl"];
  if (!keySet.document) {
    return [
      report("key-set-unreachable", {
        path,
        where: address,
        found: inWords(keySet.attempt),
        summary: `The key set could not be read: ${inWords(keySet.attempt)}.`,
        fix: `Check that ${quoted(address)} answers with a key set. Where only this machine cannot reach it, nothing is wrong with the login.`,
      }),
    ];
  }
  if (keySet.document.signingKeys > 0) return [];
  return [
    report("key-set-empty", {
      path,
      where: address,
      found: `${keySet.document.keys} keys, none for signatures`,
      summary: `The key set ${quoted(address)} holds no key for signatures.`,
      fix: "Have the authorization server publish its signing keys.",
    }),
  ];
}

/** Nobody is told to repair keys, or to reach them, at an address that is not to be trusted in the first place. */
export function areKeysRefused({ acceptance }: Pick<Subject, "acceptance">): boolean {
  return acceptance.refused.some(({ field, trusted }) => field === "jwksUri" && !trusted);
}
