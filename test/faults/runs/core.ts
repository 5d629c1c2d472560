// Terraform's core, as far as it matters here: a program, a state, and the provider's own operations in the order and with the values of core, at
// once wherever core does them at once.
import { setMaxListeners } from "node:events";
import { ApiClient, resolveConnection } from "@mcpstack/api-client";
import { profileFields } from "@mcpstack/model";
import { MetadataReader } from "@mcpstack/oauth-metadata";
import { Run } from "@mcpstack/reconciler";
import { provider } from "@mcpstack/terraform-provider";
import {
  type Context,
  type Diagnostic,
  equalValues,
  isWhollyKnown,
  PartialApply,
  type PrivateState,
  type ResourceDefinition,
  unknown,
  type Value,
  type ValueObject,
} from "@mcpstack/tfplugin";
import { toAttributes } from "../../../packages/terraform-provider/src/values/convert";
import { diagnosticsOf } from "../../../packages/tfplugin/src/diagnostics/errors";
import { planChange } from "../../../packages/tfplugin/src/plan/plan-change";
import type { Ending, Engine, Outcome, Said } from "./engine";
import { type Client, dispatcherTo } from "./in-process";
import { issuer, type Program } from "./program";
import type { Random } from "./random";
import type { Service } from "./service";

type Kind = "gateway" | "attachment";

const definitions: Record<Kind, ResourceDefinition<Run>> = {
  gateway: provider.resources!.mcpstack_gateway as ResourceDefinition<Run>,
  attachment: provider.resources!.mcpstack_server_gateway_attachment as ResourceDefinition<Run>,
};

/** What a state file has of a resource. */
interface Instance {
  readonly kind: Kind;
  readonly state: ValueObject;
  readonly private: PrivateState;
  readonly tainted: boolean;
  /** Addresses of what it was made after, as the state file keeps them. */
  readonly after: readonly string[];
}

type State = ReadonlyMap<string, Instance>;

type Action = "none" | "create" | "update" | "replace" | "delete";

interface Change {
  readonly address: string;
  readonly kind: Kind;
  readonly action: Action;
  readonly prior: Instance | undefined;
  readonly planned: ValueObject | null;
  readonly private: PrivateState;
}

const atOnce = 10;

/** Terraform's core with its state file. */
export class Core implements Engine {
  readonly name = "core";
  #state: State = new Map();

  constructor(
    readonly service: Service,
    readonly latency: Random,
  ) {}

