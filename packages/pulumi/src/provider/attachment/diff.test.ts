// A refresh compares what it has read, in the process that carries the update out afterwards.
import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import { configure } from "../connection/runs";
import { checkAttachment } from "./check";
import { removeAttachment } from "./delete";
import { diffAttachment } from "./diff";
import { refreshAttachment } from "./read";

let api: LocalApi;
let gatewayId: string;
beforeAll(async () => {
  api = await startLocalApi();
  const { MCPSTACK_API_URL: apiUrl, MCPSTACK_ORG_ID: organization } = api.environment();
  const config: Record<string, string | undefined> = {
    "mcpstack:apiUrl": apiUrl,
    "mcpstack:organization": organization,
    "mcpstack:accessToken": api.accessToken,
  };
  configure({ config: { get: (key) => config[key] } });
  gatewayId = api.store.createGateway({ name: "Support" }).id;
  for (const slug of ["petalpal-api", "orders-api"]) api.store.attach(slug, { gatewayId });
});
afterAll(() => api.close());

/** What a refresh does with an entry of the state. */
async function refreshed(serverId: string) {
  const looked = await refreshAttachment(serverId, { serverId });
  const { props, inputs = {} } = await refreshAttachment(serverId, looked.props);
  await diffAttachment(serverId, props, inputs);
  return { props, inputs };
}

test("what the program has no more is detached after a refresh has compared it", async () => {
  const { props } = await refreshed("petalpal-api");
  await removeAttachment("petalpal-api", props);
  expect(api.store.attachment("petalpal-api")).toBeUndefined();
});

test("what another resource of the program keeps stays attached when an older entry for it is deleted", async () => {
  const { props, inputs } = await refreshed("orders-api");
  const checked = await checkAttachment(inputs, { serverId: "orders-api", gatewayId });
  expect(await diffAttachment("orders-api", props, checked.inputs)).toMatchObject({ changes: false });
  await removeAttachment("orders-api", props);
  expect(api.store.attachment("orders-api")).toMatchObject({ gatewayId });
});
