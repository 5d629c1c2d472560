// Terraform, as far as it matters to one gateway: the provider's own operations, called in the order and with the values of core.
import { gatewayFields, type ProfileField, profileFields, snakeCase } from "@mcpstack/model";
import { rememberedGateway } from "@mcpstack/reconciler";
import {
  type Context,
  type Diagnostic,
  equalValues,
  isObject,
  isUnknown,
  isWhollyKnown,
  type PrivateState,
  unknown,
  type Value,
  type ValueObject,
} from "@mcpstack/tfplugin";
import { gatewayResource } from "../../../packages/terraform-provider/src/gateway/resource";
import { gatewayState } from "../../../packages/terraform-provider/src/gateway/state";
import { fromAttributes, known, toAttributes } from "../../../packages/terraform-provider/src/values/convert";
import { planChange } from "../../../packages/tfplugin/src/plan/plan-change";
import {
  type Applied,
  type Configured,
  type Driver,
  type Kept,
  type Planned,
  type PlanOptions,
  type ProviderConfiguration,
  runOf,
  type Said,
  saidIn,
} from "./driver";
import { RuleBroken } from "./invariants";
import type { Publishers } from "./publishers";
import type { Service } from "./service";

interface Instance {
  readonly state: ValueObject;
  readonly private: PrivateState;
}

interface TerraformPlan extends Planned {
  readonly instance: Instance | undefined;
  readonly planned: ValueObject;
  readonly ctx: Context;
}

const { schema } = gatewayResource;
const { plan, update, import: adopt } = gatewayResource;
if (!plan || !update || !adopt) throw new Error("the gateway's resource lacks an operation");
const operations = { plan, update, adopt };
const computed = Object.fromEntries(
  schema.object.children.filter((child) => child.computed).map(({ name }) => [name, null]),
);
const profileNames = new Set(Object.keys(profileFields).map(snakeCase));

export class Terraform implements Driver {
  readonly name = "Terraform";
  #instance: Instance | undefined;
  #last: TerraformPlan | undefined;

  constructor(
    readonly service: Service,
    readonly publishers: Publishers,
  ) {}

  get kept(): Kept | undefined {
    return this.#instance && keptOf(this.#instance);
  }

  async plan(configured: Configured, { refresh, beforeDestroy = false }: PlanOptions): Promise<Planned> {
    const { provider } = configured;
    // While its configuration is not known, the provider leaves what it shall read as it is.
    const read =
      refresh && provider ? await this.#read(this.#instance, provider) : { instance: this.#instance, said: [] };
    const planned = await this.#plan(configured, read.instance, { ...ctx, mayPrecedeDestroy: () => beforeDestroy });
    // The process that refreshes is the one that plans: what it said it does not say again.
    const said = unrepeated([...read.said, ...planned.said]);
    this.#last = { ...planned, said };
    return this.#last;
  }

  async apply(configured: Configured): Promise<Applied> {
    const first = this.#last;
    if (!first || first.refused) throw new Error("there is no plan to apply");
    this.#instance = first.instance;
    if (!first.changes) return { again: first };
    const again = await this.#plan(configured, first.instance, first.ctx);
    if (again.refused) return { again, failure: codesOf(again.said) };
    mustAgree("the second plan", first.planned, again.planned);
    const client = runOf(this.service, this.publishers, providerOf(configured));
    const { private: kept = {} } = first.instance ?? {};
    const config = configOf(configured);
    const request = { planned: again.planned, config, private: kept, identity: undefined, client, ctx };
    try {
      const prior = first.instance?.state;
      const result = await (prior ? operations.update({ ...request, prior }) : gatewayResource.create(request));
      mustAgree("the result of the apply", again.planned, result.state);
      if (!isWhollyKnown(result.state)) throw new RuleBroken("plan equals apply", "a value is unknown after the apply");
      this.#instance = stored({ state: result.state, private: result.private ?? kept });
      return { again };
    } catch (error) {
      if (isFindingsRefuse(error)) return { again, failure: "findings_refuse" };
      throw error;
    }
  }

  async refresh(provider: ProviderConfiguration): Promise<readonly Said[]> {
    const { instance, said } = await this.#read(this.#instance, provider);
    this.#instance = instance;
    return said;
  }

  async import(configured: Configured): Promise<"found"> {
    const client = runOf(this.service, this.publishers, providerOf(configured));
    const id = this.#instance?.state.id as string;
    const result = await operations.adopt({ id, identity: undefined, client, ctx });
    if (result.state) this.#instance = stored({ state: result.state, private: result.private ?? {} });
    return "found";
  }

