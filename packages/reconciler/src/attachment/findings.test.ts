import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import type { Attachment } from "@mcpstack/model";
import type { Run } from "../run";
import { runOn } from "../testing/run";
import { createAttachment } from "./create";
import { attachmentFindings } from "./findings";
import { planAttachment } from "./plan";

let api: LocalApi;
let desired: Attachment & { readonly publicId: string };
beforeEach(async () => {
  api = await startLocalApi();
  const { id } = api.store.createGateway({ name: "Support" });
  desired = { serverId: "petalpal-api", gatewayId: id, publicId: "gw_petalpal" };
});
afterEach(() => api.close());

async function findingsAfterAttaching(run: Run, next: Attachment = desired) {
  const input = { prior: await createAttachment(run, desired), desired: next };
  return () => attachmentFindings(run, input, planAttachment(input));
}

test.each([
  ["named", []],
  ["absent", []],
  ["slash", ["warn"]],
  ["elsewhere", ["warn"]],
] as const)("with callback URLs that are %s the plan finds %j", async (attachmentAddresses, severities) => {
  api.setBehaviour({ attachmentAddresses });
  const findings = await findingsAfterAttaching(runOn(api));
  expect(findings().map(({ severity }) => severity)).toEqual(severities);
});

test("a callback URL that differs is said once, at a configured field, with the value to register", async () => {
  api.setBehaviour({ attachmentAddresses: "slash" });
  const derived = `${api.url}/api/v1/gateway/gw_petalpal/oauth/callback`;
  const findings = await findingsAfterAttaching(runOn(api));
  expect(findings()).toMatchObject([
    {
      code: "callback-url-differs",
      path: ["publicId"],
      expected: derived,
      found: `${derived}/`,
      fix: expect.stringContaining(`Register "${derived}/" at the identity provider, exactly as it stands.`),
    },
  ]);
  expect(findings()).toEqual([]);
});

test("without a public id in the program the finding is at the server", async () => {
  api.setBehaviour({ attachmentAddresses: "slash" });
  const { publicId: _, ...left } = desired;
  expect((await findingsAfterAttaching(runOn(api), left))()).toMatchObject([{ path: ["serverId"] }]);
});

test("nothing is said of a route that the plan replaces", async () => {
  api.setBehaviour({ attachmentAddresses: "slash" });
  expect((await findingsAfterAttaching(runOn(api), { ...desired, publicId: "gw_other" }))()).toEqual([]);
});

test("the provider's policy counts", async () => {
  api.setBehaviour({ attachmentAddresses: "slash" });
  const off = runOn(api, { policy: { findings: { "callback-url-differs": "off" } } });
  expect((await findingsAfterAttaching(off))()).toEqual([]);
});
