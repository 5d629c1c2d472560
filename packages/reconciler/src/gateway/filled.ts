import { type GatewayDocument, isSetByPerson } from "@mcpstack/api-client";
import {
  type Field,
  type GatewayProfile,
  type GatewayState,
  type IsFilled,
  isEmpty,
  meansSame,
  type ObservedProfile,
  profileFields,
  type StoredField,
  storedFields,
} from "@mcpstack/model";
import {
  type Acceptance,
  authorizationServerCandidates,
  isTrustedIn,
  type LiveMetadata,
  type MetadataField,
  namedOrigins,
} from "@mcpstack/oauth-metadata";
import { type GatewayMemory, pick } from "./memory";

/** What is published for the profile that the program last wrote, and what may be accepted of it. */
export interface Published {
  readonly profile: GatewayProfile;
  readonly live: LiveMetadata;
  readonly acceptance: Acceptance;
  readonly trustedOrigins: readonly string[];
  /** Where the authorization server's document was found. */
  readonly url?: string | undefined;
  /** Whether it is not known yet which origins are trusted, so that any may be. */
  readonly mayTrustAny?: boolean | undefined;
}

/**
 * Tells what a service fills into unset fields from what somebody else has set there: it stood there when this project last wrote the
 * gateway, or it is what discovery yields within trust. What the service says a person set is no fill; where it says that nobody did, and
 * where it does not say and nothing could be read, the origin decides.
 */
export function filledByService(document: GatewayDocument, memory: GatewayMemory, published: Published): IsFilled {
  return (name, value) => {
    const field: Field = profileFields[name];
    const same = (candidate: unknown) => !isEmpty(candidate) && meansSame(field, candidate, value);
    if (memory.filled === undefined || same(memory.filled[name])) return true;
    if (!field.discoverable || typeof value !== "string") return false;
    const { profile, live, acceptance, trustedOrigins } = published;
    if (discovered(name, published).some(same)) return true;
    const person = isSetByPerson(document, name);
    const wasRead = !live.unread?.includes("issuer") && !live.unasked?.includes("issuer");
    if (person || (wasRead && person === undefined)) return false;
    if (published.mayTrustAny) return true;
    return isTrustedIn(roleOf(name), value, acceptance.metadata, namedOrigins(profile, trustedOrigins));
  };
}

/** What discovery yields for a field, within trust. */
function discovered(name: StoredField, { profile, acceptance, url }: Published): readonly unknown[] {
  if (name !== "metadataUrl") return [acceptance.metadata?.[roleOf(name)]];
  return [url, ...authorizationServerCandidates(profile.authorizationServerUrl).map((candidate) => candidate.url)];
}

/** The role in which the URL of a field that can be discovered is trusted. */
function roleOf(name: StoredField): MetadataField {
  return name === "metadataUrl"
    ? "issuer"
    : (name as "authorizationEndpoint" | "tokenEndpoint" | "registrationEndpoint");
}

/**
 * What the API holds in fields that the program leaves unset, and that this project did not see there when it last wrote the gateway:
 * somebody set it. A field that the program has just given up is not among them.
 */
export function setElsewhere(memory: GatewayMemory, prior: GatewayState, desired: ObservedProfile): ObservedProfile {
  const { written } = memory;
  if (written === undefined) return {};
  return pick(prior, (name) => isEmpty(desired[name]) && isEmpty(written[name]) && !isEmpty(prior[name]));
}

/** What an update takes out of the API's document, and what it gives back that was changed against the program's silence. */
export interface Undone {
  readonly cleared: readonly StoredField[];
  readonly restored: ObservedProfile;
}

/**
 * @param current - what the API holds just before the update, under all of its names. It may have changed since the plan: what nobody here knows to be the
 *   service's own is never written back.
 */
export function undone(
  memory: GatewayMemory,
  prior: GatewayState,
  desired: GatewayProfile,
  { observed: current, disagreeing = {} }: Pick<GatewayDocument, "observed" | "disagreeing">,
): Undone {
  const { written = {}, filled } = memory;
  const unset = storedFields.filter((name) => isEmpty(desired[name]));
  const changed = unset.filter(
    (name) =>
      filled !== undefined &&
      isEmpty(written[name]) &&
      !isEmpty(current[name]) &&
      [current[name], ...(disagreeing[name] ?? [])].some(
        (value) => filled[name] === undefined || !meansSame(profileFields[name], filled[name], value),
      ),
  );
  // What can be discovered is left to discovery: written back it would be pinned, and stay when the authorization server moves on.
  const restored = pick(
    filled ?? {},
    (name) => changed.includes(name) && filled?.[name] !== undefined && !("discoverable" in profileFields[name]),
  );
  return { restored, cleared: unset.filter((name) => !isEmpty(prior[name]) || changed.includes(name)) };
}