  async destroy(provider: ProviderConfiguration): Promise<readonly Said[]> {
    if (!this.#instance) return [];
    const { instance, said } = await this.#read(this.#instance, provider);
    if (!instance) throw new Error("it is gone");
    const client = runOf(this.service, this.publishers, provider);
    const { state: prior, private: priorPrivate } = instance;
    const request = { prior, proposed: null, config: null, priorPrivate, priorIdentity: undefined, client, ctx };
    const decided = await operations.plan({ ...request, requiresReplace: [] });
    await gatewayResource.delete({ prior, private: priorPrivate, identity: undefined, client, ctx });
    this.#instance = undefined;
    // A refresh may warn before a destroy.
    const against = said.filter(({ severity }) => severity === "error");
    return [...against, ...saidOf(decided.diagnostics ?? [])];
  }

  forget(older: "discovered" | "nothing"): void {
    if (!this.#instance) return;
    const { discovered } = this.#instance.private;
    const kept: PrivateState = older === "discovered" && discovered !== undefined ? { discovered } : {};
    this.#instance = { ...this.#instance, private: kept };
  }

  async #read(
    instance: Instance | undefined,
    provider: ProviderConfiguration,
  ): Promise<{ instance: Instance | undefined; said: readonly Said[] }> {
    if (!instance) return { instance, said: [] };
    const client = runOf(this.service, this.publishers, provider);
    const read = await gatewayResource.read({ ...instance, identity: undefined, client, ctx });
    if (read.state === null) throw new Error("it is gone");
    const now = stored({ state: read.state, private: read.private ?? instance.private });
    return { instance: now, said: saidOf(read.diagnostics ?? []) };
  }

  async #plan(configured: Configured, instance: Instance | undefined, inPlan: Context): Promise<TerraformPlan> {
    const { provider } = configured;
    const client = provider && runOf(this.service, this.publishers, provider);
    const config = configOf(configured);
    const prior = instance?.state ?? null;
    const proposed = { ...config };
    if (prior) for (const name of Object.keys(computed)) proposed[name] = prior[name] ?? null;
    const library = planChange(schema, { config, prior, proposed });
    const own = await operations.plan({
      prior,
      proposed: library.planned,
      config,
      priorPrivate: instance?.private ?? {},
      priorIdentity: undefined,
      requiresReplace: library.requiresReplace,
      client,
      ctx: inPlan,
    });
    const planned = own.planned ?? library.planned;
    const said = saidOf(own.diagnostics ?? []);
    return {
      prior: instance && keptOf(instance),
      instance,
      planned,
      ctx: inPlan,
      changes: !equalValues(schema.type, planned, prior),
      metadata: metadataOf(planned.metadata ?? null),
      said,
      refused: said.some(({ severity }) => severity === "error"),
    };
  }
}

const ctx: Context = {
  signal: new AbortController().signal,
  log: { trace() {}, debug() {}, info() {}, warn() {}, error() {}, enabled: () => false },
  terraformVersion: "1.11.4",
  deferralAllowed: false,
  writeOnlyAllowed: true,
  mayPrecedeDestroy: () => false,
  once: (_, compute) => compute(),
};

/** Every attribute is there, null where the program leaves it out. */
function configOf({ profile, unknown: open }: Configured): ValueObject {
  const names = new Set<string>(open.map((name: ProfileField) => snakeCase(name)));
  const written = Object.entries(toAttributes(profileFields, { ...profile })).filter(([name]) =>
    profileNames.has(name),
  );
  return {
    ...computed,
    ...Object.fromEntries(written.map(([name, value]) => [name, names.has(name) ? unknown : value])),
  };
}

function providerOf({ provider }: Configured): ProviderConfiguration {
  if (!provider) throw new Error("the provider's configuration is known in an apply");
  return provider;
}

function keptOf({ state, private: kept }: Instance): Kept {
  return { state: gatewayState(state), memory: rememberedGateway(kept) };
}

/** As it comes out of a state file: what is kept beside a state is JSON there. */
function stored({ state, private: kept }: Instance): Instance {
  return { state, private: JSON.parse(JSON.stringify(kept)) as PrivateState };
}

function metadataOf(planned: Value): Planned["metadata"] {
  const names = Object.keys(gatewayFields.metadata.fields) as (keyof typeof gatewayFields.metadata.fields)[];
  if (isUnknown(planned)) return { value: undefined, unknown: names };
  if (!isObject(planned)) return { value: undefined, unknown: [] };
  const values = fromAttributes(gatewayFields.metadata.fields, planned);
  return { value: known(values), unknown: names.filter((name) => isUnknown(values[name] as Value)) };
}

function saidOf(diagnostics: readonly Diagnostic[]): Said[] {
  return diagnostics.map(({ severity, detail = "" }) => saidIn(detail, severity === "error" ? "error" : "warn"));
}

function unrepeated(said: readonly Said[]): Said[] {
  return [...new Map(said.map((one) => [JSON.stringify(one), one])).values()];
}

function codesOf(said: readonly Said[]): string {
  return said.map(({ code }) => code).join(", ");
}

function isFindingsRefuse(error: unknown): boolean {
  const { code, diagnostics } = error as { readonly code?: unknown; readonly diagnostics?: unknown };
  return code === "findings_refuse" || JSON.stringify(diagnostics ?? "").includes("(findings_refuse)");
}

/** Core's own rule: what was known stays, at every depth. */
function mustAgree(what: string, before: Value, after: Value, path = ""): void {
  if (isUnknown(before)) return;
  if (isObject(before) && isObject(after)) {
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)]))
      mustAgree(what, before[name] ?? null, after[name] ?? null, path === "" ? name : `${path}.${name}`);
    return;
  }
  if (sameList(before, after)) return;
  throw new RuleBroken(
    "plan equals apply",
    `${what} contradicts the plan at ${path}: ${JSON.stringify(before)} became ${isUnknown(after) ? "unknown" : JSON.stringify(after)}`,
  );
}

/** Lists of this resource that are sets are kept in one order by everybody. */
function sameList(before: Value, after: Value): boolean {
  return before === after || JSON.stringify(before) === JSON.stringify(after);
}
