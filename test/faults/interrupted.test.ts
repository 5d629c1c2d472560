// Ctrl-C while a write is under way: what it made is in the state.
import { spawn } from "node:child_process";
import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import { Workspace } from "../e2e/workspace";
import { terraformProgram } from "../engines/located";
import { attachedGateway } from "./workspace";

let api: LocalApi;
let workspace: Workspace;
beforeEach(async () => {
  api = await startLocalApi();
  workspace = await Workspace.create({ api });
});
afterEach(async () => {
  await workspace.remove();
  await api.close();
});

/** Applies, and interrupts as soon as a request such as this has arrived. */
async function interruptedAt(method: string, path: RegExp): Promise<{ status: number | null; text: string }> {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(TF_|MCPSTACK_)/.test(name)));
  const apply = spawn(terraformProgram(), ["apply", "-auto-approve", "-input=false", "-no-color"], {
    cwd: workspace.folder,
    env: { ...inherited, ...workspace.env },
    // A group of its own: Ctrl-C reaches the provider's process too.
    detached: true,
  });
  let text = "";
  for (const stream of [apply.stdout, apply.stderr]) stream.on("data", (data) => (text += String(data)));
  const ended = new Promise<number | null>((resolve) => apply.on("close", resolve));
  let over = false;
  ended.then(() => (over = true));
  while (!over && !api.requests.some((request) => request.method === method && path.test(request.path))) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  if (!over && apply.pid) process.kill(-apply.pid, "SIGINT");
  return { status: await ended, text };
}

test("during the create of a gateway: it is in the state, and the next apply goes on from there", async () => {
  await workspace.write(attachedGateway());
  api.faults.add({ match: { method: "POST", path: "/gateways" }, times: 1, action: { delayMs: 1500 } });
  const { text } = await interruptedAt("POST", /\/gateways$/);
  expect(text).toContain("Interrupt received");
  expect(Object.keys(await workspace.state())).toEqual(["mcpstack_gateway.support"]);
  expect(api.store.gateways()).toHaveLength(1);

  await workspace.apply();
  expect(api.store.gateways()).toHaveLength(1);
  expect(api.store.attachments()).toHaveLength(1);
  expect((await workspace.plan()).status).toBe(0);
});

test("during an attachment: it is in the state, and nothing is replaced afterwards", async () => {
  await workspace.write(attachedGateway());
  api.faults.add({ match: { method: "PUT", path: "/gateway" }, times: 1, action: { delayMs: 1500 } });
  const { text } = await interruptedAt("PUT", /\/gateway$/);
  expect(text).toContain("Interrupt received");
  expect(Object.keys(await workspace.state())).toHaveLength(2);
  expect((await workspace.plan()).status).toBe(0);
});

test("during an update: the next plan is empty or repairs, and the resource is not replaced", async () => {
  await workspace.write(attachedGateway());
  await workspace.apply();
  await workspace.write(attachedGateway(`  client_id = "two"`));
  api.faults.add({ match: { method: "PUT", path: /\/gateways\// }, times: 1, action: { delayMs: 1500 } });
  api.clearRequests();
  await interruptedAt("PUT", /\/gateways\//);
  expect(Object.keys(await workspace.state())).toHaveLength(2);
  const changes = await workspace.changes();
  expect(changes.flatMap(({ actions }) => actions).filter((action) => !["update", "no-op"].includes(action))).toEqual(
    [],
  );
  await workspace.apply("planned");
  expect(api.store.gateways()[0]?.clientId).toBe("two");
});
