import { type GatewayDocument, isSetByPerson } from "@mcpstack/api-client";
import {
  type Field,
  type GatewayProfile,
  type GatewayState,
  isEmpty,
  meansSame,
  type ObservedProfile,
  profileFields,
  type StoredField,
  snakeCase,
  storedFields,
  withUserInformation,
} from "@mcpstack/model";
import { liveMetadata } from "@mcpstack/oauth-metadata";
import { ReconcileError } from "../errors";
import { findGateway } from "../lookups/find-gateway";
import type { CallOptions, Run } from "../run";
import type { GatewayApplied } from "./create";
import { discoverFor } from "./findings";
import { filledBeside, storedPart } from "./memory";
import { decideGateway } from "./plan";

/**
 * Takes an existing gateway over, by its id or, where no gateway has that id, by its name. The metadata that is live is accepted with it.
 *
 * @throws ReconcileError `gateway_not_found`, `gateway_name_ambiguous`, `user_information`, ApiError
 */
export async function importGateway(run: Run, idOrName: string, options: CallOptions = {}): Promise<GatewayApplied> {
  const organizationId = await run.api.organizationId(options);
  const document = await findGateway(run, idOrName, options);
  assertKeepable(document);
  run.claimed.add(document.id);
  const profile = await withoutFilled(run, asProfile(document.observed), document, options);
  // What it names came out of the API.
  const discovered = await discoverFor(run, profile, [], options);
  return {
    state: {
      ...profile,
      id: document.id,
      organizationId,
      status: document.status,
      metadata: decideGateway({ desired: profile, discovered }, run).metadata.value,
    } satisfies GatewayState,
    memory: { written: storedPart(profile), filled: filledBeside(profile, document), imported: true, discovered },
  };
}

/** What may be a password is taken into no state, from which an engine writes it into plans and programs. */
function assertKeepable({ id, observed }: GatewayDocument): void {
  const [field, ...more] = withUserInformation(observed).map(snakeCase);
  if (field === undefined) return;
  throw new ReconcileError(
    "user_information",
    `Gateway ${id} has user information before the host in ${[field, ...more].join(" and ")}. That may be a password, which no program and no state ` +
      "may hold. Take it out of the gateway in MCP Stack first, then import the gateway.",
  );
}

/** An observed profile in a program's terms: what the API leaves empty is left out, scopes sorted since their order means nothing. */
function asProfile(observed: ObservedProfile): GatewayProfile {
  const present = storedFields.flatMap((name): [StoredField, unknown][] => {
    const value = observed[name];
    if (isEmpty(value)) return [];
    return [[name, name === "scopes" ? [...new Set(value as readonly string[])].sort() : value]];
  });
  return { name: "", providerType: "", authorizationServerUrl: "", ...Object.fromEntries(present) };
}

/**
 * Leaves out what nobody set: a service that discovers may fill in fields (API page, `manualOverrides`), and a program that leaves them
 * unset must see no change after the import.
 */
async function withoutFilled(
  run: Run,
  profile: GatewayProfile,
  document: GatewayDocument,
  options: CallOptions,
): Promise<GatewayProfile> {
  const candidates = storedFields.filter((name) => {
    const field: Field = profileFields[name];
    return field.discoverable && profile[name] !== undefined;
  });
  const filled = new Set(
    document.manualOverrides
      ? candidates.filter((name) => isSetByPerson(document, name) === false)
      : await published(run, profile, candidates, options),
  );
  for (const [one, other] of pair) if (candidates.includes(other) && !filled.has(other)) filled.delete(one);
  return without(profile, filled);
}

/** A program has both of these or neither, so what a person set of one keeps the other. */
const pair = [
  ["authorizationEndpoint", "tokenEndpoint"],
  ["tokenEndpoint", "authorizationEndpoint"],
] as const;

/** Where the service does not say what was set, what is found without these fields makes them needless. */
async function published(
  run: Run,
  profile: GatewayProfile,
  candidates: readonly StoredField[],
  options: CallOptions,
): Promise<StoredField[]> {
  if (candidates.length === 0 || profile.authorizationServerUrl === "") return [];
  const bare = without(profile, new Set(candidates));
  const discovered = await discoverFor(run, bare, [], options);
  const live = liveMetadata(discovered, bare);
  const found: ObservedProfile = {
    metadataUrl: discovered?.authorizationServer.url,
    authorizationEndpoint: live.authorizationEndpoint,
    tokenEndpoint: live.tokenEndpoint,
    registrationEndpoint: live.registrationEndpoint,
  };
  return candidates.filter(
    (name) => found[name] !== undefined && meansSame(profileFields[name], found[name], profile[name]),
  );
}

function without(profile: GatewayProfile, names: ReadonlySet<StoredField>): GatewayProfile {
  return Object.fromEntries(
    Object.entries(profile).filter(([name]) => !names.has(name as StoredField)),
  ) as unknown as GatewayProfile;
}
