// An API that answers wrongly, or not at all, gives one clear error; nothing leaves the state, and a healthy API puts all right.
import { type FaultAction, type LocalApi, startLocalApi } from "@mcpstack/local-api";
import type { Workspace } from "../e2e/workspace";
import {
  appliedWorkspace,
  attachedGateway,
  errorCount,
  failsWithoutLoss,
  readText,
  resourcesInState,
} from "./workspace";

let api: LocalApi;
let workspace: Workspace;
beforeAll(async () => {
  api = await startLocalApi();
  workspace = await appliedWorkspace({ api });
});
afterAll(async () => {
  await workspace.remove();
  await api.close();
});
afterEach(() => api.faults.clear());

const lonelyGateway = (name: string) => `
resource "mcpstack_gateway" "${name}" {
  name                     = "${name}"
  provider_type            = "manual"
  authorization_server_url = "https://auth.example.invalid"
  metadata_check           = "off"
}
`;
const page = { status: 404, body: "<html>gone</html>", headers: { "content-type": "text/html" } };
const gatewayReads = { method: "GET", path: /\/gateways\/gtw_/ };
const attachmentReads = { method: "GET", path: "/mcp-servers/petalpal-api/gateway" };

describe("a plan", () => {
  const faults: [string, FaultAction, string][] = [
    ["500", { status: 500, body: { error: "boom" } }, "unavailable"],
    ["a web page", { html: true }, "not_json"],
    ["a 404 page", page, "not_json"],
    ["nothing", { emptyBody: true }, "not_json"],
    ["half a document", { malformedJson: true }, "not_json"],
    ["an endless body", { endlessBody: true }, "too_large"],
    ["401", { status: 401, body: { error: "expired" } }, "unauthenticated"],
    ["403", { status: 403, body: { error: "no grant" } }, "forbidden"],
    ["429 for long", { rateLimit: { retryAfter: 3600 } }, "rate_limited"],
    ["a redirect", { status: 302, headers: { location: "https://elsewhere.example/" } }, "unexpected_redirect"],
    ["a connection that is cut", { cut: "before" }, "unavailable"],
  ];

  test.each(faults)("with every request answered by %s has one error", async (_, action, code) => {
    api.faults.add({ action });
    await failsWithoutLoss(workspace, [`(${code})`]);
  });

  const only = (...names: string[]) => faults.filter(([name]) => names.includes(name));

  test.each(only("500", "a web page", "a 404 page", "401", "403"))(
    "with the gateway answered by %s has one error",
    async (_, action, code) => {
      api.faults.add({ match: gatewayReads, action });
      await failsWithoutLoss(workspace, [`(${code})`, "mcpstack_gateway.support"]);
    },
  );

  test.each(only("a 404 page", "half a document", "403"))(
    "with the attachment answered by %s has one error",
    async (_, action, code) => {
      api.faults.add({ match: attachmentReads, action });
      await failsWithoutLoss(workspace, [`(${code})`, "mcpstack_server_gateway_attachment.petalpal"]);
    },
  );

  test("of many resources has the one error that is about all of them", async () => {
    const many = await appliedWorkspace({ api }, ["one", "two", "three", "four"].map(lonelyGateway).join(""));
    try {
      api.faults.add({ action: { status: 401, body: { error: "expired" } } });
      await failsWithoutLoss(many, ["(unauthenticated)"]);
      await failsWithoutLoss(many, ["(unauthenticated)"], "apply", "-destroy", "-auto-approve", "-no-color");
      api.faults.clear();
      expect((await many.plan()).status).toBe(0);
      await many.apply("-destroy");
    } finally {
      await many.remove();
    }
  });

  test("with a 404 for what the list still names has one error", async () => {
    api.faults.add({ match: gatewayReads, action: { status: 404, body: { error: "not_found" } } });
    await failsWithoutLoss(workspace, ["(unexpected_answer)", "names it"]);
  });

  test("with an API that is not there has one error that names its address", async () => {
    const nowhere = workspace.with({ MCPSTACK_API_URL: "http://127.0.0.1:9" });
    await failsWithoutLoss(nowhere, ["(unavailable)", "http://127.0.0.1:9", "Check api_url"]);
  });

  test("waits as long as Retry-After says, and then goes on", async () => {
    const planted = api.faults.add({ times: 2, action: { rateLimit: { retryAfter: 1 } } });
    expect((await workspace.plan()).status).toBe(0);
    expect(planted.struck).toBe(2);
  });

  test("with a healthy API again has nothing to do", async () => {
    expect((await workspace.plan()).status).toBe(0);
    expect((await workspace.plan("-refresh-only")).status).toBe(0);
  });
});

