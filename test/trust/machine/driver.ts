// What an engine does with one gateway, as the state machine drives it.
import type { GatewayProfile, GatewayState, MetadataCheck, ProfileField } from "@mcpstack/model";
import { type GatewayMemory, type PlannedMetadata, type ProviderChoices, Run } from "@mcpstack/reconciler";
import type { Publishers } from "./publishers";
import type { Service } from "./service";

/** What is configured for every gateway. */
export interface ProviderConfiguration {
  readonly metadataCheck?: MetadataCheck | undefined;
  readonly trustedOrigins: readonly string[];
}

/** A program as an engine sees it: fields that are not known yet hold what they will turn out to be. */
export interface Configured {
  readonly profile: GatewayProfile;
  readonly unknown: readonly ProfileField[];
  /** Undefined while it is not known. */
  readonly provider: ProviderConfiguration | undefined;
}

/** One finding as an engine says it; what is only worth knowing is said by none. */
export interface Said {
  readonly code: string;
  readonly severity: "error" | "warn";
  readonly expected?: string | undefined;
  readonly found?: string | undefined;
}

/** What an engine keeps of a gateway. */
export interface Kept {
  readonly state: GatewayState;
  readonly memory: GatewayMemory;
}

export interface Planned {
  /** What the plan was made from; undefined for a create. */
  readonly prior: Kept | undefined;
  readonly changes: boolean;
  readonly metadata: PlannedMetadata;
  readonly said: readonly Said[];
  /** An error was among them: nothing can be applied. */
  readonly refused: boolean;
}

export interface Applied {
  /** The plan that the engine made again, with everything known. */
  readonly again: Planned;
  /** Why nothing was written, where that is so. */
  readonly failure?: string | undefined;
}

export interface PlanOptions {
  readonly refresh: boolean;
  /** Whether a destroy may follow, which no finding may veto. */
  readonly beforeDestroy?: boolean;
}

export interface Driver {
  readonly name: "Terraform" | "Pulumi";
  readonly service: Service;
  /** What is in the state file. */
  readonly kept: Kept | undefined;
  plan(configured: Configured, options: PlanOptions): Promise<Planned>;
  /** Applies the last plan, with everything known. */
  apply(configured: Configured): Promise<Applied>;
  /** Reads, and keeps what was read; answers what was said. */
  refresh(provider: ProviderConfiguration): Promise<readonly Said[]>;
  /**
   * Takes the gateway that exists over, as if it had never been known, without the refresh that follows.
   *
   * @returns for which profile its metadata was accepted; nothing where that was refused.
   */
  import(configured: Configured): Promise<"found" | "programmed" | undefined>;
  /** Answers what was said against it. */
  destroy(provider: ProviderConfiguration): Promise<readonly Said[]>;
  /** The memory becomes what an older version kept. */
  forget(older: "discovered" | "nothing"): void;
}

/** A run of one process: what it learns, the next one does not know. */
export function runOf(service: Service, publishers: Publishers, provider: ProviderConfiguration): Run {
  const { policy, trustedOrigins } = choicesOf(provider);
  const run = new Run({ api: service.client(), metadata: publishers.reader(), policy, trustedOrigins, readLagMs: 0 });
  // The service of this machine keeps no logs.
  for (let id = 1; id < 9; id++) run.logsRead.add(`gw_${id}`);
  return run;
}

export function choicesOf({ metadataCheck, trustedOrigins }: ProviderConfiguration): ProviderChoices {
  return { policy: metadataCheck === undefined ? {} : { metadataCheck }, trustedOrigins };
}

/** Reads the code and the values of a finding out of the text in which an engine says it. */
export function saidIn(text: string, severity: Said["severity"]): Said {
  const code = /\(([a-z0-9-]+)(?:, [^)]*)?\)$/.exec(text)?.[1];
  if (code === undefined) throw new Error(`no code in ${JSON.stringify(text)}`);
  const value = (label: string) => new RegExp(`^\\s*${label}: +(.*)$`, "m").exec(text)?.[1];
  return { code, severity, expected: value("Expected"), found: value("Found") };
}
