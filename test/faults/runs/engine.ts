// What a story wants of an engine, be it played in this process or the real program.
import type { Program } from "./program";

export interface Said {
  /** Of the block, such as `gateway.a`; empty where it is about none. */
  readonly address: string;
  readonly severity: "error" | "warning";
  readonly text: string;
}

export interface Outcome {
  readonly said: readonly Said[];
  /** What was planned, such as `create gateway.a`. */
  readonly actions: readonly string[];
  /** How far it came. */
  readonly ended: "plan failed" | "plan" | "apply failed" | "applied" | "killed";
}

export const signals = ["SIGINT", "SIGTERM", "SIGKILL"] as const;

/** When somebody ends an apply: in milliseconds from its first write on where it has one, else from its start. */
export interface Ending {
  readonly signal: (typeof signals)[number];
  readonly whom: "both" | "engine" | "provider";
  readonly afterMs: number;
}

/** An engine with a program's state. */
export interface Engine {
  readonly name: string;
  /** Plans, and keeps nothing. */
  plan(program: Program): Promise<Outcome>;
  /** After a look at the API. */
  apply(program: Program, ending?: Ending): Promise<Outcome>;
  /** Takes a gateway over that exists. */
  import(program: Program, address: string, id: string): Promise<void>;
  /** Ids of the gateways in the state, by the names of their blocks. */
  gateways(): Promise<ReadonlyMap<string, string>>;
  /** Lets gateways stay that were marked to be made anew; says which. */
  untaintGateways(): Promise<string[]>;
  remove(): Promise<void>;
}
