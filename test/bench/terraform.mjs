// What a user of Terraform compares: this provider, a provider in Go for the same API (./peer), and Terraform alone with as many
// `terraform_data`. An apply of everything, and a plan without changes, on the loopback and with 50 ms before each answer.
import { median, round2, watchPeakMemory } from "./measure.mjs";
import { buildPeer } from "./peer.mjs";
import { makeScene } from "./scene.mjs";

/** The smaller one is started often, since a single plan of it says little. */
const sizes = [
  { gateways: 100, rounds: 5, slowRounds: 3 },
  { gateways: 1000, rounds: 3, slowRounds: 1 },
];

/** Milliseconds before each answer of a service that is far away. */
const latency = 50;

export async function* bench({ log, engines }) {
  const { mirror } = await buildPeer({ log });
  for (const size of sizes) yield* figuresOf({ ...size, engine: engines.terraform.path, peerMirror: mirror, log });
}

async function* figuresOf({ engine, peerMirror, gateways, rounds, slowRounds, log }) {
  const scene = await makeScene({ engine, peerMirror, gateways, kinds: ["ours", "peer", "idle"] });
  const [ours, peer, idle] = scene.subjects;
  const each = `${gateways} gateways with an attachment each`;
  const ofPeer = "the peer in Go";
  const ofIdle = `${gateways * 2} terraform_data`;
  const ratio = (name, value, of) => ({ name, value, unit: "ratio", of });
  try {
    log(`applying ${each}`);
    const applied = [];
    for (const subject of scene.subjects) applied.push(await subject.apply());
    yield ratio(`apply of ${each}: time`, round2(applied[0] / applied[1]), ofPeer);

    for (const [listItems, described] of [
      ["four-fields", "cut down"],
      ["whole", "whole"],
    ]) {
      ours.api.setBehaviour({ listItems });
      const what = `plan of ${each}, lists ${described}`;
      log(what);
      ours.api.clearRequests();
      scene.issuer.clearRequests();
      const peak = watchPeakMemory("terraform-provider-mcpstack");
      await ours.plan();
      const memory = peak();
      const requests = ours.api.requests.length + scene.issuer.requests.length;
      const plans = await inTurn(rounds, [ours.plan, peer.plan, idle.plan]);
      yield ratio(`${what}: time`, ratioOf(plans, 0, 1), ofPeer);
      yield ratio(`${what}: time`, ratioOf(plans, 0, 2), ofIdle);
      yield { name: `${what}: HTTP requests`, value: requests, unit: "requests", of: `${gateways * 2} resources` };
      yield { name: `${what}: peak memory of the provider`, value: memory, unit: "MiB", of: "one process" };

      for (const { api } of [ours, peer]) api.faults.add({ action: { delayMs: latency } });
      const slow = await inTurn(slowRounds, [ours.plan, peer.plan]);
      for (const { api } of [ours, peer]) api.faults.clear();
      yield ratio(`${what}, ${latency} ms before each answer: time`, ratioOf(slow, 0, 1), ofPeer);
    }
  } finally {
    await scene.close();
  }
}

/** Runs works one after another, round by round, so that a machine that slows down slows all. Gives the seconds of each round. */
async function inTurn(rounds, works) {
  const all = [];
  for (let round = 0; round < rounds; round++) {
    const seconds = [];
    for (const work of works) seconds.push(await work());
    all.push(seconds);
  }
  return all;
}

/** The median of the ratios of two of them, round by round. */
function ratioOf(all, one, other) {
  return round2(median(all.map((seconds) => seconds[one] / seconds[other])));
}
