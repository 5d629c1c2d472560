import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import type { AttachmentState, GatewayState } from "@mcpstack/model";
import type { Notice } from "../notice";
import type { Run } from "../run";
import { quiet, runOn } from "../testing/run";
import { foreseeGatewayDelete, foreseeMoved } from "./left-gateways";
import type { AttachmentField } from "./plan";

const organizationId = "org_petalpal";
const gateway: GatewayState = { ...quiet, id: "gtw_1", organizationId };
const attachment: AttachmentState = { id: "a", serverId: "petalpal-api", gatewayId: "gtw_1", organizationId };

let api: LocalApi;
let run: Run;
let heard: Notice[];
const hear = (notice: Notice) => heard.push(notice);
beforeEach(async () => {
  api = await startLocalApi();
  run = runOn(api);
  heard = [];
});
afterEach(() => api.close());

const destroys = (id = "gtw_1") => foreseeGatewayDelete(run, { ...gateway, id }, { hear });
const changes = (...edited: AttachmentField[]) => foreseeMoved(run, attachment, { edited }, { hear });

test.each([
  ["the gateway's", () => [destroys(), changes("gatewayId")], ["gatewayId"]],
  ["the attachment's", () => [changes("gatewayId"), destroys()], []],
])("a server that leaves a gateway that is destroyed is said once, where %s plan comes first", (_, plan, path) => {
  plan();
  expect(heard).toMatchObject([{ code: "gateway_destroyed_first", severity: "warning", path }]);
  expect(heard[0]?.message).toMatch(/^Gateway gtw_1 .*its server petalpal-api/);
});

test("nothing is said of another gateway, nor of a server that stays", () => {
  destroys("gtw_2");
  changes("gatewayId");
  expect(heard).toEqual([]);
  run = runOn(api);
  destroys();
  changes("publicId");
  expect(heard).toEqual([]);
});
