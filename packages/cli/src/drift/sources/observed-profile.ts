import { type GatewayDocument, isSetByPerson } from "@mcpstack/api-client";
import { type Field, type GatewayProfile, isEmpty, originOf, profileFields, storedFields } from "@mcpstack/model";

/**
 * A profile as the API answers it. What the service filled in, and says so, is left out: it would stand in for discovery. Undefined where
 * nothing says which authorization server it is about.
 */
export function observedProfile(document: GatewayDocument): GatewayProfile | undefined {
  const { observed, name } = document;
  const isFilled = (field: keyof typeof observed) =>
    (profileFields[field] as Field).discoverable === true && isSetByPerson(document, field) === false;
  const present = Object.fromEntries(
    storedFields.flatMap((field) => (isEmpty(observed[field]) || isFilled(field) ? [] : [[field, observed[field]]])),
  ) as Partial<GatewayProfile>;
  const authorizationServerUrl = present.authorizationServerUrl ?? fromOtherFields(present);
  if (authorizationServerUrl === undefined) return undefined;
  return { name: name ?? "", providerType: "manual", ...present, authorizationServerUrl };
}

/** A profile may live without an authorization server URL, where a document or the endpoints are named. */
function fromOtherFields({ metadataUrl, authorizationEndpoint }: Partial<GatewayProfile>): string | undefined {
  if (metadataUrl?.includes("/.well-known/")) return metadataUrl;
  return authorizationEndpoint === undefined ? undefined : originOf(authorizationEndpoint);
}
