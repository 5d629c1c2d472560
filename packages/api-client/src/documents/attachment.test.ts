import { decodeAttachment } from "./attachment";

const from = { method: "GET", path: "/x" };

const forms: [string, unknown, object | null][] = [
  ["nothing", undefined, null],
  ["null", null, null],
  ["an empty object", {}, null],
  ["a gateway id of null", { gatewayId: null }, null],
  ["a gateway id of null beside the server", { serverId: "srv", gatewayId: null }, null],
  ["an embedded gateway of null", { serverId: "srv", gateway: null }, null],
  ["a gateway id", { gatewayId: "gw" }, { gatewayId: "gw" }],
  ["an embedded gateway", { gateway: { id: "gw", name: "A" } }, { gatewayId: "gw" }],
  ["both", { gatewayId: "gw", gateway: { id: "gw" } }, { gatewayId: "gw" }],
  ["a public id", { gatewayId: "gw", publicId: "gw_a" }, { publicId: "gw_a" }],
  ["a public id under another name", { gatewayId: "gw", gatewayPublicId: "gw_a" }, { publicId: "gw_a" }],
  [
    "a public id in the MCP URL only",
    { gatewayId: "gw", mcpUrl: "https://x/api/v1/gateway/gw_a/mcp" },
    { publicId: "gw_a", mcpUrl: "https://x/api/v1/gateway/gw_a/mcp" },
  ],
  [
    "a public id in the callback URL only",
    {
      gatewayId: "gw",
      mcpUrl: "https://a.mcp.mcpstack.com/mcp",
      callbackUrl: "https://x/api/v1/gateway/gw_a/oauth/callback",
    },
    { publicId: "gw_a" },
  ],
  [
    "the server and the organization",
    { gatewayId: "gw", serverId: "srv", organizationId: "org" },
    { serverId: "srv", organizationId: "org" },
  ],
  ["an embedded server", { gatewayId: "gw", server: { id: "srv" } }, { serverId: "srv" }],
  ["a wrapped attachment", { attachment: { gatewayId: "gw" } }, { gatewayId: "gw" }],
];

test.each(forms)("an attachment answered as %s", (_, raw, expected) => {
  if (expected === null) expect(decodeAttachment(raw, from)).toBeNull();
  else expect(decodeAttachment(raw, from)).toMatchObject(expected);
});

test.each([
  ["a text", "gw"],
  ["a list", []],
  ["an object about something else", { message: "welcome" }],
  ["one of two gateways", { gatewayId: "gtw_1", gateway: { id: "gtw_2" } }],
])("an attachment answered as %s is an error, not an absence", (_, raw) => {
  expect(() => decodeAttachment(raw, from)).toThrow(expect.objectContaining({ code: "unexpected_answer" }));
});
