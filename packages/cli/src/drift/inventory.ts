import type { AcceptedMetadata, FindingPolicy, GatewayProfile, ProfileField } from "@mcpstack/model";
import type { AgentFacts, IntendedUse, IssuerChoice, ServerFacts } from "@mcpstack/oauth-metadata";

/** What a finding is about, in the words of the place that it was read from. */
export interface Subject {
  readonly kind: "gateway" | "server" | "agent" | "issuer";
  /** An id of the API, an address in a state, a URN or a URL. */
  readonly address: string;
  readonly name?: string | undefined;
}

/** Where the profiles come from. */
export interface Source {
  readonly kind: "organization" | "terraform-state" | "terraform-plan" | "pulumi-stack" | "url";
  /** The organization's id, the file's name or the URL. */
  readonly name: string;
}

export interface InventoryGateway {
  readonly subject: Subject;
  readonly profile: GatewayProfile;
  /** Fields that the source does not tell: what depends on them is not judged. */
  readonly unknown?: readonly ProfileField[] | undefined;
  /** Those of its URLs that a program or the person at the keyboard wrote; none where the API told the profile. */
  readonly programUrls: readonly string[];
  /** What an apply accepted, where the source keeps it. */
  readonly accepted?: AcceptedMetadata | undefined;
  /** What the program named when that was accepted, where the source keeps it. Default: what the profile names. */
  readonly choice?: IssuerChoice | undefined;
  /** What the source itself says about findings; an explicit choice of the gateway comes before it. */
  readonly policy?: Partial<FindingPolicy> | undefined;
  readonly trustedOrigins?: readonly string[] | undefined;
  /** The servers attached to it. */
  readonly servers: readonly ServerFacts[];
}

/** The public route of an attached server. */
export interface InventoryRoute {
  readonly subject: Subject;
  readonly mcpUrl: string;
  /** The URLs that the person at the keyboard wrote; a route's own come out of the API. */
  readonly programUrls: readonly string[];
  readonly protectedResourceMetadataUrl?: string | undefined;
  /** The gateway whose choices about findings count for it. */
  readonly gateway?: string | undefined;
  /** Whether it is the route of a gateway, whatever its address looks like. Default: what the address looks like. */
  readonly isGateway?: boolean | undefined;
}

/** Something that could not be read, and so was not checked. */
export interface Unchecked {
  readonly subject: Subject;
  readonly reason: string;
}

/** All that is to be checked, before anything that is published was read. */
export interface Inventory {
  readonly source: Source;
  readonly gateways: readonly InventoryGateway[];
  readonly routes: readonly InventoryRoute[];
  readonly agents: readonly AgentFacts[];
  readonly uses: readonly IntendedUse[];
  readonly unchecked: readonly Unchecked[];
  /** What was left out on purpose, as sentences. */
  readonly notes: readonly string[];
}

export const emptyInventory = { gateways: [], routes: [], agents: [], uses: [], unchecked: [], notes: [] } as const;
