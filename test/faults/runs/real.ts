// Stories of the real engines: the same ones, in real time.
import { Workspace } from "../../e2e/workspace";
import type { Engine } from "./engine";
import { startProxy } from "./proxy";
import { Pulumi } from "./pulumi";
import type { Service } from "./service";
import { type Pace, Story, type StoryOptions, serviceFor } from "./story";
import { faultKinds } from "./strikes";
import { TerraformLike } from "./terraform";

export const realEngines = ["terraform", "tofu", "pulumi"] as const;
export type RealEngine = (typeof realEngines)[number];

/** Nobody waits half a minute for what never comes, nor a minute between two applies. */
const realPace: Pace = {
  rounds: (random) => 1 + random.below(2),
  endsWithin: [100, 400, 1_500],
  whom: ["both", "both", "engine", "provider"],
  settlesWithin: 1_500,
  pauses: [0, 0, 1_000],
};

const tooLong: readonly string[] = ["silent", "slow"];

/** Plays the story of a seed with a real engine. Throws as `play` does. */
export async function playReal(engine: RealEngine, seed: number, options: StoryOptions = {}): Promise<void> {
  const service = serviceFor(seed);
  const proxy = await startProxy(service);
  const kinds = (options.kinds ?? faultKinds).filter((kind) => !tooLong.includes(kind));
  try {
    const played = await started(engine, seed, service);
    try {
      await new Story(seed, { ...options, kinds }, service, played, realPace).play();
    } finally {
      await played.remove();
    }
  } finally {
    await proxy.close();
  }
}

async function started(engine: RealEngine, seed: number, service: Service): Promise<Engine> {
  if (engine === "pulumi") return Pulumi.create(service);
  const workspace = await Workspace.create({
    api: service,
    engine: engine === "tofu" ? "opentofu" : "terraform",
    // Each engine is given every other seed.
    form: Math.floor(seed / 2) % 2 === 0 ? "script" : "executable",
  });
  return new TerraformLike(workspace, service);
}
