import type { GatewayDocument } from "@mcpstack/api-client";
import {
  type GatewayProfile,
  hasSetting,
  type JsonObject,
  type SettingsPath,
  sameJson,
  statedSettings,
  type Unshown,
} from "@mcpstack/model";
import type { Notice } from "../notice";

/** Of what a program names no more, what a document still holds. */
export function stillThere(document: GatewayDocument, givenUp: readonly SettingsPath[]): readonly SettingsPath[] {
  return givenUp.filter((path) => hasSetting(document.raw, path));
}

/** What is remembered of them: nothing where there are none. */
export function remembered(unshown: Unshown): { readonly unshown?: Unshown } {
  return unshown.length > 0 ? { unshown } : {};
}

/** Which settings the service does not show, of those that it showed before or that are new. */
export function freshlyUnshown(unshown: Unshown, before: Unshown): Unshown {
  return unshown.filter((path) => !before.some((other) => sameJson(other, path)));
}

/** What an apply says about settings that the service does not show. What was said at an earlier apply is not repeated. */
export function notShown(unshown: Unshown, before: Unshown): Notice[] {
  const fresh = freshlyUnshown(unshown, before);
  if (fresh.length === 0) return [];
  const { keys, are } = named(fresh);
  return [
    {
      code: "settings_not_shown",
      severity: "warning",
      path: ["settings"],
      message:
        `The service does not show ${keys} of settings after the write. Whether ${keys} ${are} kept cannot be told, so nothing is compared there ` +
        "from now on. Write it in settingsWo instead: no state holds what is there, and settingsWoVersion says when to write it again. If the " +
        "service does not know it, take it out.",
    },
  ];
}

/** What an apply says about settings that the program names no more, and that the service keeps. */
export function notDropped(kept: readonly SettingsPath[]): Notice[] {
  if (kept.length === 0) return [];
  const { keys } = named(kept);
  return [
    {
      code: "settings_not_dropped",
      severity: "warning",
      path: ["settings"],
      message:
        `The service keeps ${keys}, which settings name no more. It was left out of the document and then written as null, and the service has it ` +
        `still. No plan shows it from now on: if ${keys} must go, name it again with the value that it shall have, or take it away at the service.`,
    },
  ];
}

function named(paths: readonly SettingsPath[]): { keys: string; are: string } {
  const keys = paths.map((path) => JSON.stringify(path.join(".").replaceAll(".*.", "[].")));
  return { keys: keys.join(", "), are: keys.length === 1 ? "is" : "are" };
}

/** Everything that a program says in settings, those that no state holds included. */
export function allSettings({ settings, settingsWo }: GatewayProfile): JsonObject {
  return { ...statedSettings(settings), ...settingsWo };
}
