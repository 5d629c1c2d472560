import {
  type AcceptedMetadata,
  type GatewayProfile,
  type GatewayState,
  gatewayProfile,
  type ProfileField,
  profileFields,
} from "@mcpstack/model";
import type { Adopt } from "@mcpstack/reconciler";
import { definedOnly, type Properties } from "../values";

export const profileNames = Object.keys(profileFields) as ProfileField[];

/** Arguments that are about the resource, not the profile. They live in its state alone. */
export const ownArguments = ["adopt", "connection"] as const;

/** What errors and warnings call a gateway. */
export function labelOf(properties: Properties, unknown: readonly string[] = []): string {
  const { name } = properties;
  return typeof name === "string" && !unknown.includes("name")
    ? `Gateway ${JSON.stringify(name)}`
    : "A gateway whose name is not known yet";
}

export function adoptOf(properties: Properties): Adopt | undefined {
  const { adopt } = properties;
  return adopt === true || (typeof adopt === "string" && adopt !== "") ? adopt : undefined;
}

export function metadataOf(properties: Properties): AcceptedMetadata | undefined {
  return (properties.metadata ?? undefined) as AcceptedMetadata | undefined;
}

/** A gateway's outputs, or the inputs of its last update, as the state that the reconciler knows. */
export function stateFrom(properties: Properties, id: string): GatewayState {
  const { settingsWo: _, ...profile } = gatewayProfile(properties);
  return {
    ...profile,
    id,
    organizationId: typeof properties.organizationId === "string" ? properties.organizationId : "",
    status: typeof properties.status === "string" ? properties.status : undefined,
    metadata: metadataOf(properties),
  };
}

/** The outputs of a gateway: its state, and the arguments that are about the resource. Write-only settings are in none. */
export function outputsOf(state: GatewayState, own: Properties): Record<string, unknown> {
  const { id: _, ...rest } = state;
  return definedOnly({ ...rest, ...ownOf(own) });
}

/** The inputs that stand for a state that was read, so that the next preview compares with what is really there. */
export function inputsOf(state: GatewayState, own: Properties): Record<string, unknown> {
  const { id: _, organizationId: __, status: ___, ...rest } = state;
  return definedOnly({ ...rest, ...ownOf(own) });
}

export function profileFrom(properties: Properties): GatewayProfile {
  return gatewayProfile(properties);
}

function ownOf(properties: Properties): Properties {
  return Object.fromEntries(ownArguments.map((name) => [name, properties[name] ?? undefined]));
}
