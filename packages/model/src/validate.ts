import { isEmpty, meansSame, sameText } from "./compare/same";
import { statedSettings } from "./compare/stated";
import { type Attachment, attachmentFields } from "./fields/attachment";
import { type ConnectionConfig, connectionFields } from "./fields/connection";
import type { Field, Fields } from "./fields/field";
import { type GatewayProfile, type ProfileField, profileFields } from "./fields/gateway";
import { argumentNamed, decidesSignIn, foldedName } from "./fields/sign-in-names";
import { isJsonObject } from "./fields/values";
import { type Problem, problemsOf } from "./problem";
import { userInformationRefused } from "./urls";

/** What validation may leave alone: a value that is not known yet is judged when it is. */
export interface ValidateOptions {
  readonly isUnknown?: (value: unknown) => boolean;
}

/**
 * What no program may say, whatever there is: of each field by itself, then between fields. What it may say only of a gateway that is so
 * already is for `validateEdits`, since a configuration is validated without its state.
 */
export function validateGateway(input: Input, options: ValidateOptions = {}): Problem[] {
  return [...validateFields(profileFields, input, options), ...betweenGatewayFields(input, options)];
}

/**
 * What a person may not write anew. What a gateway holds already, however it came there, is left alone, so that whatever exists can be
 * imported and its program changes nothing.
 *
 * @param input - what `validateGateway` takes.
 * @param held - what there is, as a state, an API and a memory say it. Default: nothing, so that all counts as written anew.
 */
export function validateEdits(input: Input, held: readonly Input[] = [], options: ValidateOptions = {}): Problem[] {
  return [...editedFieldProblems(input, held, options), ...loneEndpoint(input, held, options)];
}

/** Everything that is wrong with a profile that a person writes and that nothing holds yet. */
export function validateNewGateway(input: Input, options: ValidateOptions = {}): Problem[] {
  const always = validateGateway(input, options);
  const told = new Set(always.map(({ path }) => JSON.stringify(path)));
  return [...always, ...validateEdits(input, [], options).filter(({ path }) => !told.has(JSON.stringify(path)))];
}

/** Fields of a gateway whose URLs have user information before the host, which may be a password: no program and no state may hold that. */
export function withUserInformation(input: Input): ProfileField[] {
  const refused = validateFields(profileFields, input, {}).filter(({ message }) => message === userInformationRefused);
  return refused.map(({ path }) => path[0] as ProfileField);
}

export function validateAttachment(input: Input, options: ValidateOptions = {}): Problem[] {
  return [
    ...validateFields(attachmentFields, input, options),
    // No attachment is without them.
    ...emptyRequired(attachmentFields, input, options),
  ];
}

export function validateConnection(input: Input, options: ValidateOptions = {}): Problem[] {
  return validateFields(connectionFields, input, options);
}

/** Types what was validated. Null, undefined and empty all mean that an optional field is left out. */
export function gatewayProfile(input: Input): GatewayProfile {
  return written(profileFields, input) as unknown as GatewayProfile;
}

export function attachment(input: Input): Attachment {
  const { serverId, gatewayId, publicId } = written(attachmentFields, input) as unknown as Attachment;
  return publicId === undefined ? { serverId, gatewayId } : { serverId, gatewayId, publicId };
}

export function connectionConfig(input: Input): ConnectionConfig {
  return written(connectionFields, input) as ConnectionConfig;
}

/** The fields that are given a value. Modules pass `""` and `[]` through for what their callers leave out. */
function written(fields: Fields, input: Input): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => (isLeftOut(field, input[name]) ? [] : [[name, input[name]]])),
  );
}

/** Whether a value says that a field has none. That of a required field is a value, which only what exists may have. */
export function isLeftOut(field: Field, value: unknown): boolean {
  if (field.presence === "required") return value === undefined || value === null;
  return isEmpty(value) || (isJsonObject(value) && Object.keys(value).length === 0);
}

type Input = Readonly<Record<string, unknown>>;

function validateFields(fields: Fields, input: Input, options: ValidateOptions): Problem[] {
  const isUnknown = options.isUnknown ?? (() => false);
  return Object.entries(fields).flatMap(([name, field]): Problem[] => {
    if (field.presence === "computed") return [];
    const value = input[name];
    if (isUnknown(value)) return [];
    if (isLeftOut(field, value)) {
      return field.presence === "required" ? [{ code: "missing_value", path: [name], message: "is required" }] : [];
    }
    if (isEmpty(value)) return [];
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

const emptyValue = (name: string): Problem => ({
  code: "missing_value",
  path: [name],
  message: "is required and must not be empty",
});

function emptyRequired(fields: Fields, input: Input, { isUnknown = () => false }: ValidateOptions): Problem[] {
  return Object.entries(fields).flatMap(([name, { presence }]) =>
    presence === "required" && !isUnknown(input[name]) && input[name] === "" ? [emptyValue(name)] : [],
  );
}

const fieldsWhenEdited = Object.entries<Field>(profileFields).flatMap(([name, field]) =>
  field.whenEdited ? [[name, field, field.whenEdited] as const] : [],
);

function editedFieldProblems(input: Input, held: readonly Input[], options: ValidateOptions): Problem[] {
  const { isUnknown = () => false } = options;
  return fieldsWhenEdited.flatMap(([name, field, whenEdited]): Problem[] => {
    const value = input[name];
    if (isUnknown(value) || isLeftOut(field, value)) return [];
    if (isEmpty(value)) return held.some((one) => isEmpty(one[name])) ? [] : [emptyValue(name)];
    const isHeld = (part: unknown) =>
      held.some(({ [name]: there }) =>
        Array.isArray(there) ? there.some((one) => sameText(part, one)) : meansSame(field, part, there),
      );
    if (!Array.isArray(value)) return isHeld(value) ? [] : parsed(whenEdited.safeParse(value), name);
    const known = value.filter((part) => !isUnknown(part));
    if (known.every(isHeld)) return [];
    return parsed(whenEdited.safeParse(known), name).filter(({ path }) => !isHeld(known[Number(path[1])]));
  });
}

/** Explicit endpoints take the place of discovery: one alone does half of that. */
function loneEndpoint(input: Input, held: readonly Input[], { isUnknown = () => false }: ValidateOptions): Problem[] {
  const pairs = [
    ["authorizationEndpoint", "tokenEndpoint"],
    ["tokenEndpoint", "authorizationEndpoint"],
  ] as const;
  // What is not known yet may turn out to be left out.
  return pairs
    .filter(([one, other]) => !isEmpty(input[one]) && !isUnknown(input[one]) && isEmpty(input[other]))
    .filter(([one, other]) => !held.some((there) => sameText(input[one], there[one]) && isEmpty(there[other])))
    .map(([, other]) => ({
      code: "missing_value",
      path: [other],
      message: "is required where the other endpoint is given: explicit endpoints take the place of discovery",
    }));
}

function betweenGatewayFields(input: Input, options: ValidateOptions): Problem[] {
  const isUnknown = options.isUnknown ?? (() => false);
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
  if (!isLeftOut(profileFields.settingsWo, input.settingsWo) && isEmpty(input.settingsWoVersion)) {
    problems.push({
      code: "missing_value",
      path: ["settingsWoVersion"],
      message:
        "is required with the write-only settings: no state holds them, so only the version says when to write them again",
    });
  }
  return problems;
}

function isObjectWith(value: unknown, key: string): boolean {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key);
}