  async plan(program: Program): Promise<Outcome> {
    const process = this.#process();
    const { said, changes } = await new Planning(process, program, this.#state).all();
    await process.close();
    const failed = said.some(({ severity }) => severity === "error");
    return { said, actions: actionsOf(changes), ended: failed ? "plan failed" : "plan" };
  }

  /** Plans in one process and applies in another. */
  async apply(program: Program, ending?: Ending): Promise<Outcome> {
    const first = this.#process();
    const { said, changes, refreshed } = await new Planning(first, program, this.#state).all();
    await first.close();
    const actions = actionsOf(changes);
    if (said.some(({ severity }) => severity === "error")) return { said, actions, ended: "plan failed" };
    this.#state = refreshed;
    if (changes.every(({ action }) => action === "none")) return { said, actions, ended: "applied" };
    const process = this.#process();
    const applying = new Applying(process, program, changes, {
      read: (address) => this.#state.get(address),
      write: (address, instance) => {
        if (!process.client.isKilled) this.#state = changed(this.#state, address, instance);
      },
    });
    const end = await Promise.race([applying.all().then(() => "done" as const), ended(process, ending)]);
    await process.close();
    const all = [...said, ...applying.said];
    if (end === "killed") return { said: all, actions, ended: "killed" };
    const isFailed = process.isStopped || applying.said.some(({ severity }) => severity === "error");
    return { said: all, actions, ended: isFailed ? "apply failed" : "applied" };
  }

  async import(_: Program, address: string, id: string): Promise<void> {
    const process = this.#process();
    const { client, ctx } = process.connection();
    const taken = await definitions.gateway.import!({ id, identity: undefined, client, ctx });
    await process.close();
    const instance = { kind: "gateway", state: taken.state!, private: stored(taken.private ?? {}) } as const;
    this.#state = changed(this.#state, address, { ...instance, tainted: false, after: [] });
  }

  async gateways(): Promise<ReadonlyMap<string, string>> {
    const gateways = [...this.#state].filter(([, { kind }]) => kind === "gateway");
    return new Map(gateways.map(([address, { state }]) => [nameOf(address), String(state.id)]));
  }

  async untaintGateways(): Promise<string[]> {
    const tainted = [...this.#state].filter(([, { kind, tainted }]) => kind === "gateway" && tainted);
    for (const [address, instance] of tainted)
      this.#state = changed(this.#state, address, { ...instance, tainted: false });
    return tainted.map(([address]) => address);
  }

  async remove(): Promise<void> {}

  #process(): Process {
    return new Process(this.service, this.latency);
  }
}

function changed(state: State, address: string, instance: Instance | undefined): State {
  const next = new Map(state);
  if (instance) next.set(address, instance);
  else next.delete(address);
  return next;
}

function actionsOf(changes: readonly Change[]): string[] {
  return changes.filter(({ action }) => action !== "none").map(({ action, address }) => `${action} ${address}`);
}

/** The provider's process, which is one run. */
class Process {
  readonly client: Client = { isKilled: false };
  readonly #stop = new AbortController();
  readonly #api: ApiClient;
  readonly #metadata = new MetadataReader();
  readonly #run: Run;
  readonly #once = new Map<string, Promise<unknown>>();

  constructor(service: Service, latency: Random) {
    // Every operation of a process listens to it.
    setMaxListeners(0, this.#stop.signal);
    this.#api = new ApiClient(resolveConnection({}, service.environment()), {
      dispatcher: dispatcherTo(service, this.client, latency),
    });
    this.#run = new Run({ api: this.#api, metadata: this.#metadata });
  }

  get isStopped(): boolean {
    return this.#stop.signal.aborted;
  }

  stop(): void {
    this.#stop.abort(new Error("stopped"));
  }

  connection(): { client: Run; ctx: Context } {
    const once: Context["once"] = (key, compute) => {
      const known = (this.#once.get(key) as ReturnType<typeof compute> | undefined) ?? compute();
      this.#once.set(key, known);
      return known;
    };
    return {
      client: this.#run,
      ctx: {
        signal: this.#stop.signal,
        log: { trace() {}, debug() {}, info() {}, warn() {}, error() {}, enabled: () => false },
        terraformVersion: "1.11.4",
        deferralAllowed: false,
        writeOnlyAllowed: true,
        mayPrecedeDestroy: () => false,
        once,
      },
    };
  }

  async close(): Promise<void> {
    await this.#api.close();
    await this.#metadata.close();
  }
}

async function ended(process: Process, ending: Ending | undefined): Promise<"killed"> {
  if (!ending) return new Promise(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, ending.afterMs));
  if (ending.signal === "SIGKILL") {
    process.client.isKilled = true;
    return "killed";
  }
  process.stop();
  return new Promise(() => undefined);
}

/** Does at most so many works at once, in the order in which they came. */
class Places {
  #free = atOnce;
  readonly #waiting: (() => void)[] = [];

  async take<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}

/** Reads what the state has, and plans what the program says: a gateway before what refers to it. */
class Planning {
  readonly said: Said[] = [];
  readonly #places = new Places();
  readonly #refreshed = new Map<string, Instance>();
  readonly #changes = new Map<string, Promise<Change | undefined>>();

  constructor(
    readonly process: Process,
    readonly program: Program,
    readonly state: State,
  ) {}

  async all(): Promise<{ said: Said[]; changes: Change[]; refreshed: State }> {
    const { program, state } = this;
    const wanted = new Set([...gatewaysOf(program), ...attachmentsOf(program)]);
    for (const address of gatewaysOf(program)) this.#begin(address, () => this.#one(address));
    for (const address of attachmentsOf(program))
      this.#begin(address, async () => {
        await this.#changes.get(referredBy(program, address));
        return this.#one(address);
      });
    for (const address of state.keys()) if (!wanted.has(address)) this.#begin(address, () => this.#one(address));
    const changes = (await Promise.all(this.#changes.values())).filter((change) => change !== undefined);
    return { said: this.said, changes, refreshed: this.#refreshed };
  }

  #begin(address: string, work: () => Promise<Change | undefined>): void {
    this.#changes.set(address, this.#saying(address, work));
  }

  async #saying<Result>(address: string, work: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await work();
    } catch (error) {
      this.said.push(...saidBy(address, diagnosticsOf(error, address)));
      return undefined;
    }
  }

  async #one(address: string): Promise<Change | undefined> {
    const before = this.state.get(address);
    const prior = before && (await this.#places.take(() => this.#read(address, before)));
    if (prior) this.#refreshed.set(address, prior);
    const kind = kindOf(address);
    const change = await this.#places.take(async () =>
      plannedChange(this.process, address, kind, await this.#config(address), prior, this.said),
    );
    return change;
  }

