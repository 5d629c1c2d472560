import {
  type GatewayProfile,
  type GatewayState,
  gatewayFields,
  gatewayProfile,
  type ProfileField,
  profileFields,
} from "@mcpstack/model";
import type { Discovered, FormerlyAccepted } from "@mcpstack/oauth-metadata";
import type { GatewayMemory } from "@mcpstack/reconciler";
import type { Json, PrivateState, ValueObject } from "@mcpstack/tfplugin";
import { fromAttributes, known, toAttributes, unknownFields } from "../values/convert";

/** A gateway's attributes, as the reconciler's state. */
export function gatewayState(attributes: ValueObject): GatewayState {
  const { settingsWo: _, ...values } = fromAttributes(gatewayFields, attributes);
  // An imported gateway may lack what the program must give.
  return {
    name: "",
    providerType: "",
    authorizationServerUrl: "",
    organizationId: "",
    ...values,
  } as unknown as GatewayState;
}

export function gatewayAttributes(state: GatewayState, prior?: ValueObject | null): ValueObject {
  return toAttributes(gatewayFields, { ...state }, prior);
}

/** What the program wants, and which of its fields are not known yet. Write-only values are in the configuration alone. */
export function desiredGateway(
  planned: ValueObject,
  config: ValueObject,
): { desired: GatewayProfile; unknown: ProfileField[] } {
  const values = fromAttributes(profileFields, { ...planned, settings_wo: config.settings_wo ?? null });
  return {
    desired: gatewayProfile(known(values)),
    unknown: unknownFields({ ...values, settingsWo: undefined }) as ProfileField[],
  };
}

/** What was remembered beside the state, as far as this version understands it. */
export function gatewayMemory(kept: PrivateState): GatewayMemory {
  const { written, filled, made, formerly, unshown, imported, discovered } = kept;
  return {
    ...(isRecord(written) && { written }),
    ...(isRecord(filled) && { filled }),
    ...(isRecord(made) && { made }),
    ...(Array.isArray(formerly) && { formerly: formerly as unknown as FormerlyAccepted[] }),
    ...(isPaths(unshown) && { unshown }),
    ...(imported === true && { imported }),
    ...(isRecord(discovered) && discovered.version === 1 && { discovered: discovered as unknown as Discovered }),
  };
}

export function gatewayPrivate(memory: GatewayMemory): PrivateState {
  // Its types are interfaces, which are no records to the compiler; it is plain JSON.
  const known = Object.entries(memory).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as unknown as PrivateState;
}

function isPaths(value: Json | undefined): value is readonly (readonly string[])[] {
  return (
    Array.isArray(value) && value.every((path) => Array.isArray(path) && path.every((step) => typeof step === "string"))
  );
}

function isRecord(value: Json | undefined): value is { readonly [name: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
