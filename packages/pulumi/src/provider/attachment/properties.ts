import { type Attachment, type AttachmentState, attachment } from "@mcpstack/model";
import { definedOnly, type Properties, withNothing } from "../values";

/** The arguments that the API knows. */
export const attachmentNames = ["serverId", "gatewayId", "publicId"] as const;
/** Arguments that are about the resource. They live in its state alone. */
export const ownArguments = ["adopt", "connection"] as const;

/** Where it is remembered which server the program's name meant. Pulumi shows no property of such a name. */
export const memoryKey = "__memory";

/** What errors and warnings call an attachment. */
export function labelOf(properties: Properties, unknown: readonly string[] = []): string {
  const { serverId } = properties;
  return typeof serverId === "string" && !unknown.includes("serverId")
    ? `Attachment of server ${JSON.stringify(serverId)}`
    : "An attachment whose server is not known yet";
}

export function attachmentFrom(properties: Properties): Attachment {
  return attachment(properties);
}

export function stateFrom(properties: Properties, id: string): AttachmentState {
  const text = (name: string) => (typeof properties[name] === "string" ? (properties[name] as string) : undefined);
  return {
    id,
    organizationId: text("organizationId") ?? "",
    serverId: text("serverId") ?? id,
    resolvedId: resolvedIn(properties),
    gatewayId: text("gatewayId") ?? "",
    publicId: text("publicId"),
    mcpUrl: text("mcpUrl"),
    callbackUrl: text("callbackUrl"),
  };
}

export function outputsOf(state: AttachmentState, own: Properties): Record<string, unknown> {
  const { id: _, resolvedId, ...rest } = state;
  const outputs = definedOnly({ ...rest, ...ownOf(own), [memoryKey]: resolvedId && { server: resolvedId } });
  return withNothing(["publicId", "mcpUrl", "callbackUrl"], outputs);
}

export function inputsOf(state: AttachmentState, own: Properties): Record<string, unknown> {
  const { id: _, organizationId: __, resolvedId: ___, ...rest } = state;
  return definedOnly({ ...rest, ...ownOf(own) });
}

function ownOf(properties: Properties): Properties {
  return Object.fromEntries(ownArguments.map((name) => [name, properties[name] ?? undefined]));
}

function resolvedIn(properties: Properties): string | undefined {
  const memory = properties[memoryKey];
  const server = typeof memory === "object" && memory !== null ? (memory as { server?: unknown }).server : undefined;
  return typeof server === "string" ? server : undefined;
}
