import { compareIssuers, parseUrl } from "@mcpstack/model";
import {
  type ProtectedResourceMetadata,
  parseProtectedResource,
  protectedResourceProblem,
} from "../documents/protected-resource";
import { type Attempt, isUnreachable } from "../fetch/outcome";
import { safeText } from "../text/safe-text";
import { type Ask, attempt, hostsOf } from "./ask";
import type { Challenge } from "./challenge";
import { misfit } from "./misfit";
import type { ChallengeResult } from "./read-challenge";
import { protectedResourceCandidates, type ResourceCandidate, type ResourceForm } from "./well-known";

export type ProtectedResourceResult =
  | {
      readonly kind: "found";
      readonly document: ProtectedResourceMetadata;
      readonly url: string;
      readonly form: ResourceForm;
      readonly challenge?: Challenge | undefined;
      readonly attempts: readonly Attempt[];
    }
  | {
      readonly kind: "missing" | "unreachable";
      readonly challenge?: Challenge | undefined;
      readonly attempts: readonly Attempt[];
    }
  /** The resource is an identifier without an address, such as Entra's GUIDs. */
  | { readonly kind: "not-an-address"; readonly attempts: readonly [] };

/** Whether a resource identifier is an address that can be asked. */
export function isAddress(resource: string): boolean {
  return /^https?:\/\/[^/]/i.test(resource) && parseUrl(resource) !== undefined;
}

/** Where the challenge says, else at the well-known addresses (RFC 9728 §§3.1, 5.1), and at `also` before those that are guessed. */
export async function findProtectedResource(
  ask: Ask,
  resource: string,
  challenged: ChallengeResult,
  programUrls: readonly (string | undefined)[],
  also: readonly string[] = [],
): Promise<ProtectedResourceResult> {
  const named = hostsOf(programUrls);
  const challenge = challenged.kind === "answered" ? challenged.challenge : undefined;
  const told = metadataNamedBy(challenge);
  const candidates: ResourceCandidate[] = [
    ...[...told, ...also].map((url) => ({ url, form: "challenge" as const, resource })),
    ...protectedResourceCandidates(resource),
  ];
  const attempts: Attempt[] = [];
  for (const candidate of candidates) {
    if (attempts.some(({ url }) => url === safeText(candidate.url))) continue;
    const answer = await ask(candidate.url, named, { lane: "resource" });
    const document = answer.object && parseProtectedResource(answer.object);
    if (!document) {
      const isTold = told.includes(candidate.url);
      const wanted = { field: "resource", problem: protectedResourceProblem, isTold };
      attempts.push(attempt(candidate.url, answer, misfit(answer, wanted)));
    } else if (candidate.form === "root" && !isAboutOrigin(document.resource, candidate.resource, resource)) {
      const detail = `is about ${safeText(document.resource)}`;
      attempts.push(attempt(candidate.url, answer, { outcome: "foreign-resource", detail }));
    } else {
      attempts.push(attempt(candidate.url, answer));
      return { kind: "found", document, url: candidate.url, form: candidate.form, challenge, attempts };
    }
  }
  const kind = attempts.some(({ outcome }) => isUnreachable(outcome)) ? "unreachable" : "missing";
  return { kind, challenge, attempts };
}

/** Every document that a challenge names. */
export function metadataNamedBy(challenge: Challenge | undefined): readonly string[] {
  const { resourceMetadata, furtherMetadata = [] } = challenge ?? {};
  return [...(resourceMetadata === undefined ? [] : [resourceMetadata]), ...furtherMetadata];
}

/** A document at the root counts if it is about the whole origin, or about the very resource (RFC 9728 §3.3). */
function isAboutOrigin(published: string, origin: string, resource: string): boolean {
  return published === resource || compareIssuers(origin, published) !== "different";
}
