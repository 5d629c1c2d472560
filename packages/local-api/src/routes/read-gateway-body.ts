import type { ServerBehaviour } from "../behaviour/switches";
import type { JsonObject, StoredGateway } from "../store/records";
import { parseUrl } from "./parse-url";
import { Refusal } from "./reply";
import { keptUnknown } from "./unknown-fields";

/** What a body asks for. A known field is `undefined` where the body clears it, and absent where the body leaves it out. */
export interface GatewayWrite {
  known: { [K in keyof KnownFields]?: KnownFields[K] | undefined };
  unknown: JsonObject;
  secret?: { value: string; isMask: boolean };
}

type KnownFields = Pick<
  StoredGateway,
  | "name"
  | "description"
  | "providerType"
  | "authorizationServerUrl"
  | "metadataUrl"
  | "authorizationEndpoint"
  | "tokenEndpoint"
  | "registrationEndpoint"
  | "clientId"
  | "resource"
  | "scopes"
>;

/** Optional known fields: what a PUT may clear. */
export const clearable = [
  "description",
  "authorizationServerUrl",
  "metadataUrl",
  "authorizationEndpoint",
  "tokenEndpoint",
  "registrationEndpoint",
  "clientId",
  "resource",
  "scopes",
] as const;

const urls = new Set([
  "authorizationServerUrl",
  "metadataUrl",
  "authorizationEndpoint",
  "tokenEndpoint",
  "registrationEndpoint",
]);

/** Known names under which a value is read; a later name of a field wins only where the earlier is unset. */
const aliases: ReadonlyMap<string, string> = new Map([
  ["provider", "providerType"],
  ["authorizationServerMetadataUrl", "metadataUrl"],
]);

/** Fields that the service alone writes: they are taken and not kept. */
const readOnly = new Set([
  "id",
  "organizationId",
  "status",
  "createdOn",
  "updatedOn",
  "issuer",
  "callbackUrl",
  "protectedResourceMetadataUrl",
  "discovered",
  "manualOverrides",
]);

const masks: readonly unknown[] = ["****", "[redacted]"];

type TextField = Exclude<keyof KnownFields, "scopes">;

type Problem = { field: string; message: string };

/** Reads a create's or a PUT's body. Throws a 422 that names every field that is wrong. */
export function readGatewayBody(body: Record<string, unknown>, behaviour: ServerBehaviour): GatewayWrite {
  const write: GatewayWrite = { known: {}, unknown: {} };
  const problems: Problem[] = [];
  for (const [field, value] of Object.entries(body)) {
    const isOwn = readOnly.has(field) || (field === "version" && behaviour.versions === "field");
    if (!isOwn) readField(field, value, write, problems, behaviour);
  }
  if (problems.length > 0) {
    const text = problems.map((problem) => `${problem.field}: ${problem.message}`).join("; ");
    throw new Refusal(422, "validation_failed", text, problems);
  }
  return write;
}

function readField(
  field: string,
  value: unknown,
  write: GatewayWrite,
  problems: Problem[],
  behaviour: ServerBehaviour,
): void {
  const known = aliases.get(field) ?? field;
  if (known === "clientSecret" || (known === "clientCredentials" && behaviour.maskedSecret !== "not-answered")) {
    readSecret(known === "clientSecret" ? value : (value as { secret?: unknown } | null)?.secret, write);
  } else if (known === "scopes") {
    readScopes(value, write, problems);
  } else if (isText(known)) {
    readText(field, known, value, write, problems);
  } else {
    // By assignment, a field of the name `__proto__` would be none.
    write.unknown = { ...write.unknown, [field]: keptUnknown(value as JsonObject[string]) };
  }
}

function readText(field: string, known: TextField, value: unknown, write: GatewayWrite, problems: Problem[]): void {
  if (value === null || value === "") {
    if (known === "name") problems.push({ field, message: "must not be empty" });
    else if (!(known in write.known)) write.known = { ...write.known, [known]: undefined };
  } else if (typeof value !== "string") {
    problems.push({ field, message: "must be a string" });
  } else if (urls.has(known) && !isHttpUrl(value)) {
    problems.push({ field, message: "must be an absolute http or https URL" });
  } else if (typeof write.known[known] === "string" && write.known[known] !== value) {
    problems.push({ field, message: `contradicts the other name of ${known}` });
  } else {
    write.known[known] = value;
  }
}

function isText(known: string): known is TextField {
  return known === "name" || known === "providerType" || (clearable as readonly string[]).includes(known);
}

function readScopes(value: unknown, write: GatewayWrite, problems: Problem[]): void {
  if (value === null || value === "") write.known.scopes = undefined;
  else if (typeof value === "string") write.known.scopes = value.split(/[\s,]+/).filter((scope) => scope !== "");
  else if (Array.isArray(value) && value.every((scope) => typeof scope === "string" && scope !== "")) {
    write.known.scopes = value as string[];
  } else problems.push({ field: "scopes", message: "must be a list of non-empty strings" });
}

function readSecret(value: unknown, write: GatewayWrite): void {
  if (typeof value === "string") write.secret = { value, isMask: masks.includes(value) };
}

function isHttpUrl(value: string): boolean {
  return /^https?:$/.test(parseUrl(value)?.protocol ?? "");
}
