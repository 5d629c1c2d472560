import { decodeAttachment } from "./attachment";
import { encodeAttachment, restorable } from "./encode-attachment";

const read = (raw: object) => decodeAttachment(raw, { method: "GET", path: "/x" });
const carried = { resource: "https://api.example.com", scopes: ["a"], policy: { deep: [1, { kept: true }] } };

test("What nobody here knows is written back, beside the gateway and the public id that are wanted", () => {
  const base = read({ serverId: "srv", gatewayId: "one", publicId: "gw_a", ...carried });
  expect(encodeAttachment({ gatewayId: "two", publicId: "gw_b" }, base)).toEqual({
    serverId: "srv",
    gatewayId: "two",
    publicId: "gw_b",
    ...carried,
  });
});

test.each([
  ["another name of the gateway", { gateway_id: "one" }],
  ["an embedded gateway", { gateway: { id: "one" } }],
  ["another name of the public id", { gatewayId: "one", gatewayPublicId: "gw_a" }],
  ["addresses of the older route", { gatewayId: "one", mcpUrl: "https://a", callback_url: "https://b" }],
])("%s contradicts nothing that is written", (_, raw) => {
  expect(encodeAttachment({ gatewayId: "two" }, read({ ...raw, resource: "r" }))).toEqual({
    gatewayId: "two",
    resource: "r",
  });
});

test("A public id that is left to the service is not written, and nothing to keep is nothing", () => {
  expect(encodeAttachment({ gatewayId: "two" }, null)).toEqual({ gatewayId: "two" });
  expect(encodeAttachment({ gatewayId: "two" })).toEqual({ gatewayId: "two" });
});

test("A masked secret stops the write, at any depth, and names the field", () => {
  const base = read({ gatewayId: "one", exchange: { secret: "****" } });
  expect(() => encodeAttachment({ gatewayId: "two" }, base)).toThrow(
    expect.objectContaining({ code: "masked_field", field: "exchange.secret" }),
  );
});

test("After a detach, what was masked is left out, since it is gone", () => {
  const base = read({ gatewayId: "one", exchange: { secret: "****" }, resource: "r" });
  expect(base && encodeAttachment({ gatewayId: "two" }, restorable(base))).toEqual({
    gatewayId: "two",
    resource: "r",
  });
});
