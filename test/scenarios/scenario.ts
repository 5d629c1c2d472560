// What a scenario is: told without an engine, so that every engine can be held to the same one.
import type { LocalApi, ServerBehaviour } from "@mcpstack/local-api";
import type { GatewayProfile } from "@mcpstack/model";

/** What the program declares, by resource name. */
export interface Desired {
  readonly gateways: Readonly<Record<string, GatewayProfile>>;
  /** `gateway` is the resource name of one of them. */
  readonly attachments?: Readonly<Record<string, { serverId: string; gateway: string; publicId?: string }>>;
}

/** A write that reached the API. In paths, a gateway's id is replaced by its name in braces: `PUT gateways/{Support}`. */
export interface Write {
  readonly request: string;
  /** What the body holds at least. */
  readonly body?: object;
}

export interface Step {
  readonly title: string;
  /** What happens at the API before the engine is run: somebody else's change, or a fault. */
  readonly before?: (api: LocalApi) => void;
  readonly desired: Desired;
  /** Every write that the engine sends, in any order unless `inOrder`. */
  readonly writes: readonly Write[];
  readonly inOrder?: true;
  /** The run fails, and says this. */
  readonly fails?: RegExp;
}

export interface Scenario {
  readonly title: string;
  readonly behaviour?: Partial<ServerBehaviour>;
  readonly steps: readonly Step[];
  /** What the API holds after the last step, and a plan after it is empty. Left out where the last step fails. */
  readonly end?: { readonly gateways: readonly object[]; readonly attachments?: readonly object[] };
}

/** An engine with one program, whose state lasts from run to run until it is closed. */
export interface Driver {
  /** Looks at what is there, and brings the desired resources about. */
  apply(desired: Desired): Promise<{ readonly ok: boolean; readonly output: string }>;
  /** Looks at what is there, and plans. True where nothing would change. */
  isSettled(desired: Desired): Promise<boolean>;
  /** Takes everything down that it made, without a look at the last program. */
  destroy(): Promise<void>;
}