  async #config(address: string): Promise<ValueObject | null> {
    const gateway = await this.#changes.get(referredBy(this.program, address))?.catch(() => undefined);
    return configOf(this.program, address, gateway?.planned?.id ?? unknown);
  }

  async #read(address: string, before: Instance): Promise<Instance | undefined> {
    const request = { state: before.state, private: before.private, identity: undefined, ...this.process.connection() };
    const read = await definitions[before.kind].read(request);
    this.said.push(...saidBy(address, read.diagnostics ?? []));
    if (read.state === null) return undefined;
    return { ...before, state: read.state, private: stored(read.private ?? before.private) };
  }
}

interface StateFile {
  read(address: string): Instance | undefined;
  write(address: string, instance: Instance | undefined): void;
}

/** Carries a plan out: what is destroyed before what it refers to, what is made after it, everything else at once. */
class Applying {
  readonly said: Said[] = [];
  readonly #places = new Places();
  readonly #deletes = new Map<string, Promise<boolean>>();
  readonly #makes = new Map<string, Promise<boolean>>();

  constructor(
    readonly process: Process,
    readonly program: Program,
    readonly changes: readonly Change[],
    readonly file: StateFile,
  ) {}

  async all(): Promise<void> {
    const gone = this.changes.filter(({ action }) => action === "delete" || action === "replace");
    const made = this.changes.filter(({ action }) => action !== "delete" && action !== "none");
    // Everything is known before anything begins, since works wait for each other.
    const begin = lazily();
    for (const change of gone)
      this.#deletes.set(
        change.address,
        begin(async () => {
          const users = gone.filter(({ prior }) => prior?.after.includes(change.address));
          if (!(await allOf(users.map(({ address }) => this.#deletes.get(address))))) return false;
          return this.#step(change.address, () => this.#delete(change));
        }),
      );
    for (const change of made)
      this.#makes.set(
        change.address,
        begin(async () => {
          const before = [this.#deletes.get(change.address), this.#makes.get(referredBy(this.program, change.address))];
          if (!(await allOf(before))) return false;
          return this.#step(change.address, () => this.#make(change));
        }),
      );
    begin.now();
    await Promise.all([...this.#deletes.values(), ...this.#makes.values()]);
  }

  /** True where it was done. Once stopped, an engine begins nothing more. */
  #step(address: string, work: () => Promise<boolean>): Promise<boolean> {
    return this.#places.take(async () => {
      if (this.process.isStopped || this.process.client.isKilled) return false;
      try {
        return await work();
      } catch (error) {
        this.said.push(...saidBy(address, diagnosticsOf(error, address)));
        return false;
      }
    });
  }

  async #delete({ address, kind, prior, private: kept }: Change): Promise<boolean> {
    const request = { prior: prior!.state, private: kept, identity: undefined, ...this.process.connection() };
    const gone = await definitions[kind].delete(request);
    this.said.push(...saidBy(address, gone?.diagnostics ?? []));
    this.file.write(address, undefined);
    return true;
  }

  async #make({ address, kind, prior: before, action, private: kept }: Change): Promise<boolean> {
    const prior = action === "update" ? before : undefined;
    const config = configOf(
      this.program,
      address,
      this.file.read(referredBy(this.program, address))?.state.id ?? unknown,
    )!;
    // Core plans once more, now that everything is known.
    const again = await plannedChange(
      this.process,
      address,
      kind,
      config,
      prior,
      this.said,
      action === "replace" ? kept : {},
    );
    const planned = again.planned!;
    const request = {
      ...{ planned, config, private: again.private, identity: undefined },
      ...this.process.connection(),
    };
    const { create, update } = definitions[kind];
    const after = kind === "attachment" ? [referredBy(this.program, address)] : [];
    try {
      const result = await (prior ? update!({ ...request, prior: prior.state }) : create(request));
      if (!isWhollyKnown(result.state)) throw new Error("a value is unknown after the apply");
      this.said.push(...saidBy(address, result.diagnostics ?? []));
      const instance = { kind, state: result.state, private: stored(result.private ?? again.private), after };
      this.file.write(address, { ...instance, tainted: false });
      return !(result.diagnostics ?? []).some(({ severity }) => severity === "error");
    } catch (error) {
      if (error instanceof PartialApply) {
        const instance = {
          kind,
          state: knownOf(error.state as ValueObject),
          private: stored(error.private ?? again.private),
          after,
        };
        this.file.write(address, { ...instance, tainted: prior === undefined });
      }
      throw error;
    }
  }
}

