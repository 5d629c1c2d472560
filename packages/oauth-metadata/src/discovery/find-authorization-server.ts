import { compareIssuers, type IssuerDifference } from "@mcpstack/model";
import {
  type AuthorizationServerMetadata,
  authorizationServerProblem,
  parseAuthorizationServer,
} from "../documents/authorization-server";
import { parseProtectedResource } from "../documents/protected-resource";
import { type Attempt, isUnreachable, leavesOpen } from "../fetch/outcome";
import { safeText } from "../text/safe-text";
import { type Ask, attempt, hostsOf } from "./ask";
import { misfit } from "./misfit";
import {
  authorizationServerCandidates,
  type Candidate,
  type CandidateForm,
  expectedIssuer,
  isMetadataAddress,
} from "./well-known";

/** What says where an authorization server's metadata is: the fields of a profile that matter to discovery. */
export interface DiscoveryTarget {
  readonly authorizationServerUrl: string;
  readonly metadataUrl?: string | undefined;
}

export type AuthorizationServerResult =
  | {
      readonly kind: "found";
      readonly document: AuthorizationServerMetadata;
      readonly url: string;
      readonly form: CandidateForm;
      /** How the document's issuer compares with the one asked for; `different` only where no document fits better. */
      readonly issuer: IssuerDifference;
      readonly attempts: readonly Attempt[];
    }
  | { readonly kind: "missing"; readonly attempts: readonly Attempt[] }
  | { readonly kind: "unreachable"; readonly attempts: readonly Attempt[] };

/** The first document that is a JSON object and whose issuer fits wins (RFC 8414 §3.3); else the first with another issuer. */
export async function findAuthorizationServer(
  ask: Ask,
  target: DiscoveryTarget,
  programUrls: readonly (string | undefined)[],
): Promise<AuthorizationServerResult> {
  const named = hostsOf(programUrls);
  const issuer = expectedIssuer(target.authorizationServerUrl);
  const attempts: Attempt[] = [];
  let stranger: { document: AuthorizationServerMetadata; candidate: Candidate } | undefined;
  for (const candidate of candidatesOf(target)) {
    const answer = await ask(candidate.url, named);
    const document = answer.object && parseAuthorizationServer(answer.object);
    if (!document) {
      const resource = candidate.form === "exact" && answer.object && parseProtectedResource(answer.object);
      if (resource) {
        const names = resource.authorization_servers?.slice(0, 5);
        const detail = `is metadata of the resource ${safeText(resource.resource)}`;
        attempts.push(
          attempt(candidate.url, answer, { outcome: "resource-metadata", detail, ...(names ? { names } : {}) }),
        );
        continue;
      }
      const wanted = { field: "issuer", problem: authorizationServerProblem, isTold: false };
      attempts.push(attempt(candidate.url, answer, misfit(answer, wanted)));
      continue;
    }
    const difference = compareIssuers(issuer, document.issuer);
    if (difference !== "different" || candidate.form === "exact") {
      attempts.push(attempt(candidate.url, answer));
      return { kind: "found", document, url: candidate.url, form: candidate.form, issuer: difference, attempts };
    }
    const detail = `its issuer is ${safeText(document.issuer)}`;
    attempts.push(attempt(candidate.url, answer, { outcome: "foreign-issuer", detail }));
    stranger ??= { document, candidate };
  }
  // An address that did not answer might have had the document that fits: nothing is concluded from the others.
  if (attempts.some(({ outcome }) => isUnreachable(outcome))) return { kind: "unreachable", attempts };
  if (stranger) {
    const { document, candidate } = stranger;
    return { kind: "found", document, url: candidate.url, form: candidate.form, issuer: "different", attempts };
  }
  return { kind: "missing", attempts };
}

/** The addresses that come before the one where a document was found, and that may have another one: what was found is in doubt. */
export function leftOpen({ kind, form, url, attempts }: Located): readonly Attempt[] {
  if (kind !== "found" || form === "exact" || url === undefined) return [];
  const at = attempts.findIndex((one) => one.url === safeText(url));
  return attempts.slice(0, Math.max(0, at)).filter(leavesOpen);
}

interface Located {
  readonly kind: string;
  readonly form?: CandidateForm;
  readonly url?: string;
  readonly attempts: readonly Attempt[];
}

/**
 * What was found for one target as what is certain to be found for another; undefined where that one leads to an address first that nobody
 * asked, or would not take the document.
 */
export function foundAgain<Found extends Located & { readonly document?: { readonly issuer: string } }>(
  target: DiscoveryTarget,
  found: Found,
) {
  const again = compareFound(target, found);
  if (!again || (again.issuer === "different" && again.form !== "exact")) return undefined;
  const asked = new Set(found.attempts.map(({ url }) => url));
  const candidates = candidatesOf(target).map(({ url }) => url);
  const earlier = candidates.slice(0, candidates.indexOf(again.url ?? ""));
  return earlier.every((url) => asked.has(safeText(url))) ? again : undefined;
}

/**
 * How a document that was found would compare with what is asked for, if that were asked for; undefined where it would not be looked for at
 * its address, or where there is none.
 */
export function compareFound<Found extends { readonly url?: string; readonly document?: { readonly issuer: string } }>(
  target: DiscoveryTarget,
  found: Found,
): (Found & { readonly form: CandidateForm; readonly issuer: IssuerDifference }) | undefined {
  const { url, document } = found;
  const candidate = candidatesOf(target).find((one) => one.url === url);
  if (!candidate || !document) return undefined;
  const issuer = compareIssuers(expectedIssuer(target.authorizationServerUrl), document.issuer);
  return { ...found, form: candidate.form, issuer };
}

function candidatesOf({ authorizationServerUrl, metadataUrl }: DiscoveryTarget): readonly Candidate[] {
  if (metadataUrl !== undefined) return [{ url: metadataUrl, form: "exact" }];
  if (isMetadataAddress(authorizationServerUrl)) return [{ url: authorizationServerUrl, form: "exact" }];
  return authorizationServerCandidates(authorizationServerUrl);
}
