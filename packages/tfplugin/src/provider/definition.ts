import type { Path } from "../cty/path";
import type { CtyType } from "../cty/type";
import type { Value, ValueObject } from "../cty/value";
import type { Diagnostic } from "../diagnostics/diagnostic";
import type { Log } from "../log/log";
import type { Schema } from "../schema/schema";
import type { Json, PrivateState } from "./private";

type Eventually<T> = T | Promise<T>;

/** What comes with every call. */
export interface Context {
  /** Aborted when Terraform stops the provider (the user pressed Ctrl-C), cancels the call or goes away. */
  readonly signal: AbortSignal;
  readonly log: Log;
  /** The version of the program that configured the provider; empty before that. */
  readonly terraformVersion: string;
  readonly deferralAllowed: boolean;
  readonly writeOnlyAllowed: boolean;
  /**
   * Whether this plan may be the one that core makes of the program before it destroys what the program made, or `test` clears away. An
   * error of such a plan would veto the destroy: say as a warning what only speaks against a write, and refuse the write when it comes.
   * True too where the engine's command line cannot be read.
   */
  mayPrecedeDestroy(): boolean;
  /** The result of the first call with the key in this process. One that fails is forgotten, so that it is tried again. */
  once<T>(key: string, compute: () => Promise<T>): Promise<T>;
}

interface Answer {
  readonly diagnostics?: readonly Diagnostic[];
}

/** A function that has nothing to say may return nothing. */
// biome-ignore lint/suspicious/noConfusingVoidType: an `async` function without a `return` has this type
type Nothing = undefined | void;

export interface Configured<Client> extends Answer {
  /**
   * Undefined: the configuration is not known yet, so there is no client. Reads then leave the state as it is, plans are made
   * without a client, and data sources cannot be read.
   */
  readonly client: Client | undefined;
}

export interface ProviderDefinition<Client> {
  readonly schema: Schema;
  /** `config` may hold unknown values. Called once before anything but validation, functions and schemas. */
  configure(config: ValueObject, ctx: Context): Eventually<Configured<Client>>;
  validateConfig?(config: ValueObject, ctx: Context): Eventually<readonly Diagnostic[]>;
  readonly resources?: Readonly<Record<string, ResourceDefinition<Client>>>;
  readonly dataSources?: Readonly<Record<string, DataSourceDefinition<Client>>>;
  readonly functions?: Readonly<Record<string, FunctionDefinition>>;
  readonly ephemeralResources?: Readonly<Record<string, EphemeralResourceDefinition<Client>>>;
  /** For `terraform query`; each has the name of a resource with an identity. */
  readonly listResources?: Readonly<Record<string, ListResourceDefinition<Client>>>;
}

export interface IdentityAttribute {
  /** string, number, bool, or a list of one of these. */
  readonly type: CtyType;
  readonly description?: string;
  /** Whether an import may leave it out. @default false */
  readonly optionalForImport?: boolean;
}

/** What tells one resource of a type from another, for imports and lists. */
export interface IdentityDefinition {
  /** @default 0 */
  readonly version?: number;
  readonly attributes: Readonly<Record<string, IdentityAttribute>>;
  /** From the JSON of an earlier version. */
  readonly upgrade?: Readonly<Record<number, (raw: Json, ctx: Context) => Eventually<ValueObject>>>;
}

/** State that is kept, with what is kept beside it. */
interface Kept extends Answer {
  /** Undefined: stays as it is. */
  readonly private?: PrivateState;
  /** Undefined: stays as it is. */
  readonly identity?: ValueObject;
}

export interface ReadRequest<Client> {
  readonly state: ValueObject;
  readonly private: PrivateState;
  readonly identity: ValueObject | undefined;
  readonly client: Client;
  readonly ctx: Context;
}
export interface ReadResult extends Kept {
  /** Null: the resource is gone. */
  readonly state: ValueObject | null;
}

export interface PlanRequest<Client> {
  /** Null: to be created. */
  readonly prior: ValueObject | null;
  /** What the library planned from the schema. Null: to be destroyed. */
  readonly proposed: ValueObject | null;
  /** Null when destroying. */
  readonly config: ValueObject | null;
  readonly priorPrivate: PrivateState;
  readonly priorIdentity: ValueObject | undefined;
  /** What the library found to need a replacement. */
  readonly requiresReplace: readonly Path[];
  /** Undefined while the provider's configuration is not known. */
  readonly client: Client | undefined;
  readonly ctx: Context;
}
export interface PlanResult extends Kept {
  /** Undefined: as proposed. Ignored when destroying. */
  readonly planned?: ValueObject;
  /** Undefined: what the library found. */
  readonly requiresReplace?: readonly Path[];
}

