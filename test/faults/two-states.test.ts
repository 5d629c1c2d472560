// Two programs, each with a state of its own, want one server: one wins, the other is told, and nothing flips.
import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import { Workspace } from "../e2e/workspace";
import { readText } from "./workspace";

const program = (name: string) => `
resource "mcpstack_gateway" "own" {
  name                     = "${name}"
  provider_type            = "manual"
  authorization_server_url = "https://auth.example.invalid"
  metadata_check           = "off"
}
resource "mcpstack_server_gateway_attachment" "shared" {
  server_id  = "petalpal-api"
  gateway_id = mcpstack_gateway.own.id
}
`;

let api: LocalApi;
let one: Workspace;
let other: Workspace;
beforeEach(async () => {
  api = await startLocalApi();
  one = await Workspace.create({ api });
  other = await Workspace.create({ api });
  await one.write(program("One"));
  await other.write(program("Other"));
});
afterEach(async () => {
  await one.remove();
  await other.remove();
  await api.close();
});

const attachedTo = () => api.store.gateway(api.store.attachment("petalpal-api")?.gatewayId ?? "")?.name;

test("the second apply is refused, names who has the server, and is foretold by its plan; again and again", async () => {
  await one.apply();
  for (let time = 1; time <= 2; time += 1) {
    expect(readText(await other.plan())).toContain("(already_attached)");
    const refused = await other.run("apply", "-auto-approve", "-input=false", "-no-color");
    expect(refused.status).toBe(1);
    expect(readText(refused)).toContain(`is already attached to gateway ${api.store.gatewayByName("One")?.id}`);
    expect(attachedTo()).toBe("One");
    expect((await one.plan()).status).toBe(0);
  }
  // What was made beside it is in the state: nothing is made twice.
  expect(api.store.gateways().map(({ name }) => name)).toEqual(["One", "Other"]);
});

test("two plans from before there was anything: the first that is applied wins, and the other is told", async () => {
  await one.plan("-out=planned");
  await other.plan("-out=planned");
  await other.apply("planned");
  const refused = await one.run("apply", "-input=false", "-no-color", "planned");
  expect(refused.status).toBe(1);
  expect(readText(refused)).toContain("(already_attached)");
  expect(attachedTo()).toBe("Other");
  expect((await other.plan()).status).toBe(0);
});

test("both write at the same moment: the last write wins, and the next plan of the other one says whose the server is", async () => {
  // The write of the one arrives only after the other has attached the server.
  api.faults.add({ match: { method: "PUT", path: "/gateway" }, times: 1, action: { delayMs: 6_000 } });
  let isOver = false;
  const late = one.run("apply", "-auto-approve", "-input=false", "-no-color").finally(() => {
    isOver = true;
  });
  while (!isOver && !api.requests.some(({ method, path }) => method === "PUT" && path.endsWith("/gateway"))) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await other.apply();
  expect(attachedTo()).toBe("Other");
  await late;
  const [winner, loser] = attachedTo() === "One" ? [one, other] : [other, one];
  const winning = api.store.attachment("petalpal-api")?.gatewayId ?? "";
  expect((await winner.plan()).status).toBe(0);
  const told = await loser.plan();
  expect(told.status).toBe(2);
  expect(readText(told)).toContain(winning);
});
