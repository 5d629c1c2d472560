// The provider's memory while it plans 10,000 gateways with an attachment each. One of each is applied; the state and the API get the others
// as copies of these, which an empty plan then proves to be right: to apply them all would take longer than all other benchmarks.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { watchPeakMemory } from "./measure.mjs";
import { makeScene } from "./scene.mjs";

const gateways = 10_000;

export async function* bench({ log, engines }) {
  const scene = await makeScene({ engine: engines.terraform.path, gateways, kinds: ["ours"] });
  try {
    const [ours] = scene.subjects;
    await ours.terraform("apply", "-auto-approve", "-target=mcpstack_server_gateway_attachment.attachment_0001");
    multiply(ours);
    log(`planning ${gateways} gateways with an attachment each`);
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

/** Adds what an apply of all the others would have made. */
function multiply({ api, folder }) {
  const file = path.join(folder, "terraform.tfstate");
  const state = JSON.parse(readFileSync(file, "utf8"));
  const [first] = api.store.gateways();
  const { id, ...profile } = first;
  const one = JSON.stringify(state.resources.map(opened)).replaceAll(id, "THE_ID");
  for (let at = 2; at <= gateways; at++) {
    const number = String(at).padStart(4, "0");
    const renamed = (text) => text.replaceAll(/\b0001\b|(?<=_)0001\b/g, number);
    const made = api.store.createGateway(JSON.parse(renamed(JSON.stringify(profile))));
    api.store.attach(`server-${number}`, { gatewayId: made.id, publicId: `gw_${number}` });
    state.resources.push(...JSON.parse(renamed(one).replaceAll("THE_ID", made.id)).map(closed));
  }
  writeFileSync(file, JSON.stringify(state));
}

/** A resource of a state whose provider's private data can be read, and the same as the state has it. */
const withPrivate = (change) => (resource) => ({
  ...resource,
  instances: resource.instances.map((instance) => ({ ...instance, private: change(instance.private) })),
});
const opened = withPrivate((text) => JSON.parse(Buffer.from(text, "base64").toString()));
const closed = withPrivate((json) => Buffer.from(JSON.stringify(json)).toString("base64"));
