import {
  type GatewayProfile,
  type GatewayState,
  type KeptField,
  type ObservedProfile,
  type ProfileField,
  profileFields,
  type StoredField,
  storedFields,
} from "../fields/gateway";
import type { JsonObject } from "../fields/values";
import { isEmpty, meansSame, sameAsTyped, sameJson } from "./same";
import { observedSettings, type Unshown } from "./settings";
import { statedSettings } from "./stated";

/** The fields of a profile that an edit of the program changed, as typed. `settingsWo` is judged by its version alone. */
export function editedFields(prior: GatewayProfile, desired: GatewayProfile): KeptField[] {
  return keptFields.filter((name) => !sameAsTyped(profileFields[name], prior[name], desired[name]));
}

const keptFields = (Object.keys(profileFields) as ProfileField[]).filter((name) => name !== "settingsWo");

/** Whether the difference must be written to the API; fields such as `metadata_check` live in state alone. */
export function isWrittenToApi(name: ProfileField): boolean {
  return name === "settings" || name === "settingsWoVersion" || (storedFields as readonly string[]).includes(name);
}

/** Whether a value in a field that the state leaves unset is the service's own doing, and so no drift. */
export type IsFilled = (field: StoredField, value: unknown) => boolean;

/** What a document holds under a field's other names, where that is not what it holds under the first. */
export type Disagreeing = Readonly<Partial<Record<StoredField, readonly string[]>>>;

/**
 * Takes what was observed into a state: a value that means what the state says keeps the state's spelling, one that differs is
 * drift, and so is a value in a field that the state leaves unset, unless the service filled it in.
 *
 * @param unknownFields - the API document's fields that have no argument of their own; compared with `settings` key by key.
 * @param disagreeing - nobody knows which of a field's names the service goes by, so one of them that differs is drift.
 * @param unshown - settings that the service did not show after the last write: their absence is no drift.
 */
export function observedIntoState(
  state: GatewayState,
  observed: ObservedProfile,
  unknownFields: JsonObject,
  isFilled: IsFilled,
  disagreeing: Disagreeing = {},
  unshown: Unshown = [],
): GatewayState {
  const changed: Partial<Record<StoredField, unknown>> = {};
  for (const name of storedFields) {
    const isSame = (value: unknown) =>
      isEmpty(state[name])
        ? isEmpty(value) || isFilled(name, value)
        : meansSame(profileFields[name], state[name], value);
    const values = [observed[name], ...(disagreeing[name] ?? [])];
    if (!values.every(isSame)) changed[name] = values.find((value) => !isSame(value));
  }
  const stated = statedSettings(state.settings);
  const settings = observedSettings(stated, unknownFields, unshown);
  return {
    ...state,
    ...(changed as Partial<GatewayState>),
    settings: sameJson(settings, stated) ? state.settings : settings,
  };
}
