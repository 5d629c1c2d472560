// The provider's memory while it plans 10,000 gateways with an attachment each.
import { watchPeakMemory } from "./measure.mjs";
import { makeScene } from "./scene.mjs";

const gateways = 10_000;

export async function* bench({ log, engines }) {
  const scene = await makeScene({ engine: engines.terraform.path, gateways, kinds: ["ours"] });
  try {
    const [ours] = scene.subjects;
    log(`applying ${gateways} gateways with an attachment each`);
    await ours.apply();
    const peak = watchPeakMemory("terraform-provider-mcpstack");
    await ours.plan();
    yield {
      name: `plan of ${gateways} gateways with an attachment each: peak memory of the provider`,
      value: peak(),
      unit: "MiB",
      of: "one process",
    };
  } finally {
    await scene.close();
  }
}
