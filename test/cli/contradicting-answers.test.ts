// Answers that contradict each other: no command takes one of them for the whole truth.
import { driftReport, mcpstackIac } from "./command-line";
import { allowed, onLoopback, organization } from "./organization";

const attachment = { method: "GET", path: "/srv_petalpal_api/gateway" };
const nothing = { status: 404, body: { error: "not_found" } };
const namesIt = /list of servers of the gateway gtw_\d+ names it/;

test("a checklist does not say that no server is attached while the gateway's own list names one", async () => {
  const { api, env } = await organization();
  api.faults.add({ match: attachment, action: nothing });
  const { code, stdout, stderr } = await mcpstackIac(["checklist", "Plants", allowed], { env });
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr.replaceAll(/\s+/g, " ")).toMatch(namesIt);
});

test("nor is such a server left out of an import", async () => {
  const { api, env } = await organization();
  api.faults.add({ match: attachment, action: nothing });
  const { code, stderr } = await mcpstackIac(["import", "--to", "terraform", "--no-metadata"], { env });
  expect(code).toBe(2);
  expect(stderr.replaceAll(/\s+/g, " ")).toMatch(namesIt);
});

test("a drift check says that it could not check such a server", async () => {
  const { api, env } = await organization();
  api.faults.add({ match: attachment, action: nothing });
  const { code, report } = await driftReport(onLoopback, { env });
  expect(report.unchecked).toMatchObject([
    { subject: { kind: "server", address: "srv_petalpal_api" }, reason: expect.stringMatching(namesIt) },
  ]);
  expect(code).toBe(2);
});

test("nor does it find nothing to check where a server is attached to a gateway that no list names", async () => {
  const { api, env, gatewayId } = await organization();
  api.faults.add({ match: { method: "GET", path: "/gateways" }, action: { status: 200, body: [] } });
  const { code, report } = await driftReport(onLoopback, { env });
  expect(report.unchecked).toEqual([
    {
      subject: { kind: "gateway", address: gatewayId },
      reason: expect.stringContaining("srv_petalpal_api is attached to it"),
    },
  ]);
  expect(code).toBe(2);
});

test("a drift check checks what there is beside a gateway that it cannot read, and says which that is", async () => {
  const { api, env, gatewayId } = await organization();
  const own = api.store.gateway(gatewayId);
  const stranger = { id: "gtw_theirs", name: "Theirs", description: { en: "x" } };
  const plants = { id: gatewayId, name: own?.name };
  const items = [stranger, null, { name: "Nameless" }, plants];
  api.faults.add({ match: { method: "GET", path: "/gateways" }, action: { status: 200, body: items } });
  api.faults.add({ match: { method: "GET", path: "/gateways/gtw_theirs" }, action: { status: 200, body: stranger } });
  const { code, report } = await driftReport(onLoopback, { env });
  expect(report.unchecked.map(({ subject, reason }) => [subject.address, reason])).toEqual([
    ["of which no id can be read", expect.stringContaining("null where an object with an id is due")],
    ["Nameless", expect.stringContaining("id must be a text")],
    ["gtw_theirs", expect.stringContaining("description of gateway gtw_theirs must be a text")],
  ]);
  expect(report.checked.gateways).toBe(1);
  expect(code).toBe(2);
});
