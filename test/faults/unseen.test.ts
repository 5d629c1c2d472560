// Credentials that cannot see what is there: a gateway or an attachment that they are answered 404 for is not gone.
import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import type { Workspace } from "../e2e/workspace";
import { appliedWorkspace, failsWithoutLoss, requested } from "./workspace";

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
beforeEach(() => api.clearRequests());

const gatewayId = () => api.store.gateways()[0]?.id ?? "";
const withCredential = (given: { readonly hidden: string[]; readonly lists?: "hidden" }) =>
  workspace.with({ MCPSTACK_ACCESS_TOKEN: api.store.addCredential({ label: "narrow", ...given }).secret });
const writes = () => requested(api).filter((request) => /^(POST|PUT|PATCH)/.test(request));

const plan = ["plan", "-input=false", "-no-color"];
const destroy = ["apply", "-destroy", "-auto-approve", "-input=false", "-no-color"];
const unrefreshed = [...destroy, "-refresh=false"];

describe.each([
  ["that the list names", {}, "unexpected_answer"],
  ["nor the list", { lists: "hidden" }, "organization_not_found"],
] as const)("with a credential that cannot see a thing %s", (_, lists, code) => {
  test.each([[plan], [destroy]])("a gateway stays in the state: %j", async (command) => {
    await failsWithoutLoss(withCredential({ hidden: [gatewayId()], ...lists }), [`(${code})`, gatewayId()], ...command);
    expect(writes()).toEqual([]);
    expect(api.store.gateways()).toHaveLength(1);
  });

  test.each([[plan], [destroy], [unrefreshed]])("an attachment stays in the state: %j", async (command) => {
    const blind = withCredential({ hidden: ["srv_petalpal_api"], ...lists });
    await failsWithoutLoss(blind, [`(${code})`, "petalpal-api"], ...command);
    expect(writes()).toEqual([]);
    expect(api.store.attachment("petalpal-api")).toBeDefined();
  });
});

test("a destroy that is answered 404 fails and keeps the gateway, and the right credential then destroys it", async () => {
  await workspace.apply("-destroy", "-target=mcpstack_server_gateway_attachment.petalpal");
  const blind = withCredential({ hidden: [gatewayId()] });
  await failsWithoutLoss(blind, ["(unexpected_answer)", "names it", "does not count as gone"], ...unrefreshed);
  expect(requested(api)).toContain(`DELETE org_petalpal/gateways/${gatewayId()}`);
  expect(Object.keys(await workspace.state())).toEqual(["mcpstack_gateway.support"]);

  const lost = api.faults.add({ match: { method: "DELETE" }, times: 1, action: { cut: "after" } });
  await workspace.apply("-destroy");
  expect([lost.struck, api.store.gateways(), await workspace.state()]).toEqual([1, [], {}]);
});
