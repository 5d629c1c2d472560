// A story: a program that is edited and applied while things go wrong, and then once more in peace. From a seed alone.
import {
  type BehaviourName,
  behaviourNames,
  behaviourSwitches,
  defaultBehaviour,
  type ServerBehaviour,
} from "@mcpstack/local-api";
import { assertAgreement, Broken, Others, orphans } from "./agreement";
import { Core } from "./core";
import { type Ending, type Engine, type Outcome, signals } from "./engine";
import { addOthers, beginNames, edited, emptyProgram, meddle, othersSlug, type Program, slugs } from "./program";
import { type Random, randomFor, someOf } from "./random";
import { Service } from "./service";
import { aims, type FaultKind, faultKinds, Strikes } from "./strikes";
import { inVirtualTime } from "./virtual-time";

export interface StoryOptions {
  /** Faults that may happen. Default: all. */
  readonly kinds?: readonly FaultKind[] | undefined;
  /** Signals by which somebody may end an apply. Default: all. */
  readonly signals?: readonly Ending["signal"][] | undefined;
  /** Told what happens, a line each. Default: nobody. */
  readonly tell?: ((line: string) => void) | undefined;
  /** Is counted into. Default: nothing is counted. */
  readonly counts?: Counts | undefined;
}

/** How often something was seen in stories, so that they are known to reach what they are there for. */
export type Counts = Record<string, number>;

/** How a story goes that takes real time, or none. */
export interface Pace {
  readonly rounds: (random: Random) => number;
  /** How long after its first write an apply may be ended, in milliseconds: one of these is the most. */
  readonly endsWithin: readonly number[];
  readonly whom: readonly Ending["whom"][];
  /** How long until what a killed process has sent has arrived, in milliseconds. */
  readonly settlesWithin: number;
  /** What passes between the applies, in milliseconds: one of these. */
  readonly pauses: readonly number[];
}

const corePace: Pace = {
  rounds: (random) => 2 + random.below(3),
  endsWithin: [200, 1_000, 10_000],
  whom: ["both"],
  settlesWithin: 60_000,
  pauses: [0, 1_000, 60_000],
};

/** Plays the story of a seed at the core. Throws `Broken` where something does not hold; whatever else is thrown is a fault too. */
export function play(seed: number, options: StoryOptions = {}): Promise<void> {
  const random = Math.random;
  const drawn = randomFor(seed, "jitter");
  // What the provider draws replays as well.
  Math.random = () => drawn.below(1 << 30) / (1 << 30);
  return inVirtualTime(() => {
    const service = serviceFor(seed);
    return new Story(seed, options, service, new Core(service, randomFor(seed, "latency")), corePace).play();
  }).finally(() => {
    Math.random = random;
  });
}

/** The service of a seed's story, with what others have there. */
export function serviceFor(seed: number): Service {
  beginNames();
  const service = new Service(behaviourOf(randomFor(seed, "behaviour")), [...slugs, othersSlug]);
  addOthers(service.store);
  return service;
}

export class Story {
  readonly #seed: number;
  readonly #options: StoryOptions;
  readonly #service: Service;
  readonly #engine: Engine;
  readonly #pace: Pace;
  readonly #others: Others;
  #program: Program = emptyProgram;

  constructor(seed: number, options: StoryOptions, service: Service, engine: Engine, pace: Pace) {
    this.#seed = seed;
    this.#options = options;
    this.#service = service;
    this.#engine = engine;
    this.#pace = pace;
    this.#others = new Others(service.store);
    this.#tell(`The service: ${JSON.stringify(differing(service.behaviour))}`);
  }

