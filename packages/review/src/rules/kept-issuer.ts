import type { ResourceChange } from "../changes/change";
import { recordAt, stringAt } from "../changes/values";
import { isAlike } from "../routes/places";

/** Whether users sign in at an issuer as before: the one that the program named, or the one that was accepted for it, in whatever spelling. */
export function keepsIssuer({ before }: Pick<ResourceChange, "before">, after: string): boolean {
  const earlier = [stringAt(before, "authorizationServerUrl"), stringAt(recordAt(before, "metadata"), "issuer")];
  return earlier.some((issuer) => issuer !== undefined && isAlike(issuer, after));
}
