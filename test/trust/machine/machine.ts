// The world with one program, held by both engines at once; after every step the invariants are asked for.
import { type AcceptedMetadata, type GatewayProfile, type ProfileField, sameJson, storedFields } from "@mcpstack/model";
import type { Applied, Configured, Driver, Kept, Planned, ProviderConfiguration, Said } from "./driver";
import { choiceOf, inShort, looksAtAll, onlyServer, RuleBroken, Witness } from "./invariants";
import { Publishers } from "./publishers";
import { Pulumi } from "./pulumi";
import { Service } from "./service";
import { type Edit, edits, firstProfile, type Happening, plainUp, type Step, type Story, type Up } from "./steps";
import { Terraform } from "./terraform";

/** How often what is worth seeing was seen. */
export type Counts = Record<string, number>;

interface Engine {
  readonly driver: Driver;
  readonly witness: Witness;
}

/** One engine's part in an `up`. */
interface Turn {
  readonly engine: Engine;
  readonly before: Kept | undefined;
  readonly planned: Planned;
  readonly refreshed: boolean;
  /** Without a refresh, Terraform knows only what was published when it last looked. */
  readonly looked: boolean;
  /** Looking was off until now: what can be told by looking alone shows in the plan after this one. */
  readonly blind: boolean;
  readonly refusedInPlan: readonly string[];
  applied?: Applied;
}

export async function play(story: Story, counts: Counts = {}): Promise<void> {
  const machine = new Machine(story, counts);
  for (const step of story.before) await machine.take(step);
  for (const step of [{ ...plainUp, again: false }, ...story.steps]) await machine.take(step);
}

class Machine {
  readonly #publishers = new Publishers();
  readonly #engines: readonly [Engine, Engine];
  #profile = firstProfile;
  #provider: ProviderConfiguration;
  /** What was published since the program chose what it chooses. */
  #seen: AcceptedMetadata[] = [];
  /** Whether the engines may differ, since they could not know the same; ends when they keep the same again. */
  #apart = false;

