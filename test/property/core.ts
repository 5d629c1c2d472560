import { provider } from "@mcpstack/terraform-provider";
import {
  type CtyType,
  createServer,
  type DiagnosticMessage,
  decodeValue,
  encodeValue,
  equalValues,
  formatPath,
  isObject,
  isUnknown,
  isWhollyKnown,
  member,
  type ProviderServer,
  type Schema,
  type Value,
  type ValueObject,
} from "@mcpstack/tfplugin";

/** A resource instance as a state keeps it. */
export interface Instance {
  readonly state: ValueObject;
  readonly private: Uint8Array;
}

export interface Planned {
  readonly prior: Instance | null;
  readonly config: ValueObject | null;
  readonly planned: ValueObject | null;
  readonly private: Uint8Array;
  /** Whether something would change. */
  readonly changes: boolean;
  readonly replaces: boolean;
  readonly warnings: readonly string[];
}

/** What is needed of a diagnostic. */
type Said = Pick<DiagnosticMessage, "severity" | "summary" | "detail">;

/** The provider broke a rule that Terraform core enforces ("Provider produced …"). */
export class RuleBroken extends Error {
  override readonly name = "RuleBroken";
}

/** The provider answered with errors. */
export class ProviderErrors extends Error {
  override readonly name = "ProviderErrors";
  constructor(
    readonly diagnostics: readonly Said[],
    /** What an apply that failed halfway leaves in the state. */
    readonly kept: Instance | null = null,
  ) {
    super(diagnostics.map(({ summary, detail }) => `${summary}: ${detail}`).join("\n"));
  }
}

type Configuration = Readonly<Record<string, Value>>;

/**
 * Drives the provider for one resource type as Terraform core does, values as MessagePack, and holds it to core's own rules
 * (Terraform's "Resource Instance Change Lifecycle"). Each command is a provider process of its own: nothing is remembered between them.
 */
export class Core {
  readonly #schema: Schema;
  readonly #providerConfig: Configuration;

  constructor(
    readonly typeName: string,
    providerConfig: Configuration,
  ) {
    const schema = provider.resources?.[typeName]?.schema;
    if (!schema) throw new Error(`no resource type ${typeName}`);
    this.#schema = schema;
    this.#providerConfig = providerConfig;
  }

