import { statedSettings } from "./compare/stated";
import { type Attachment, attachmentFields } from "./fields/attachment";
import { type ConnectionConfig, connectionFields } from "./fields/connection";
import type { Fields } from "./fields/field";
import { type GatewayProfile, profileFields } from "./fields/gateway";
import { argumentNamed, decidesSignIn, foldedName } from "./fields/sign-in-names";
import { isJsonObject } from "./fields/values";
import { type Problem, problemsOf } from "./problem";

/** What validation may leave alone: a value that is not known yet is judged when it is. */
export interface ValidateOptions {
  readonly isUnknown?: (value: unknown) => boolean;
}

/** Checks a gateway as a program wrote it: every field by itself, then what must hold between fields. */
export function validateGateway(input: Readonly<Record<string, unknown>>, options: ValidateOptions = {}): Problem[] {
  return [...validateFields(profileFields, input, options), ...betweenGatewayFields(input, options)];
}

export function validateAttachment(input: Readonly<Record<string, unknown>>, options: ValidateOptions = {}): Problem[] {
  return validateFields(attachmentFields, input, options);
}

export function validateConnection(input: Readonly<Record<string, unknown>>, options: ValidateOptions = {}): Problem[] {
  return validateFields(connectionFields, input, options);
}

/** Types what was validated. Null and undefined both mean that a field is left out. */
export function gatewayProfile(input: Readonly<Record<string, unknown>>): GatewayProfile {
  return pick(profileFields, input) as unknown as GatewayProfile;
}

export function attachment(input: Readonly<Record<string, unknown>>): Attachment {
  const { serverId, gatewayId, publicId } = pick(attachmentFields, input) as unknown as Attachment;
  return publicId === undefined ? { serverId, gatewayId } : { serverId, gatewayId, publicId };
}

export function connectionConfig(input: Readonly<Record<string, unknown>>): ConnectionConfig {
  return pick(connectionFields, input) as ConnectionConfig;
}

function pick(fields: Fields, input: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.keys(fields).flatMap((name) =>
      input[name] === undefined || input[name] === null ? [] : [[name, input[name]]],
    ),
  );
}

function validateFields(fields: Fields, input: Readonly<Record<string, unknown>>, options: ValidateOptions): Problem[] {
  const isUnknown = options.isUnknown ?? (() => false);
  return Object.entries(fields).flatMap(([name, field]): Problem[] => {
    if (field.presence === "computed") return [];
    const value = input[name];
    if (isUnknown(value)) return [];
    if (value === undefined || value === null) {
      return field.presence === "required" ? [{ code: "missing_value", path: [name], message: "is required" }] : [];
    }
    // A list or a map with parts that are not known yet cannot be parsed whole; its known parts can.
    const known = knownParts(value, isUnknown);
    return known === undefined ? [] : parsed(field.schema.safeParse(known), name);
  });
}

/** A value without its elements or entries that are not known yet; undefined where none is known. */
function knownParts(value: unknown, isUnknown: (value: unknown) => boolean): unknown {
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const known = entries.filter(([, part]) => !isUnknown(part));
  if (known.length === entries.length) return value;
  if (known.length === 0) return undefined;
  return Array.isArray(value) ? known.map(([, part]) => part as unknown) : Object.fromEntries(known);
}

function parsed(result: ReturnType<Fields[string]["schema"]["safeParse"]>, name: string): Problem[] {
  return result.success ? [] : problemsOf(result.error, [name]);
}

/** What the service alone writes into its documents. */
const ofService: ReadonlySet<string> = new Set(
  ["id", "organizationId", "orgId", "organization", "status"].map(foldedName),
);

/** Why a setting may not have a name; undefined where it may. */
function refusedSetting(name: string): string | undefined {
  const argument = argumentNamed(name);
  if (argument !== undefined) return `which the argument ${argument} is for`;
  if (ofService.has(foldedName(name))) return "which the service alone sets";
  return decidesSignIn(name)
    ? "which has no argument: what decides where users sign in is for those, where plans and reviews look at it"
    : undefined;
}

function betweenGatewayFields(input: Readonly<Record<string, unknown>>, options: ValidateOptions): Problem[] {
  const isUnknown = options.isUnknown ?? (() => false);
  const absent = (name: string) => input[name] === undefined || input[name] === null;
  const problems: Problem[] = [];
  for (const name of ["settings", "settingsWo"] as const) {
    const value = input[name];
    if (typeof value !== "object" || value === null || isUnknown(value)) continue;
    // A null in the write-only settings is written.
    for (const key of Object.keys(name === "settings" && isJsonObject(value) ? statedSettings(value) : value)) {
      const refused = refusedSetting(key);
      if (refused !== undefined)
        problems.push({
          code: "known_setting",
          path: [name],
          message: `must not hold ${JSON.stringify(key)}, ${refused}`,
        });
      if (name === "settingsWo" && isObjectWith(input.settings, key)) {
        problems.push({
          code: "setting_given_twice",
          path: [name],
          message: `must not hold "${key}", which settings holds too`,
        });
      }
    }
  }
  if (!absent("settingsWo") && absent("settingsWoVersion")) {
    problems.push({
      code: "missing_value",
      path: ["settingsWoVersion"],
      message:
        "is required with the write-only settings: no state holds them, so only the version says when to write them again",
    });
  }
  for (const [one, other] of [
    ["authorizationEndpoint", "tokenEndpoint"],
    ["tokenEndpoint", "authorizationEndpoint"],
  ] as const) {
    // What is not known yet may turn out to be left out.
    if (!absent(one) && !isUnknown(input[one]) && absent(other)) {
      problems.push({
        code: "missing_value",
        path: [other],
        message: "is required where the other endpoint is given: explicit endpoints take the place of discovery",
      });
    }
  }
  return problems;
}

function isObjectWith(value: unknown, key: string): boolean {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key);
}