  constructor(
    { behaviour, provider }: Story,
    readonly counts: Counts,
  ) {
    this.#provider = provider;
    const engine = (Made: typeof Terraform | typeof Pulumi): Engine => {
      const service = new Service(behaviour, this.#publishers);
      const driver = new Made(service, this.#publishers);
      return { driver, witness: new Witness(driver.name, service, this.#publishers) };
    };
    this.#engines = [engine(Terraform), engine(Pulumi)];
  }

  async take(step: Step): Promise<void> {
    switch (step.do) {
      case "edit":
        return this.#edit(edited(this.#profile, [step.edit]));
      case "configure":
        return this.#configure(step.provider);
      case "plan":
      case "up":
        return this.#up(step);
      case "refresh":
        return this.#refresh();
      case "import":
        return this.#import();
      case "replace":
        await this.#destroy();
        return this.#up(plainUp);
      case "destroy":
        return this.#destroy();
      case "upgrade":
        return this.#upgrade(step.from);
      default:
        return this.#happen(step);
    }
  }

  #count(what: string): void {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
  }

  #edit(profile: GatewayProfile): void {
    if (choiceOf(profile) !== choiceOf(this.#profile)) this.#seen = [];
    this.#profile = profile;
    this.#look();
  }

  #configure(provider: ProviderConfiguration): void {
    this.#provider = provider;
  }

  #look(): void {
    const { metadata } = this.#publishers.chosen(this.#profile);
    if (metadata && !this.#seen.includes(metadata)) this.#seen.push(metadata);
  }

  #happen(step: Happening): void {
    if (step.do === "move") this.#publishers.move(step.issuer, step.to);
    else if (step.do === "move resource") this.#publishers.moveResource(step.resource, step.to);
    else
      for (const { driver } of this.#engines) {
        if (step.do === "service looks again") driver.service.follow();
        else driver.service.edit(step.field, step.to ?? undefined);
      }
    this.#look();
  }

  /** Whether everybody answers that the program leads to, or led to: only then two looks are sure to see the same. */
  #everybodyAnswers(): boolean {
    const written = this.#engines.flatMap(({ witness }) => witness.written ?? []);
    const answers = (authorizationServerUrl: string, metadataUrl?: string) =>
      this.#publishers.chosen({ authorizationServerUrl, metadataUrl }).answers !== "down";
    return [this.#profile, ...written].every(
      ({ authorizationServerUrl, metadataUrl, clientId, resource }) =>
        answers(authorizationServerUrl, metadataUrl) &&
        (clientId === undefined || !clientId.startsWith("https:") || answers(clientId)) &&
        this.#publishers.resourceAnswer(resource) !== "down",
    );
  }

  async #up(step: Up): Promise<void> {
    const unknown = [...new Set(step.unknown.flatMap(({ edit }) => Object.keys(edits[edit])))] as ProfileField[];
    const becoming = step.unknown.filter(({ becomes }) => becomes === "that").map(({ edit }) => edit);
    const profile = edited(this.#profile, becoming);
    // What is not known in the plan is decided in the apply: by then the program has chosen it.
    if (choiceOf(profile) !== choiceOf(this.#profile)) this.#seen = [];
    this.#profile = profile;
    this.#look();
    this.#comparable();
    if (step.providerBecomes) this.#provider = step.providerBecomes;
    if (!step.refresh || isOpen(step) || !this.#everybodyAnswers()) this.#apart = true;

    const inPlan: Configured = { profile, unknown, provider: this.#provider };
    const inApply: Configured = { ...inPlan, unknown: [] };
    const turns: Turn[] = [];
    for (const engine of this.#engines) turns.push(await this.#plan(engine, step, inPlan));
    const [terraform, pulumi] = turns as [Turn, Turn];
    if (turns.some(({ blind }) => blind)) this.#apart = true;
    if (!this.#apart) this.#samePlans(terraform, pulumi, step);
    for (const name of unknown) this.#count(`unknown ${name}`);
    if (isOpen(step)) this.#count("unknown provider");
    if (step.do === "plan") return;

    for (const happening of step.between) this.#happen(happening);
    if (step.between.length > 0) this.#apart = true;
    if (!this.#everybodyAnswers()) this.#apart = true;
    for (const turn of turns) await this.#apply(turn, step, inApply);
    if (!this.#apart) this.#sameApplies(terraform, pulumi);
    for (const turn of turns)
      if (turn.applied && turn.applied.failure === undefined) await this.#quiet(turn, step, inApply);
  }

  async #plan(engine: Engine, step: Up, configured: Configured): Promise<Turn> {
    const { driver, witness } = engine;
    witness.begins();
    const before = driver.kept;
    const open = isOpen(step) && driver.name === "Terraform";
    const seenByDriver = open ? { ...configured, provider: undefined } : configured;
    const planned = await driver.plan(seenByDriver, step);
    const refreshed = step.refresh && !open ? planned.prior : undefined;
    if (before && refreshed) witness.refreshed(before, refreshed, this.#provider);
    const looked = driver.name === "Pulumi" || (step.refresh && !open);
    const warnsOnly = step.beforeDestroy && driver.name === "Terraform";
    witness.planned(planned, seenByDriver, { looked, warnsOnly });
    const refusedInPlan = looksAtAll(configured.profile, this.#provider)
      ? witness.refusedNow(configured.profile, this.#provider)
      : [];
    if (refusedInPlan.length > 0) this.#count("refused move");
    if (refusedInPlan.length > 0 && planned.changes) this.#count("refused move beside an edit");
    if (planned.refused) this.#count("a plan refused");
    const looks = looksAtAll(configured.profile, this.#provider);
    const { written } = witness;
    const turnsOn = written !== undefined && looks && !looksAtAll(written, this.#provider);
    const remembersNothing = planned.prior !== undefined && planned.prior.memory.discovered === undefined && looks;
    const blind = turnsOn || (driver.name === "Terraform" && remembersNothing);
    return { engine, before, planned, refreshed: refreshed !== undefined, looked, blind, refusedInPlan };
  }

  async #apply(turn: Turn, step: Up, configured: Configured): Promise<void> {
    const { driver, witness } = turn.engine;
    if (turn.planned.refused) return;
    const { writes } = driver.service;
    const accepted = witness.accepted;
    const keeps = witness.keeps(configured.profile);
    const applied = await driver.apply(configured);
    if (turn.refreshed) witness.refreshKept();
    turn.applied = applied;
    if (applied.failure !== undefined) {
      this.#count("an apply refused");
      if (driver.service.writes !== writes)
        throw new RuleBroken("plan equals apply", `${driver.name}: an apply that was refused wrote to the API`);
      return;
    }
    const { kept } = driver;
    if (!kept) throw new Error("nothing came of an apply");
    if (step.between.length === 0) this.#asPlanned(turn, kept);
    const wrote = driver.service.writes !== writes;
    if (turn.before && driver.service.touched.size > 0 && !wrote) this.#count("edit at the API left");
    const settled = turn.looked && step.between.length === 0;
    witness.applied(kept, configured, this.#seen, { wrote, settled, blind: turn.blind });
    const now = kept.state.metadata;
    if (!keeps && now) this.#count(accepted ? "another issuer accepted" : "first acceptance");
    if (keeps && !sameJson(onlyServer(accepted), onlyServer(now))) this.#count("accepted move");
    if (turn.refusedInPlan.length > 0 && wrote) this.#count("refused move survived a write");
    if (step.between.length > 0) this.#count("a world that moved before the apply");
    if (wrote && turn.before) this.#count("update");
  }

  /** Whatever the plan said is known is what came of it. */
  #asPlanned({ engine: { driver }, planned, applied }: Turn, { state }: Kept): void {
    if (!planned.changes && driver.name === "Terraform") return;
    for (const plan of [planned, applied?.again ?? planned]) {
      if (plan.metadata.unknown.length === 7) continue;
      const { resource, ...server } = state.metadata ?? {};
      const after: AcceptedMetadata = { ...server, ...(resource === undefined ? {} : { resource }) };
      const known = Object.entries(after).filter(([name]) => !plan.metadata.unknown.includes(name as "issuer"));
      const same = sameJson(plan.metadata.value ?? {}, Object.fromEntries(known));
      const exists =
        plan.metadata.unknown.length > 0 || (plan.metadata.value === undefined) === (state.metadata === undefined);
      if (same && exists) continue;
      throw new RuleBroken(
        "plan equals apply",
        `${driver.name}: metadata was planned as\n  ${JSON.stringify(plan.metadata)}\nand became\n  ${JSON.stringify(state.metadata)}`,
      );
    }
  }

  /** Where nothing has happened since, the next plan is empty, and a refresh finds nothing. */
  async #quiet({ engine: { driver }, blind }: Turn, step: Up, configured: Configured): Promise<void> {
    if (!step.again || step.between.length > 0 || !step.refresh || (isOpen(step) && driver.name === "Terraform"))
      return;
    const { kept } = driver;
    const next = await driver.plan(configured, { refresh: true });
    this.#count("quiet");
    const broken = (what: string, before: unknown, after: unknown): never => {
      const values = `\n  ${JSON.stringify(before)}\n  ${JSON.stringify(after)}`;
      throw new RuleBroken(
        "drift is what a person did",
        `${driver.name}: ${what} after an apply in a quiet world.${values}`,
      );
    };
    const unseen = blind && driver.service.touched.size > 0;
    if (!unseen && !sameJson(kept, next.prior)) broken("a refresh finds something", kept, next.prior);
    if (next.changes && !blind) broken("the plan is not empty", kept?.state, next.metadata);
  }

  async #refresh(): Promise<void> {
    if (!this.#everybodyAnswers()) this.#apart = true;
    for (const { driver, witness } of this.#engines) await this.#refreshOne(driver, witness);
    this.#comparable();
  }

  async #refreshOne(driver: Driver, witness: Witness): Promise<void> {
    const before = driver.kept;
    if (!before) return;
    witness.begins();
    const said = await driver.refresh(this.#provider);
    if (said.some(({ severity }) => severity === "error")) this.#vetoed(driver, said);
    if (driver.kept) witness.refreshed(before, driver.kept, this.#provider);
    witness.refreshKept();
    this.#count("refresh kept");
  }

  async #import(): Promise<void> {
    this.#apart = true;
    this.#look();
    const configured = { profile: this.#profile, unknown: [], provider: this.#provider };
    for (const { driver, witness } of this.#engines) {
      if (!driver.kept) continue;
      const as = await driver.import(configured);
      if (!as || !driver.kept) continue;
      witness.imported(driver.kept, as === "found" ? driver.kept.state : this.#profile, this.#provider);
      await this.#refreshOne(driver, witness);
      this.#count("import");
    }
  }

  async #destroy(): Promise<void> {
    for (const { driver, witness } of this.#engines) {
      if (!driver.kept) continue;
      if (witness.refusedNow(this.#profile, this.#provider).length > 0) this.#count("destroy beside a refused move");
      const said = await driver.destroy(this.#provider);
      if (said.length > 0) this.#vetoed(driver, said);
      if (driver.service.exists)
        throw new RuleBroken("a destroy is never vetoed", `${driver.name}: the gateway is there still`);
      witness.gone();
      this.#count("destroy");
    }
  }

  #vetoed({ name }: Driver, said: readonly Said[]): never {
    throw new RuleBroken("a destroy is never vetoed", `${name}: ${said.map(inShort).join(", ")}`);
  }

  #upgrade(from: "discovered" | "nothing"): void {
    for (const { driver, witness } of this.#engines) {
      if (!driver.kept) continue;
      driver.forget(from);
      witness.forgot(driver.kept);
      this.#count("upgrade");
    }
  }

  /** Whether both keep the same; where they do not, there must have been a reason. */
  #comparable(): boolean {
    const [one, other] = this.#engines.map(({ driver }) => comparedOf(driver));
    const same = sameJson(one, other);
    if (same) this.#apart = false;
    else if (!this.#apart) this.#differ("what is kept", one, other);
    return same;
  }

  #samePlans(terraform: Turn, pulumi: Turn, { unknown, beforeDestroy }: Up): void {
    this.#count("plans compared");
    const [left, right] = [terraform.planned, pulumi.planned];
    if (beforeDestroy && right.refused) return;
    if (left.refused !== right.refused) this.#differ("whether the plan is refused", left.said, right.said);
    const said = (plan: Planned) => plan.said.map((one) => JSON.stringify(one)).sort();
    if (!sameJson(said(left), said(right))) this.#differ("what is said in the plan", said(left), said(right));
    if (left.refused) return;
    const both = (plan: Planned, other: Planned) =>
      Object.fromEntries(
        Object.entries(plan.metadata.value ?? {}).filter(
          ([name]) => !other.metadata.unknown.includes(name as "issuer"),
        ),
      );
    if (!sameJson(both(left, right), both(right, left)))
      this.#differ("what is known of metadata in the plan", left.metadata, right.metadata);
    // What a refresh found and the program now says is nothing to write to Terraform; Pulumi remembers it by an update.
    const { written } = left.prior?.memory ?? {};
    const takenOver =
      right.changes && written && storedFields.some((name) => !sameJson(written[name], this.#profile[name]));
    if (unknown.length === 0 && left.changes !== right.changes && left.metadata.unknown.length === 0 && !takenOver)
      this.#differ("whether the plan changes anything", left.changes, right.changes);
  }

  #sameApplies(terraform: Turn, pulumi: Turn): void {
    this.#count("applies compared");
    const failed = (turn: Turn) => turn.planned.refused || turn.applied?.failure !== undefined;
    // A plan that only warns, and finds nothing to write, leaves no apply to be refused.
    const idle = !terraform.planned.refused && !terraform.planned.changes;
    if (failed(terraform) !== failed(pulumi) && !idle)
      this.#differ("whether the apply is refused", terraform.applied?.failure ?? "", pulumi.applied?.failure ?? "");
    // The plan that only warned has kept its refresh, and the refused one has not.
    if (terraform.planned.refused !== pulumi.planned.refused) this.#apart = true;
    this.#comparable();
  }

  #differ(what: string, terraform: unknown, pulumi: unknown): never {
    throw new RuleBroken(
      "same decision",
      `Terraform and Pulumi differ in ${what}.\n  ${JSON.stringify(terraform)}\n  ${JSON.stringify(pulumi)}`,
    );
  }
}

/** Whether Terraform's provider does not know its configuration in the plan. */
function isOpen({ providerBecomes }: Up): boolean {
  return providerBecomes !== undefined;
}

function edited(profile: GatewayProfile, by: readonly Edit[]): GatewayProfile {
  return Object.assign({}, profile, ...by.map((edit) => edits[edit]));
}

/**
 * What both engines must make alike: the state, the baseline, and what the API holds. What was published, Pulumi reads anew each time; what
 * was written, each has written only where it had something to write.
 */
function comparedOf({ kept, service }: Driver) {
  if (!kept) return undefined;
  const { state, memory } = kept;
  return { state, filled: memory.filled, set: service.set, observed: service.observed };
}
