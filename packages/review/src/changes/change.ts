import type { Json } from "@mcpstack/model";

/** What an engine would do with a resource. `forget`: the engine stops managing it and leaves it as it is. */
export type Action = "none" | "create" | "update" | "replace" | "delete" | "forget";

/** Values of fields by their camelCase names; what is absent, null or unknown is left out. */
export type Values = Readonly<Record<string, Json | undefined>>;

/** Where something is written in the program, relative to the folder that the review was given. */
export interface SourcePosition {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column?: number | undefined;
}

/** In the place of an instance's key: any of them. */
export const anyInstance = "[*]";

/** What a value that is not known yet is made from. */
export interface References {
  /** Addresses of gateways of the plan, each of which it may turn out to be. `anyInstance` stands for the key of each instance. */
  readonly addresses: readonly string[];
  /** Whether it may be something else, too: what else it is made from cannot be followed. */
  readonly open: boolean;
  /**
   * Its expression, where the input holds it with everything behind it: the same `meaning` is the same gateway, before and after, whichever
   * that is. `text` is as it is written.
   */
  readonly expression?: { readonly meaning: string; readonly text: string } | undefined;
  /** All that its expression refers to, as a plan names it, where the expression itself is not in the input. */
  readonly named?: readonly string[] | undefined;
}

/** One resource's change, told the same way whichever engine planned it. */
export interface ResourceChange {
  readonly kind: "gateway" | "attachment";
  /** As the front end names it: a Terraform address, a Pulumi URN or the address that CDKTF synthesised. */
  readonly address: string;
  /** A short form of the address for tables. */
  readonly label: string;
  readonly previousAddress?: string | undefined;
  readonly action: Action;
  /** What the last apply left, and the last review saw. What was changed outside of the program since then is no part of it. */
  readonly before?: Values | undefined;
  readonly after?: Values | undefined;
  /** Fields of which something is known only after apply. */
  readonly unknown: ReadonlySet<string>;
  /** Of the unknown ones, those that the program leaves out, so that the service chooses. */
  readonly leftOut?: ReadonlySet<string> | undefined;
  /** Fields that the front end marks as secret: their values are never shown. */
  readonly sensitive: ReadonlySet<string>;
  /** Fields that are set to something that the input does not show, on one side at least: a change cannot be excluded. */
  readonly hidden: ReadonlySet<string>;
  /** Of the hidden ones, those that the input says stay as they are, whatever that is. */
  readonly settled?: ReadonlySet<string> | undefined;
  /** Fields that are set to what the input does not hold, and mean what they meant before; as they are written. */
  readonly standing?: Readonly<Record<string, string>> | undefined;
  /**
   * What the program says of fields that no plan holds (`settings_wo`), where it says something: `changed` where that is another thing than
   * before, `same` where it is not, `open` where nobody can tell. It is written with every write of the gateway.
   */
  readonly writeOnly?: "changed" | "same" | "open" | undefined;
  /** Taken over from the service in this apply. What it was there stands in `before`, where the input tells. */
  readonly imported: boolean;
  /** The engine postponed the change, so that a later plan has to be reviewed. */
  readonly deferred: boolean;
  /** What changed outside of the program since the last apply. */
  readonly drift?: { readonly before: Values; readonly after: Values | undefined } | undefined;
  /** Of an attachment: the gateways that the program pointed it to, and does now, as far as references tell. */
  readonly gatewayReference?:
    | { readonly before?: References | undefined; readonly after?: References | undefined }
    | undefined;
  /** Key of the provider configuration, such as `mcpstack` or `mcpstack.eu`. */
  readonly providerKey: string;
  /** What its provider was configured with before, where the input tells. */
  readonly configuredBefore?: Values | undefined;
  readonly source?: SourcePosition | undefined;
  /** Path of the construct in a CDKTF program. */
  readonly constructPath?: string | undefined;
}

