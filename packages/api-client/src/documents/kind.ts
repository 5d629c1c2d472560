import { type JsonObject, plainName } from "@mcpstack/model";

/** What lists of this API hold. */
export type Kind = "gateway" | "server" | "organization" | "agent" | "attachment" | "grant" | "event" | "member";

/** Which things have a field, in plain letters, as far as it tells some from others; what all of them may have says nothing. */
const holders: Readonly<Record<string, readonly Kind[]>> = {
  ...of(
    ["gateway"],
    "provider",
    "providertype",
    "authorizationserverurl",
    "metadataurl",
    "authorizationservermetadataurl",
  ),
  ...of(["gateway"], "authorizationendpoint", "tokenendpoint", "registrationendpoint"),
  ...of(["server"], "runtimetype", "tools", "toolcount", "hosted"),
  ...of(["organization"], "plantier", "mcpservercount", "membercount", "publicmcpguidesenabled"),
  ...of(["agent"], "allowedorigins"),
  ...of(["member"], "email", "role", "rolekey"),
  ...of(["event"], "toolcall", "eventtype"),
  ...of(["grant", "event"], "subject"),
  ...of(["server", "organization", "agent"], "slug"),
  ...of(["server", "attachment", "grant", "event"], "gatewayid"),
  ...of(["server", "attachment", "grant", "event"], "serverid", "mcpserverid"),
  ...of(["server", "attachment"], "publicid", "gatewaypublicid"),
};

function of(kinds: readonly Kind[], ...names: string[]): Record<string, readonly Kind[]> {
  return Object.fromEntries(names.map((name) => [name, kinds]));
}

/**
 * The field by which a thing is certainly none of a kind: things of other kinds have it, and it has none that only this kind has. Undefined
 * where it may be one: no more is promised of an item of a list than some names that all things have.
 */
export function fieldOfAnotherKind(raw: JsonObject, kind: Kind): string | undefined {
  const told = Object.keys(raw).flatMap((name) => {
    const plain = plainName(name);
    return Object.hasOwn(holders, plain) ? [{ name, kinds: holders[plain] ?? [] }] : [];
  });
  if (told.some(({ kinds }) => kinds.length === 1 && kinds[0] === kind)) return undefined;
  return told.find(({ kinds }) => !kinds.includes(kind))?.name;
}
