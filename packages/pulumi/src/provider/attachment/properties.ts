import { type Attachment, type AttachmentState, attachment } from "@mcpstack/model";
import { definedOnly, type Properties, withNothing } from "../values";

/** The arguments that the API knows. */
export const attachmentNames = ["serverId", "gatewayId", "publicId"] as const;
/** Arguments that are about the resource. They live in its state alone. */
export const ownArguments = ["adopt", "connection"] as const;

/** Where it is remembered which server the program's name meant, and when it was written. Pulumi shows no property of such a name. */
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
    ...rememberedIn(properties),
    gatewayId: text("gatewayId") ?? "",
    publicId: text("publicId"),
    mcpUrl: text("mcpUrl"),
    callbackUrl: text("callbackUrl"),
  };
}

export function outputsOf(state: AttachmentState, own: Properties): Record<string, unknown> {
  const { id: _, resolvedId, writtenAt, ...rest } = state;
  const memory = definedOnly({ server: resolvedId, writtenAt });
  const outputs = definedOnly({
    ...rest,
    ...ownOf(own),
    [memoryKey]: Object.keys(memory).length > 0 ? memory : undefined,
  });
  return withNothing(["publicId", "mcpUrl", "callbackUrl"], outputs);
}

export function inputsOf(state: AttachmentState, own: Properties): Record<string, unknown> {
  const { id: _, organizationId: __, resolvedId: ___, writtenAt: ____, ...rest } = state;
  return definedOnly({ ...rest, ...ownOf(own) });
}

function ownOf(properties: Properties): Properties {
  return Object.fromEntries(ownArguments.map((name) => [name, properties[name] ?? undefined]));
}

function rememberedIn(properties: Properties): Pick<AttachmentState, "resolvedId" | "writtenAt"> {
  const memory = properties[memoryKey];
  const { server, writtenAt } = (typeof memory === "object" && memory !== null ? memory : {}) as Properties;
  return {
    resolvedId: typeof server === "string" ? server : undefined,
    writtenAt: typeof writtenAt === "number" ? writtenAt : undefined,
  };
}