/** Where a value comes from that is not written out. */
export interface Origin {
  /** What its expression refers to, each as long as the input has it, such as `var.org` and `local.region`. */
  readonly references: readonly string[];
  /** The variables among them, and others that they may be made of, as far as the input holds their values. */
  readonly variables: Readonly<Record<string, Json>>;
  /** Those of the variables that were given another value than their default: what it leaves out, their type may fill in. */
  readonly given?: readonly string[] | undefined;
  /** What decides what they come to. The same of two plans is made alike; undefined, where a part of it is not in the plan, is like nothing. */
  readonly madeFrom?: Json | undefined;
  /** Whether an ephemeral variable is among them, so that no two plans can be compared. */
  readonly isEphemeral?: boolean;
}

/** What the provider is configured with. */
export interface ProviderChange {
  /** `mcpstack`, or `mcpstack.ALIAS`. */
  readonly key: string;
  /** What has it, where it is the connection of one resource. */
  readonly address?: string | undefined;
  /**
   * `continued`: what existed goes on with it. `new`: everything that uses it is new, so that `before` are the defaults. `none`: nothing
   * uses it.
   */
  readonly use: "continued" | "new" | "none";
  /** Undefined where the input tells nothing about what was before: absence there is no statement. */
  readonly before?: Values | undefined;
  readonly after?: Values | undefined;
  readonly unknown: ReadonlySet<string>;
  /** See `ResourceChange`. */
  readonly sensitive: ReadonlySet<string>;
  readonly hidden: ReadonlySet<string>;
  /** Of the hidden and the unknown ones, those of which the input says that they stay as they are, or nothing that they do not. */
  readonly settled?: ReadonlySet<string> | undefined;
  /** See `ResourceChange`. */
  readonly standing?: Readonly<Record<string, string>> | undefined;
  /** Fields that are written in another way than before, so that a change cannot be excluded though none is seen. */
  readonly reshaped?: ReadonlySet<string> | undefined;
  /** Fields that are made from what they were made from before, where nobody can tell whether that came to the same. */
  readonly obscured?: ReadonlySet<string> | undefined;
  /** How certain it is what a field was, and whether it was made from the same references of the same values; where the input tells. */
  readonly formsBefore?:
    | Readonly<Record<string, { readonly told: "certain" | "likely" | "open"; readonly isSame: boolean }>>
    | undefined;
  /** Of fields that are not written out, what they are made from. A value beside it is one that is likely, and not certain. */
  readonly origins?: Readonly<Record<string, Origin>> | undefined;
  /** The organization that the resources of this configuration are of, where they are of one. */
  readonly provedOrganization?: string | undefined;
  /** Credentials whose text stands in the program. */
  readonly plainSecrets: readonly string[];
  readonly source?: SourcePosition | undefined;
}

/** A gateway as the input knows it, with the provider configuration that it was read with. */
export interface Known {
  readonly values: Values;
  /** See `ResourceChange`. */
  readonly sensitive: ReadonlySet<string>;
  readonly providerKey: string;
}

/** A part of the program that the input does not show. */
export interface Opaque {
  readonly address: string;
  /** Whether it mentions MCP Stack, so that it is likely to hold some of it. */
  readonly concerns: boolean;
  /** One sentence without a full stop. */
  readonly what: string;
  /** What is told of it, where the input tells something. */
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

/** Everything that a plan says about MCP Stack. */
export interface PlanChanges {
  readonly frontEnd: "terraform" | "pulumi" | "cdktf";
  /** Such as `Terraform 1.11.4`; empty where the input does not say. */
  readonly engine: string;
  readonly gateways: readonly ResourceChange[];
  readonly attachments: readonly ResourceChange[];
  readonly providers: readonly ProviderChange[];
  /** Gateways of the state that the plan does not list, such as those that `-target` left out. */
  readonly unplanned: readonly Known[];
  /** Gateways that the program only looks up, as the service holds them. */
  readonly lookedUp: readonly Known[];
  /** Names that stand for one server each, its id and its slug, as far as the input holds both. */
  readonly serverNames: readonly (readonly string[])[];
  /** Names among them that the input marks as secret. */
  readonly secretNames?: readonly string[];
  /** What changes in this plan and cannot be looked into. */
  readonly opaque: readonly Opaque[];
  /** Resources of every kind that the input mentions. */
  readonly resources: number;
  /** What the input cannot tell, one sentence each. */
  readonly notes: readonly string[];
}
