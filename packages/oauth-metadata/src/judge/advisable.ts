import { type GatewayProfile, type ProfileChange, parseUrl, validateEdits, validateGateway } from "@mcpstack/model";
import { type Discovered, type DiscoveredProtectedResource, type DiscoveryInputs, discoveryInputs } from "../discover";
import { compareFound } from "../discovery/find-authorization-server";
import { isAddress } from "../discovery/find-protected-resource";
import { authorizationServerCandidates, protectedResourceCandidates } from "../discovery/well-known";
import { sortedKeys } from "../text/sorted-keys";
import { canBeNamed, isLesser } from "./public-address";
import type { Draft } from "./report";
import type { Subject } from "./subject";

/** A profile with a change written into it. */
export function withChange(profile: GatewayProfile, change: ProfileChange): GatewayProfile {
  const left = Object.entries({ ...profile, ...change }).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(left) as unknown as GatewayProfile;
}

/** Fields that are judged by comparing them with what others need. Where one is unset, nothing is compared. */
const compared = ["scopes", "resource"] as const;

/**
 * Whether values may be advised at all: this project's own validation takes them, and none is a template, a tenant that names nobody, or what
 * a public https profile must not lead to: a private host, or plain http. What the profile holds already is its own. To leave out what is
 * compared with others ends no fault: it keeps this check from seeing it.
 */
export function isAdvisable(profile: GatewayProfile, change: ProfileChange): boolean {
  const changed = withChange(profile, change);
  if (compared.some((field) => change[field] === null)) return false;
  const problems = [...validateGateway({ ...changed }), ...validateEdits({ ...changed }, [{ ...profile }])];
  if (problems.some(({ path }) => Object.hasOwn(change, String(path[0])))) return false;
  const { resource, scopes: __, clientId: ___, ...addresses } = change;
  if (typeof resource === "string" && profile.resource !== undefined && isLesser(resource, profile.resource))
    return false;
  // Only as an issuer: the document of such a tenant may be that of one issuer, as the one for personal accounts is.
  const { authorizationServerUrl: issuer } = addresses;
  if (typeof issuer === "string" && !canBeNamed(issuer)) return false;
  const held = new Set(profile.trustedOrigins);
  return Object.values(addresses)
    .flatMap((value) => value ?? [])
    .filter((url) => !held.has(url))
    .every((url) => !/[{}]/.test(url) && !isLesser(url, profile.authorizationServerUrl));
}

/**
 * The change that names an issuer and keeps the document that was read: by its address, where discovery would not find it from the issuer.
 */
export function naming({ server, profile }: Pick<Subject, "server" | "profile">, issuer: string): ProfileChange {
  const { url } = server;
  const reaches =
    url === undefined ||
    profile.metadataUrl !== undefined ||
    (parseUrl(issuer) !== undefined && authorizationServerCandidates(issuer).some((one) => one.url === url));
  return { authorizationServerUrl: issuer, ...(reaches ? {} : { metadataUrl: url }) };
}

/**
 * Whether a finding is gone after a change, and nothing is found that was not before, or more often than before. What is only worth knowing
 * does not count. By this no two findings can lead in a circle: each step leaves less that is found.
 */
export function isMended(draft: Draft, before: readonly Draft[], after: readonly Draft[]): boolean {
  const isFewer = (belongs: (one: Draft) => boolean) => after.filter(belongs).length < before.filter(belongs).length;
  const isSameCode = ({ code }: Draft) => code === draft.code;
  const isSamePlace = (one: Draft) => isSameCode(one) && one.path.join() === draft.path.join();
  if (!isFewer(isSameCode) || !isFewer(isSamePlace)) return false;
  const loud = after.filter(({ severity }) => severity !== "info");
  return loud.every(({ code }) => {
    const isLoud = (one: Draft) => one.code === code && one.severity !== "info";
    return after.filter(isLoud).length <= before.filter(isLoud).length;
  });
}

/** What is known of a changed profile's documents before anybody looks: those that would be met again. */
export function rediscovered(discovered: Discovered, profile: GatewayProfile): Discovered {
  const { inputs: before, authorizationServer, keySet, protectedResource, clientIdDocument } = discovered;
  const inputs = discoveryInputs(profile);
  const isSameServer =
    before.authorizationServerUrl === inputs.authorizationServerUrl && before.metadataUrl === inputs.metadataUrl;
  const server = isSameServer
    ? authorizationServer
    : (compareFound(inputs, authorizationServer) ?? { kind: "unread" as const, attempts: [] });
  return sortedKeys({
    version: 1 as const,
    inputs,
    authorizationServer: server,
    // What was not reached says nothing of what a change of the profile would meet there: it may be what lets it be read.
    ...(keySet === undefined || keySet.kind === "unreachable" || server.kind === "unread" ? {} : { keySet }),
    ...(protectedResource === undefined ? {} : { protectedResource: resourceAgain(protectedResource, before, inputs) }),
    ...(clientIdDocument === undefined || clientIdDocument.kind === "unreachable" || before.clientId !== inputs.clientId
      ? {}
      : { clientIdDocument }),
  }) as Discovered;
}

function resourceAgain(
  result: DiscoveredProtectedResource,
  before: DiscoveryInputs,
  { resource }: DiscoveryInputs,
): DiscoveredProtectedResource | undefined {
  if (before.resource === resource) return result;
  if (resource === undefined || !isAddress(resource) || result.kind !== "found") return undefined;
  const again = protectedResourceCandidates(resource).find(({ url }) => url === result.url);
  // A challenge that named the document of a resource names it also where the document's own spelling is asked for.
  return again || result.form === "challenge" ? { ...result, form: again?.form ?? "challenge" } : undefined;
}
