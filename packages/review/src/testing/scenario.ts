/** A gateway of a scenario: the profile's fields in camelCase. `undefined` for a value that is known only after apply is spelled UNKNOWN. */
export type GatewayValues = Readonly<Record<string, unknown>>;

export interface AttachmentValues {
  readonly serverId: string;
  /** Key of a gateway of the scenario, or an id of one outside of it. */
  readonly gateway: string;
  readonly publicId?: string;
}

/** What a program says: resources by their name in the program. */
export interface Program {
  readonly gateways?: Readonly<Record<string, GatewayValues>>;
  readonly attachments?: Readonly<Record<string, AttachmentValues>>;
  readonly provider?: Readonly<Record<string, unknown>>;
}

/** One change of a program, told the same way whichever front end it is expressed in. */
export interface Scenario {
  readonly before?: Program;
  readonly after?: Program;
}

export const UNKNOWN = Symbol("known after apply");

export const organizationId = "org_petalpal";

/** A gateway as it often is. */
export const supportGateway = {
  name: "Support Gateway",
  providerType: "auth0",
  authorizationServerUrl: "https://petalpal.eu.auth0.com/",
  clientId: "support-mcp",
  resource: "https://api.petalpal.com",
  scopes: ["openid", "profile", "orders:read"],
} as const;

/** What engines fill in before an apply, by name. */
export function computed(key: string): Readonly<Record<string, unknown>> {
  return { id: `gw_${key}`, organizationId, status: "active" };
}

export function action(before: unknown, after: unknown, replaces: boolean): string[] {
  if (before === undefined) return ["create"];
  if (after === undefined) return ["delete"];
  if (JSON.stringify(before) === JSON.stringify(after)) return ["no-op"];
  return replaces ? ["delete", "create"] : ["update"];
}

/** Every key of either side, in the order of first mention. */
export function keysOf(before: object | undefined, after: object | undefined): string[] {
  return [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
}