  /** `terraform plan`: validate, refresh, plan. A null configuration plans a destroy. */
  async plan(instance: Instance | null, configuration: Configuration | null): Promise<Planned> {
    const config = configuration && this.#whole(configuration);
    if (config) await this.#validate(config);
    const server = await this.#process();
    const refreshed = instance && (await this.#read(server, instance));
    return this.#planned(server, refreshed, config);
  }

  /** `terraform plan -refresh-only`: whether anything differs from the state, what is kept beside it included. */
  async drifted(instance: Instance): Promise<boolean> {
    const read = await this.#read(await this.#process(), instance);
    if (!read || !equalValues(this.#schema.type, read.state, instance.state)) return true;
    return Buffer.compare(read.private, instance.private) !== 0;
  }

  /** `terraform apply PLAN`: plans again in another process, holds it to the first plan, and applies it. */
  async apply(first: Planned): Promise<Instance | null> {
    const server = await this.#process();
    const again = await this.#planned(server, first.prior, first.config);
    const differing = this.#firstDifference(first.planned, again.planned);
    if (differing) throw new RuleBroken(`inconsistent final plan: ${differing}`);
    const answer = await server.dispatch("applyResourceChange", {
      typeName: this.typeName,
      priorState: this.#wire(first.prior?.state ?? null),
      plannedState: this.#wire(again.planned),
      config: this.#wire(first.config),
      plannedPrivate: again.private,
    });
    const state = this.#object(answer.newState?.msgpack);
    const instance = state && { state, private: answer.private };
    throwErrors(answer.diagnostics, instance);
    if (state && !isWhollyKnown(state)) throw new RuleBroken("unknown values after apply");
    const wrong = this.#firstDifference(again.planned, state);
    if (wrong) throw new RuleBroken(`inconsistent result after apply: ${wrong}`);
    return instance;
  }

  /** `terraform import`: the import, and the read that follows it. */
  async import(id: string): Promise<Instance> {
    const server = await this.#process();
    const answer = await server.dispatch("importResourceState", { typeName: this.typeName, id });
    throwErrors(answer.diagnostics);
    const [imported] = answer.importedResources;
    const state = this.#object(imported?.state?.msgpack);
    if (!imported || !state) throw new RuleBroken("nothing was imported");
    const read = await this.#read(server, { state, private: imported.private });
    if (!read) throw new RuleBroken("what was imported is gone");
    return read;
  }

  async #process(): Promise<ProviderServer> {
    const server = createServer(provider);
    const config = wholeObject(provider.schema, this.#providerConfig);
    const msgpack = encodeValue(provider.schema.type, config);
    throwErrors((await server.dispatch("validateProviderConfig", { config: { msgpack } })).diagnostics);
    const answer = await server.dispatch("configureProvider", { terraformVersion: "1.9.0", config: { msgpack } });
    throwErrors(answer.diagnostics);
    return server;
  }

  async #validate(config: ValueObject): Promise<void> {
    const server = createServer(provider);
    const answer = await server.dispatch("validateResourceConfig", {
      typeName: this.typeName,
      config: this.#wire(config),
      clientCapabilities: { writeOnlyAttributesAllowed: true },
    });
    throwErrors(answer.diagnostics);
  }

  async #read(server: ProviderServer, instance: Instance): Promise<Instance | null> {
    const answer = await server.dispatch("readResource", {
      typeName: this.typeName,
      currentState: this.#wire(instance.state),
      private: instance.private,
    });
    throwErrors(answer.diagnostics);
    const state = this.#object(answer.newState?.msgpack);
    if (state && !isWhollyKnown(state)) throw new RuleBroken("unknown values after a read");
    return state && { state, private: answer.private };
  }

  async #planned(server: ProviderServer, prior: Instance | null, config: ValueObject | null): Promise<Planned> {
    const proposed = config && this.#proposed(prior?.state ?? null, config);
    const answer = await server.dispatch("planResourceChange", {
      typeName: this.typeName,
      priorState: this.#wire(prior?.state ?? null),
      proposedNewState: this.#wire(proposed),
      config: this.#wire(config),
      priorPrivate: prior?.private ?? new Uint8Array(0),
      clientCapabilities: { writeOnlyAttributesAllowed: true },
    });
    throwErrors(answer.diagnostics);
    const planned = this.#object(answer.plannedState?.msgpack);
    if (config) this.#assertPlanIsValid(prior?.state ?? null, config, planned);
    return {
      prior,
      config,
      planned,
      private: answer.plannedPrivate,
      changes: !equalValues(this.#schema.type, planned, prior?.state ?? null),
      replaces: answer.requiresReplace.length > 0,
      warnings: answer.diagnostics.map(({ summary }) => summary),
    };
  }

  /** What is configured, and for what is computed and not configured the prior value. */
  #proposed(prior: ValueObject | null, config: ValueObject): ValueObject {
    return Object.fromEntries(
      this.#schema.object.children.map(({ name, computed }) => {
        const configured = member(config, name);
        return [name, computed && configured === null && prior ? member(prior, name) : configured];
      }),
    );
  }

  /** What is configured is planned as configured, or as it was where that means the same; only what is computed may be anything else. */
  #assertPlanIsValid(prior: ValueObject | null, config: ValueObject, planned: ValueObject | null): void {
    if (!planned) throw new RuleBroken("invalid plan: nothing is planned for what is configured");
    for (const { name, type, computed, writeOnly } of this.#schema.object.children) {
      const value = member(planned, name);
      const configured = member(config, name);
      const before = prior && member(prior, name);
      if (writeOnly) {
        if (value !== null) throw new RuleBroken(`invalid plan: the write-only ${name} is planned`);
        continue;
      }
      if (equalValues(type, value, configured)) continue;
      if (computed && configured === null) continue;
      if (configured !== null && before !== null && equalValues(type, value, before)) continue;
      throw new RuleBroken(`invalid plan: ${name} is planned as ${text(value)}, configured as ${text(configured)}`);
    }
  }

  /** The first value that was known before and is another one now. */
  #firstDifference(before: ValueObject | null, after: ValueObject | null): string | undefined {
    return difference(this.#schema.type, before, after, []);
  }

  #whole(configuration: Configuration): ValueObject {
    return wholeObject(this.#schema, configuration);
  }

  #wire(value: ValueObject | null): { msgpack: Uint8Array<ArrayBuffer> } {
    return { msgpack: encodeValue(this.#schema.type, value) };
  }

  #object(msgpack: Uint8Array | undefined): ValueObject | null {
    const value = msgpack && msgpack.length > 0 ? decodeValue(this.#schema.type, msgpack) : null;
    return isObject(value) ? value : null;
  }
}

/** A configuration as core sends it: every attribute is there, null where the program leaves it out. */
function wholeObject(schema: Schema, configuration: Configuration): ValueObject {
  const names = schema.object.children.map(({ name }) => name);
  const stray = Object.keys(configuration).find((name) => !names.includes(name));
  if (stray) throw new Error(`there is no attribute ${stray}`);
  return Object.fromEntries(names.map((name) => [name, configuration[name] ?? null]));
}

function difference(
  type: CtyType,
  before: Value,
  after: Value,
  path: readonly (string | number)[],
): string | undefined {
  if (isUnknown(before)) return undefined;
  if (type.kind === "object" && isObject(before) && isObject(after)) {
    for (const [name, inner] of Object.entries(type.attributes)) {
      const found = difference(inner, member(before, name), member(after, name), [...path, name]);
      if (found) return found;
    }
    return undefined;
  }
  if (equalValues(type, before, after)) return undefined;
  return `${formatPath([...path])} was ${text(before)} and is ${text(after)}`;
}

function throwErrors(diagnostics: readonly Said[], kept: Instance | null = null): void {
  const errors = diagnostics.filter(({ severity }) => severity === 1);
  if (errors.length > 0) throw new ProviderErrors(errors, kept);
}

function text(value: Value): string {
  return isUnknown(value) ? "(unknown)" : JSON.stringify(value);
}