describe("an apply", () => {
  const writing = { method: "POST", path: "/gateways" };
  const second = lonelyGateway("second");
  const apply = ["apply", "-auto-approve", "-input=false", "-no-color"];

  test.each<[string, FaultAction]>([
    ["cut off", { cut: "after" }],
    ["a web page", { html: true }],
    ["504", { status: 504, body: "gateway timeout" }],
  ])("whose create is answered by %s after it was done has the gateway in its state", async (_, action) => {
    await workspace.write(attachedGateway() + second);
    api.faults.add({ match: writing, performed: true, action });
    await workspace.apply();
    expect(api.store.gateways()).toHaveLength(2);
    expect((await workspace.plan()).status).toBe(0);
    await workspace.write(attachedGateway());
    await workspace.apply();
  });

  test.each<[string, FaultAction, string]>([
    ["500", { status: 500, body: { error: "boom" } }, "create_unconfirmed"],
    ["a cut connection", { cut: "before" }, "create_unconfirmed"],
    ["401", { status: 401 }, "unauthenticated"],
    ["403", { status: 403 }, "forbidden"],
    ["a conflict", { status: 409, body: { message: "the name is taken" } }, "conflict"],
    ["a refusal", { status: 422, body: { error_description: "client_id is not known" } }, "invalid"],
  ])(
    "whose create is answered by %s and was not done says so, and the next one creates it",
    async (_, action, code) => {
      await workspace.write(attachedGateway() + second);
      const before = await resourcesInState(workspace);
      api.faults.add({ match: writing, action });
      const outcome = await workspace.run(...apply);
      expect([outcome.status, errorCount(outcome)]).toEqual([1, 1]);
      expect(readText(outcome)).toContain(`(${code})`);
      expect(await resourcesInState(workspace)).toEqual(before);
      api.faults.clear();
      await workspace.apply();
      expect(api.store.gateways()).toHaveLength(2);
      await workspace.write(attachedGateway());
      await workspace.apply();
    },
  );

  test.each<[string, FaultAction]>([
    ["a cut connection", { cut: "after" }],
    ["503", { status: 503 }],
  ])("whose update is answered by %s keeps the resource, and the next plan repairs or is empty", async (_, action) => {
    await workspace.write(attachedGateway(`  client_id = "two"`));
    api.faults.add({ match: { method: "PUT", path: /\/gateways\// }, performed: true, action });
    const outcome = await workspace.with({ MCPSTACK_RETRY_TIMEOUT: "3" }).run(...apply);
    expect([outcome.status, errorCount(outcome)]).toEqual([1, 1]);
    expect(readText(outcome)).toContain("(unavailable)");
    api.faults.clear();
    expect(Object.keys(await workspace.state())).toHaveLength(2);
    await workspace.apply();
    expect(api.store.gatewayByName("Support")?.clientId).toBe("two");
    expect((await workspace.plan()).status).toBe(0);
    await workspace.write(attachedGateway());
    await workspace.apply();
  });

  test.each<[string, FaultAction]>([
    ["a web page", page],
    ["500", { status: 500 }],
    ["403", { status: 403 }],
  ])("whose delete is answered by %s keeps the resource", async (_, action) => {
    const before = await resourcesInState(workspace);
    api.faults.add({ match: { method: "DELETE" }, action });
    const outcome = await workspace.run(...apply, "-destroy");
    expect([outcome.status, errorCount(outcome)]).toEqual([1, 1]);
    expect(await resourcesInState(workspace)).toEqual(before);
  });

  test("whose delete meets servers that are still attached says which", async () => {
    api.store.attach("orders-api", { gatewayId: api.store.gatewayByName("Support")?.id ?? "" });
    const outcome = await workspace.run(...apply, "-destroy");
    expect(errorCount(outcome)).toBe(1);
    expect(readText(outcome)).toMatch(/orders-api.*\(gateway_has_servers\)/);
    api.store.detach("orders-api");
    await workspace.apply();
    expect((await workspace.plan()).status).toBe(0);
  });
});