export interface CreateRequest<Client> {
  readonly planned: ValueObject;
  readonly config: ValueObject;
  /** What the plan left. */
  readonly private: PrivateState;
  readonly identity: ValueObject | undefined;
  readonly client: Client;
  readonly ctx: Context;
}
export interface UpdateRequest<Client> extends CreateRequest<Client> {
  readonly prior: ValueObject;
}
export interface ApplyResult extends Kept {
  readonly state: ValueObject;
}

export interface DeleteRequest<Client> {
  readonly prior: ValueObject;
  readonly private: PrivateState;
  readonly identity: ValueObject | undefined;
  readonly client: Client;
  readonly ctx: Context;
}

export interface ImportRequest<Client> {
  /** Empty when imported by identity. */
  readonly id: string;
  readonly identity: ValueObject | undefined;
  readonly client: Client;
  readonly ctx: Context;
}

export interface MoveRequest {
  readonly providerAddress: string;
  readonly typeName: string;
  readonly schemaVersion: number;
  /** The JSON of the other resource's state. */
  readonly state: Json;
  readonly private: PrivateState;
  readonly identity: Json;
  readonly ctx: Context;
}

export interface ResourceDefinition<Client> {
  readonly schema: Schema;
  readonly identity?: IdentityDefinition;
  validate?(config: ValueObject, ctx: Context): Eventually<readonly Diagnostic[]>;
  read(request: ReadRequest<Client>): Eventually<ReadResult>;
  /** Runs after the library's own rules, and may override all that they planned. Must not depend on what changes between a plan and its apply. */
  plan?(request: PlanRequest<Client>): Eventually<PlanResult>;
  create(request: CreateRequest<Client>): Eventually<ApplyResult>;
  /** Left out by a resource each of whose attributes needs a replacement. */
  update?(request: UpdateRequest<Client>): Eventually<ApplyResult>;
  delete(request: DeleteRequest<Client>): Eventually<Answer | Nothing>;
  /** The state may be partial: Terraform reads the resource right after. */
  import?(request: ImportRequest<Client>): Eventually<ReadResult>;
  /** From the state of an earlier schema version, as JSON, to a value of this one. */
  readonly upgrade?: Readonly<Record<number, (raw: Json, ctx: Context) => Eventually<ValueObject>>>;
  /** Takes over the state of another resource type (`moved`); undefined where it does not know that type. */
  moveState?(request: MoveRequest): Eventually<ReadResult | undefined>;
}

export interface DataSourceDefinition<Client> {
  readonly schema: Schema;
  validate?(config: ValueObject, ctx: Context): Eventually<readonly Diagnostic[]>;
  read(request: {
    readonly config: ValueObject;
    readonly client: Client;
    readonly ctx: Context;
  }): Eventually<Answer & { readonly state: ValueObject }>;
}

export interface EphemeralResourceDefinition<Client> {
  readonly schema: Schema;
  validate?(config: ValueObject, ctx: Context): Eventually<readonly Diagnostic[]>;
  open(request: {
    readonly config: ValueObject;
    readonly client: Client;
    readonly ctx: Context;
  }): Eventually<Answer & { readonly result: ValueObject; readonly renewAt?: Date; readonly private?: PrivateState }>;
  renew?(request: {
    readonly private: PrivateState;
    readonly client: Client;
    readonly ctx: Context;
  }): Eventually<Answer & { readonly renewAt?: Date; readonly private?: PrivateState }>;
  close?(request: {
    readonly private: PrivateState;
    readonly client: Client;
    readonly ctx: Context;
  }): Eventually<Answer | Nothing>;
}

export interface Listed extends Answer {
  readonly displayName: string;
  readonly identity: ValueObject;
  /** Wanted where `includeResource` is true. */
  readonly resource?: ValueObject;
}

export interface ListResourceDefinition<Client> {
  readonly schema: Schema;
  validate?(config: ValueObject, ctx: Context): Eventually<readonly Diagnostic[]>;
  list(request: {
    readonly config: ValueObject;
    readonly client: Client;
    /** 0: no limit. */
    readonly limit: number;
    readonly includeResource: boolean;
    readonly ctx: Context;
  }): AsyncIterable<Listed> | Iterable<Listed>;
}

export interface FunctionParameter {
  readonly name: string;
  readonly type: CtyType;
  readonly description?: string;
  /** @default false: Terraform refuses null */
  readonly allowNull?: boolean;
  /** @default false: the result is unknown, without a call */
  readonly allowUnknown?: boolean;
}

export interface FunctionDefinition {
  readonly summary?: string;
  /** Markdown. */
  readonly description?: string;
  readonly deprecated?: string;
  readonly parameters: readonly FunctionParameter[];
  /** Takes all further arguments, which come as single arguments after the others. */
  readonly variadic?: FunctionParameter;
  readonly returns: CtyType;
  /** Pure: the same arguments give the same result. Throw a `FunctionError` to name the wrong argument. */
  call(args: readonly Value[], ctx: Context): Eventually<Value>;
}