/** Plans one resource; of a replacement, what is made. */
async function plannedChange(
  process: Process,
  address: string,
  kind: Kind,
  config: ValueObject | null,
  prior: Instance | undefined,
  said: Said[],
  keptBeside: PrivateState = {},
): Promise<Change> {
  const { schema, plan } = definitions[kind];
  const connection = process.connection();
  const planned = async (before: Instance | undefined, priorPrivate: PrivateState) => {
    const proposed = config && proposedFrom(kind, config, before?.state);
    const library =
      config && proposed ? planChange(schema, { config, prior: before?.state ?? null, proposed }) : undefined;
    const own = await plan!({
      ...{ prior: before?.state ?? null, proposed: library?.planned ?? null, config, priorPrivate },
      ...{ priorIdentity: undefined, requiresReplace: library?.requiresReplace ?? [], ...connection },
    });
    said.push(...saidBy(address, own.diagnostics ?? []));
    return {
      planned: library ? (own.planned ?? library.planned) : null,
      private: stored(own.private ?? priorPrivate),
      replaces: own.requiresReplace ?? library?.requiresReplace ?? [],
    };
  };
  const change = { address, kind, prior };
  if (!config) {
    const gone = await planned(prior, prior?.private ?? {});
    return { ...change, action: prior ? "delete" : "none", planned: null, private: gone.private };
  }
  if (!prior || prior.tainted) {
    const made = await planned(undefined, keptBeside);
    return { ...change, ...made, action: prior ? "replace" : "create" };
  }
  const kept = await planned(prior, prior.private);
  if (kept.replaces.length > 0) {
    const made = await planned(undefined, kept.private);
    return { ...change, ...made, action: "replace" };
  }
  return { ...change, ...kept, action: equalValues(schema.type, kept.planned!, prior.state) ? "none" : "update" };
}

/** What the program says, with what it leaves to the provider as it was. */
function proposedFrom(kind: Kind, config: ValueObject, prior: ValueObject | undefined): ValueObject {
  const computed = definitions[kind].schema.object.children.filter((child) => child.computed).map(({ name }) => name);
  return { ...config, ...Object.fromEntries(computed.map((name) => [name, config[name] ?? prior?.[name] ?? null])) };
}

const gatewaysOf = ({ gateways }: Program) => [...gateways.keys()].map((name) => `gateway.${name}`);
const attachmentsOf = ({ attachments }: Program) => [...attachments.keys()].map((name) => `attachment.${name}`);
const kindOf = (address: string) => address.slice(0, address.indexOf(".")) as Kind;
const nameOf = (address: string) => address.slice(address.indexOf(".") + 1);

/** The address of what a block refers to; empty where it refers to nothing. */
function referredBy({ attachments }: Program, address: string): string {
  const block = kindOf(address) === "attachment" ? attachments.get(nameOf(address)) : undefined;
  return block ? `gateway.${block.gateway}` : "";
}

/** A block as core hands it over: every attribute, null where it is left out. Null where the program has no such block. */
function configOf({ gateways, attachments }: Program, address: string, gatewayId: Value): ValueObject | null {
  const kind = kindOf(address);
  const nothing = Object.fromEntries(definitions[kind].schema.object.children.map(({ name }) => [name, null]));
  if (kind === "gateway") {
    const block = gateways.get(nameOf(address));
    if (!block) return null;
    const fixed = { providerType: "manual", authorizationServerUrl: issuer, metadataCheck: "off" };
    return { ...nothing, ...toAttributes(profileFields, { ...fixed, ...block }) };
  }
  const block = attachments.get(nameOf(address));
  if (!block) return null;
  return { ...nothing, server_id: block.server, gateway_id: gatewayId, public_id: block.publicId ?? null };
}

function saidBy(address: string, diagnostics: readonly Diagnostic[]): Said[] {
  return diagnostics.map(({ severity, summary, detail = "" }) => ({
    address,
    severity,
    text: `${summary}. ${detail}`,
  }));
}

/** As it comes out of a state file: what is kept beside a state is JSON there. */
function stored(kept: PrivateState): PrivateState {
  return JSON.parse(JSON.stringify(kept)) as PrivateState;
}

function knownOf(state: ValueObject): ValueObject {
  return Object.fromEntries(Object.entries(state).map(([name, value]) => [name, isWhollyKnown(value) ? value : null]));
}

async function allOf(works: readonly (Promise<boolean> | undefined)[]): Promise<boolean> {
  return (await Promise.all(works)).every((done) => done !== false);
}

/** Promises that are there before any of their works begins. */
function lazily() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const begin = (work: () => Promise<boolean>) => opened.then(work);
  return Object.assign(begin, { now: () => open() });
}
