import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import type { Driver, Scenario, Step } from "./scenario";

/** Runs one scenario from an empty API to an empty API, and holds every step to the table. */
export async function runScenario(scenario: Scenario, start: (api: LocalApi) => Promise<Driver>): Promise<void> {
  const api = await startLocalApi(scenario.behaviour ? { behaviour: scenario.behaviour } : {});
  try {
    const driver = await start(api);
    for (const step of scenario.steps) await runStep(step, driver, api);
    if (scenario.end) {
      expect(api.store.gateways()).toMatchObject(scenario.end.gateways);
      expect(api.store.attachments()).toMatchObject(scenario.end.attachments ?? []);
      const last = scenario.steps.at(-1);
      if (last) expect(await driver.isSettled(last.desired)).toBe(true);
    }
    await driver.destroy();
    if (scenario.end) {
      expect(api.store.gateways()).toEqual([]);
      expect(api.store.attachments()).toEqual([]);
    }
  } finally {
    await api.close();
  }
}

async function runStep(step: Step, driver: Driver, api: LocalApi): Promise<void> {
  step.before?.(api);
  const names = namesById(api);
  api.clearRequests();
  const { ok, output } = await driver.apply(step.desired);
  if (step.fails) expect(output).toMatch(step.fails);
  else if (!ok) throw new Error(`${step.title} failed:\n${output}`);
  const sent = api.requests
    .filter(({ method }) => method !== "GET")
    .map(({ method, path, body }) => ({ request: `${method} ${readable(path, names)}`, body }));
  const expected = [...step.writes];
  if (!step.inOrder) {
    sent.sort(byRequest);
    expected.sort(byRequest);
  }
  expect(sent.map(({ request }) => request)).toEqual(expected.map(({ request }) => request));
  for (const [at, { body }] of expected.entries()) if (body) expect(sent[at]?.body).toMatchObject(body);
}

const byRequest = (a: { request: string }, b: { request: string }) => (a.request < b.request ? -1 : 1);

function namesById(api: LocalApi): ReadonlyMap<string, string> {
  return new Map(api.store.gateways().map(({ id, name }) => [id, name]));
}

function readable(path: string, names: ReadonlyMap<string, string>): string {
  return path.replace(/^\/api\/v1\/organizations\/[^/]+\//, "").replace(/gtw_\d+/, (id) => `{${names.get(id) ?? id}}`);
}
