import type { Properties } from "../values";

/** Why an input is refused. `property` stays empty: the engine prints the value of a property that it is given, secrets too. */
export interface CheckFailure {
  readonly property: "";
  readonly reason: string;
}

export interface CheckResult {
  readonly inputs: Record<string, unknown>;
  readonly failures?: CheckFailure[];
}

export interface DiffResult {
  readonly changes: boolean;
  readonly replaces?: string[];
  readonly deleteBeforeReplace?: boolean;
}

export interface Made {
  readonly id: string;
  readonly outs: Record<string, unknown>;
}

export interface ReadResult {
  /** Empty: it is gone. */
  readonly id: string;
  readonly props: Record<string, unknown>;
  readonly inputs?: Record<string, unknown>;
}

/** Where a value of `pulumi config` comes from, by its whole key. */
export interface ConfigSource {
  get(key: string): string | undefined;
}

/** What `@pulumi/pulumi/cmd/dynamic-provider` calls. `olds` of a check are inputs, elsewhere outputs. */
export interface DynamicProvider {
  configure(request: { readonly config: ConfigSource }): void;
  check(olds: Properties, news: Properties): Promise<CheckResult>;
  diff(id: string, olds: Properties, news: Properties): Promise<DiffResult>;
  create(news: Properties): Promise<Made>;
  read(id: string, props: Properties): Promise<ReadResult>;
  update(id: string, olds: Properties, news: Properties): Promise<{ readonly outs: Record<string, unknown> }>;
  delete(id: string, props: Properties): Promise<void>;
}
