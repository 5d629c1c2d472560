import type { AttachmentState } from "@mcpstack/model";
import { type AttachmentPlan, type AttachmentPlanInput, planAttachment } from "./plan";

const prior: AttachmentState = {
  id: "srv",
  organizationId: "org",
  serverId: "srv",
  gatewayId: "one",
  publicId: "gw_srv",
  mcpUrl: "https://api/gw_srv/mcp",
  callbackUrl: "https://api/gw_srv/oauth/callback",
};
const desired = { serverId: "srv", gatewayId: "one" };
const all = ["publicId", "mcpUrl", "callbackUrl"];
const addresses = ["mcpUrl", "callbackUrl"];

test.each<[string, AttachmentPlanInput, Partial<Record<keyof AttachmentPlan, unknown>>]>([
  ["nothing and nothing", {}, { change: "none" }],
  ["a new one without a public id", { desired }, { change: "create", unknown: all }],
  ["a new one with a public id", { desired: { ...desired, publicId: "x" } }, { change: "create", unknown: addresses }],
  [
    "a new one whose public id is not known yet",
    { desired, unknown: ["publicId"] },
    { change: "create", unknown: addresses },
  ],
  ["one that is given up", { prior }, { change: "delete", unknown: [] }],
  ["the same without a public id", { prior, desired }, { change: "none", edited: [], unknown: [] }],
  ["the same with its public id", { prior, desired: { ...desired, publicId: "gw_srv" } }, { change: "none" }],
  [
    "another gateway",
    { prior, desired: { ...desired, gatewayId: "two" } },
    { change: "update", edited: ["gatewayId"], replaced: [], unknown: all },
  ],
  [
    "another public id",
    { prior, desired: { ...desired, publicId: "new" } },
    { change: "update", edited: ["publicId"], replaced: [], unknown: addresses },
  ],
  [
    "another server",
    { prior, desired: { ...desired, serverId: "other" } },
    { change: "replace", edited: ["serverId"], replaced: ["serverId"], unknown: all },
  ],
  [
    "another name of the same server",
    { prior, desired: { ...desired, serverId: "slug" }, isSameServer: true },
    { change: "none", edited: [], replaced: [] },
  ],
  [
    "a gateway that is not known yet",
    { prior, desired: { serverId: "srv" }, unknown: ["gatewayId"] },
    { change: "update", edited: ["gatewayId"], unknown: all },
  ],
  [
    "a server that is not known yet",
    { prior, desired: { gatewayId: "one" }, unknown: ["serverId"] },
    { change: "replace", replaced: ["serverId"] },
  ],
])("%s is planned as it must be", (_, input, expected) => {
  expect(planAttachment(input)).toMatchObject(expected);
});
