// Ctrl-C while a write is under way: what it made is in the state.
import { spawn } from "node:child_process";
import { type LocalApi, startLocalApi, startTableIssuer, type TableIssuer } from "@mcpstack/local-api";
import { Workspace } from "../e2e/workspace";
import { terraformProgram } from "../engines/located";
import { attachedGateway, readText } from "./workspace";

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

/** Applies, and interrupts as soon as a request such as this has arrived; and once more as soon as the engine has said that it heard it. */
async function interruptedAt(
  method: string,
  path: RegExp,
  times: 1 | 2 = 1,
): Promise<{ status: number | null; text: string }> {
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
  if (times === 2) {
    while (!over && !text.includes("Interrupt received")) await new Promise((resolve) => setTimeout(resolve, 10));
    if (!over && apply.pid) process.kill(-apply.pid, "SIGINT");
  }
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

describe("with ten gateways whose issuer publishes metadata", () => {
  let issuer: TableIssuer;
  beforeEach(async () => {
    issuer = await startTableIssuer();
  });
  afterEach(() => issuer.close());

  const ten = (lines = "") => `
provider "mcpstack" {
  retry_timeout = 3600
}
resource "mcpstack_gateway" "many" {
  count                    = 10
  name                     = "Gateway \${count.index}"
  provider_type            = "manual"
  authorization_server_url = "${issuer.url}"
  client_id                = "one"
${lines}
}
`;

  /** What the next plan does, and that it does not touch the metadata of what there is. */
  async function nextChanges(): Promise<string[]> {
    const changes = await workspace.changes();
    for (const { before, after, afterUnknown } of changes) {
      if (!before) continue;
      expect(after?.metadata).toEqual(before.metadata);
      expect(JSON.stringify(afterUnknown.metadata ?? false)).not.toContain("true");
    }
    return changes.map(({ actions }) => actions.join());
  }

  test("during the creates: those that were sent are in the state, and the others are made by the next apply", async () => {
    await workspace.write(ten());
    api.faults.add({ match: { method: "POST", path: "/gateways" }, action: { delayMs: 1500 } });
    await interruptedAt("POST", /\/gateways$/);
    const made = api.store.gateways().length;
    expect(Object.keys(await workspace.state())).toHaveLength(made);
    expect((await nextChanges()).filter((action) => action !== "create" && action !== "no-op")).toEqual([]);
    api.faults.clear();
    await workspace.apply();
    expect(api.store.gateways()).toHaveLength(10);
    expect((await workspace.plan()).status).toBe(0);
  });

  test("while the API limits: nothing is waited for, and nothing is sent any more", async () => {
    await workspace.write(ten());
    api.faults.add({ match: { method: "POST" }, after: 3, action: { rateLimit: { retryAfter: 3_000 } } });
    // The fourth is refused, and the run would pause for 50 minutes.
    const { status } = await interruptedAt("POST", /\/gateways$/);
    expect(status).toBe(1);
    const made = api.store.gateways().length;
    expect(Object.keys(await workspace.state())).toHaveLength(made);
    api.faults.clear();
    await workspace.apply();
    expect(api.store.gateways()).toHaveLength(10);
  });

  test("during the updates: the next plan changes only what was not written", async () => {
    await workspace.write(ten());
    await workspace.apply();
    await workspace.write(ten(`  description = "new"`));
    api.faults.add({ match: { method: "PUT" }, action: { delayMs: 1500 } });
    api.clearRequests();
    await interruptedAt("PUT", /\/gateways\//);
    api.faults.clear();
    const written = api.store.gateways().filter(({ description }) => description === "new").length;
    const left = (await nextChanges()).filter((action) => action !== "no-op");
    expect(left).toEqual(Array.from({ length: 10 - written }, () => "update"));
    await workspace.apply();
    expect((await workspace.plan()).status).toBe(0);
  });

  test("twice, during the creates: the next plan names what was made unseen, by the id that an import takes", async () => {
    await workspace.write(ten());
    api.faults.add({ match: { method: "POST", path: "/gateways" }, action: { delayMs: 1500 } });
    const { text } = await interruptedAt("POST", /\/gateways$/, 2);
    expect(text).toMatch(/Two interrupts received/);
    while (api.requests.some(({ method, status }) => method === "POST" && status === undefined))
      await new Promise((resolve) => setTimeout(resolve, 20));
    api.faults.clear();
    const orphans = api.store.gateways().map(({ id }) => id);
    expect(orphans.length).toBeGreaterThan(0);
    const said = readText(await workspace.plan());
    for (const id of orphans) expect(said).toMatch(new RegExp(`already: .*${id}.*terraform import ADDRESS ID`));
    for (const { id, name } of api.store.gateways())
      await workspace.run("import", "-no-color", `mcpstack_gateway.many[${name.split(" ")[1]}]`, id);
    await workspace.apply();
    expect(api.store.gateways()).toHaveLength(10);
    expect((await workspace.plan()).status).toBe(0);
  });
});