  async play(): Promise<void> {
    const random = this.#random("program");
    const rounds = this.#pace.rounds(random);
    for (let round = 1; round <= rounds; round += 1) {
      const { program, done } = edited(this.#program, random, round === 1 ? 3 + random.below(4) : random.below(4));
      this.#program = program;
      this.#tell(`Round ${round}. Edits: ${done.join("; ") || "none"}.`);
      this.#tell(
        `  program: ${JSON.stringify([Object.fromEntries(program.gateways), Object.fromEntries(program.attachments)])}`,
      );
      const meddled = round > 1 && random.below(3) === 0 ? meddle(this.#service.store, random) : undefined;
      for (const one of done) this.#count(`edit: ${one}`);
      if (meddled) this.#count(`others: ${meddled}`);
      if (meddled) this.#tell(`  Others: ${meddled}.`);
      this.#others.remember();
      await this.#strucken(round);
      await this.#inPeace();
    }
  }

  async #strucken(round: number): Promise<void> {
    const random = this.#random(`faults of round ${round}`);
    const kinds = someOf(random, this.#options.kinds ?? faultKinds);
    const isQuiet = random.below(8) === 0;
    this.#service.strikes = isQuiet
      ? undefined
      : new Strikes(random, kinds, {
          aim: random.pick([...aims, "writes"]),
          oneIn: random.pick([1, 2, 4, 10]),
          most: random.pick([1, 2, 5, 20]),
        });
    const ending = this.#ending(random);
    this.#tell(
      `  apply, with ${isQuiet ? "nothing" : kinds.join(", ")}${ending ? `; ${ending.signal} to ${ending.whom} after ${ending.afterMs} ms` : ""}`,
    );
    const outcome = await this.#engine.apply(this.#program, ending);
    this.#service.strikes = undefined;
    this.#tellOutcome(outcome);
    // What is on its way arrives.
    await passing(outcome.ended === "killed" ? this.#pace.settlesWithin : random.pick(this.#pace.pauses));
    const untold = await this.#heed(outcome);
    if (untold) throw new Broken("orphaned", untold);
  }

  #ending(random: Random): Ending | undefined {
    const allowed = this.#options.signals ?? signals;
    if (allowed.length === 0 || random.below(4) > 0) return undefined;
    const afterMs = random.below(random.pick(this.#pace.endsWithin));
    return { signal: random.pick(allowed), whom: random.pick(this.#pace.whom), afterMs };
  }

  /** A person reads what the apply and the next plan say, and does it. Says what nobody was told of. */
  async #heed(outcome: Outcome): Promise<string | undefined> {
    for (const address of await this.#engine.untaintGateways()) this.#tell(`  untaint ${address}`);
    const known = await this.#engine.gateways();
    const left = orphans(this.#service.store, [...known.values()]);
    if (left.length === 0) return undefined;
    const plan = await this.#engine.plan(this.#program);
    const texts = [...outcome.said, ...plan.said];
    for (const { id, name } of left) {
      const [address] = [...this.#program.gateways].find(([, block]) => block.name === name) ?? [];
      const isTold = texts.some(
        ({ text }) => text.includes(id) || (text.includes("create_unconfirmed") && text.includes(name)),
      );
      if (!isTold) return `${id} ${JSON.stringify(name)} was made, is not in the state, and nobody was told`;
      if (address === undefined || known.has(address)) {
        this.#tell(`  by hand: delete ${id}`);
        this.#service.store.deleteGateway(id);
      } else {
        this.#count("import");
        this.#tell(`  import gateway.${address} ${id}`);
        await this.#engine.import(this.#program, `gateway.${address}`, id);
      }
    }
    return undefined;
  }

  async #inPeace(): Promise<void> {
    const outcome = await this.#engine.apply(this.#program);
    this.#tell("  apply in peace");
    this.#tellOutcome(outcome);
    if (outcome.ended === "plan failed") throw new Broken("state is readable", errorsOf(outcome));
    if (outcome.ended !== "applied") throw new Broken("converges at once", errorsOf(outcome));
    const keepsDropped = this.#service.behaviour.unknownNull === "kept";
    assertAgreement(this.#service.store, this.#program, await this.#engine.gateways(), { keepsDropped });
    this.#others.assertKept();
    const plan = await this.#engine.plan(this.#program);
    if (plan.ended === "plan failed") throw new Broken("state is readable", errorsOf(plan));
    if (plan.actions.length > 0) throw new Broken("plans empty", plan.actions.join(", "));
  }

  #random(purpose: string): Random {
    return randomFor(this.#seed, purpose);
  }

  #tell(line: string): void {
    this.#options.tell?.(line);
  }

  #count(what: string): void {
    const { counts } = this.#options;
    if (counts) counts[what] = (counts[what] ?? 0) + 1;
  }

  #tellOutcome({ ended, actions, said }: Outcome): void {
    const requests = this.#service.requests.splice(0);
    for (const { method, strike } of requests)
      if (strike) this.#count(`${strike.split(",")[0]} of a ${method === "GET" ? "read" : "write"}`);
    for (const action of actions) this.#count(action.split(".")[0]!);
    this.#count(ended);
    for (const { severity, text } of said) {
      const code = /\(([a-z_]+)\)(?:\s|$)/.exec(text)?.[1];
      if (code?.includes("_")) this.#count(`${severity} ${code}`);
    }
    if (!this.#options.tell) return;
    for (const { at, method, path, status, strike } of requests) {
      const short = path.replace(/^\/api\/v1\/organizations\/?/, "");
      this.#tell(`    ${Math.round(at)} ms ${method} ${short} ${status ?? "-"}${strike ? `  <- ${strike}` : ""}`);
    }
    this.#tell(`  planned: ${actions.join(", ") || "nothing"}; ${ended}`);
    for (const { address, severity, text } of said) this.#tell(`  ${severity} at ${address}: ${text}`);
  }
}

function errorsOf({ said }: Outcome): string {
  const errors = said.filter(({ severity }) => severity === "error");
  return errors.map(({ address, text }) => `${address}: ${text}`).join(" | ") || "it was stopped";
}

/** Where the public pages are silent, a service may behave in any of these ways; most of them as usual. */
function behaviourOf(random: Random): ServerBehaviour {
  const chosen = behaviourNames.flatMap((name): [BehaviourName, string | number][] => {
    const values: readonly (string | number)[] = behaviourSwitches[name].values;
    const value = random.pick(values);
    // A service that shows masks is written to only by a program that says what is behind them; one that discovers asks the network.
    const isOut = name.startsWith("maskedSecret") || value === "discovered";
    return isOut || random.below(2) === 0 ? [] : [[name, value]];
  });
  return { ...defaultBehaviour, ...(Object.fromEntries(chosen) as Partial<ServerBehaviour>) };
}

function differing(behaviour: ServerBehaviour): Partial<ServerBehaviour> {
  return Object.fromEntries(
    Object.entries(behaviour).filter(([name, value]) => defaultBehaviour[name as BehaviourName] !== value),
  );
}

function passing(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
